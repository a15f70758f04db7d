//! The rule behind the warning.

use super::matching::Match;
use super::refusals::EQUIVALENT_REGISTERED;
use crate::problem::Sentence;
use crate::rule::{self, Rule, RuleEntry};

/// Looks at what the register holds; the pointers that the warning names.
pub type ProductCheck = fn(&[Match]) -> Vec<String>;

/// Where the warning points to.
pub const POINTER: &str = "/content/product";

pub const RULES: &[Rule<ProductCheck>] = &[Rule {
    number: "PR-01",
    legal: "PF art. 4(3)(2)",
    says: Sentence {
        pl: "Ostrzega się, gdy dopuszczony do obrotu jest produkt o tych samych substancjach czynnych, tej samej mocy i postaci; o dostępności rozstrzyga urzędnik.",
        en: "A warning is given when a product of the same active substances, strength and form is authorised; whether it is available the officer decides.",
    },
    problem: EQUIVALENT_REGISTERED,
    broken_at: |matches| rule::at(POINTER, matches.iter().any(Match::is_equivalent)),
}];

pub fn entries() -> Vec<RuleEntry> {
    RULES.iter().map(|rule| rule.entry("validations, product-matches")).collect()
}
