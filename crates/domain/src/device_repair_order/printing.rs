//! When a repair order is printed.

use super::model::RepairOrder;
use super::refusals::NOT_ISSUED;
use crate::decision::admit;
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry, whole};

type Check = fn(&RepairOrder) -> Vec<String>;

const RULES: &[Rule<Check>] = &[Rule {
    number: "RO-83",
    legal: "eZWM v2.1.6 p. 11; design",
    says: Sentence {
        pl: "Zlecenie naprawy drukuje się, gdy jest wystawione.",
        en: "A repair order is printed once it is issued.",
    },
    problem: NOT_ISSUED,
    broken_at: |order| whole(order.state.issue().is_none()),
}];

pub fn admit_print(order: &RepairOrder) -> Result<(), Vec<Violation>> {
    admit(rule::broken(RULES, |check| check(order)))
}

pub fn entries() -> Vec<RuleEntry> {
    RULES.iter().map(|rule| rule.entry("repair orders: print")).collect()
}
