//! The rules of orders for medical devices, as the rule book prints them.

use super::{cancellation, form, issue, paper, realisation, take_up, verification};
use crate::rule::RuleEntry;

/// Every rule that this type of document has.
pub fn entries() -> Vec<RuleEntry> {
    let submission = issue::RULES.iter().map(|rule| rule.entry("submission, correction"));
    submission
        .chain(form::entries())
        .chain(verification::entries())
        .chain(cancellation::entries())
        .chain(take_up::entries())
        .chain(realisation::entries())
        .chain(paper::entries())
        .collect()
}
