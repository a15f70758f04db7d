//! A numbered rule: where it comes from, what it says, and the small function that checks it.

use crate::problem::{ProblemType, Sentence, Violation};

/// A rule whose check is a function of type `C`; what the check looks at is the document type's affair.
pub struct Rule<C> {
    /// Stable, e.g. `SD-12`.
    pub number: &'static str,
    /// The legal unit, or «design» where the law is silent.
    pub legal: &'static str,
    pub says: Sentence,
    /// What a caller is told when it is broken.
    pub problem: &'static ProblemType,
    /// Returns the pointers at which the facts break the rule; none when they keep it.
    pub broken_at: C,
}

/// A rule as the rule book prints it.
#[derive(Clone, Copy, Debug)]
pub struct RuleEntry {
    pub operation: &'static str,
    pub number: &'static str,
    pub legal: &'static str,
    pub says: Sentence,
    pub code: &'static str,
}

impl<C> Rule<C> {
    pub fn entry(&self, operation: &'static str) -> RuleEntry {
        RuleEntry {
            operation,
            number: self.number,
            legal: self.legal,
            says: self.says,
            code: self.problem.code,
        }
    }
}

/// Everything that is broken, in the order of the rules.
pub fn broken<C>(rules: &[Rule<C>], ask: impl Fn(&C) -> Vec<String>) -> Vec<Violation> {
    rules
        .iter()
        .flat_map(|rule| {
            ask(&rule.broken_at).into_iter().map(|pointer| Violation::new(rule.problem, pointer))
        })
        .collect()
}

/// For rules about the situation rather than one member: broken as a whole or not.
pub fn whole(broken: bool) -> Vec<String> {
    at("", broken)
}

/// For rules about one member.
pub fn at(pointer: &str, broken: bool) -> Vec<String> {
    if broken { vec![pointer.to_owned()] } else { Vec::new() }
}
