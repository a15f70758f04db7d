//! The rules of orders for medical devices, as the rule book prints them.

use super::{
    cancellation, elapse, form, issue, paper, pending, printing, realisation, release, renewal, settlement,
    take_up, verification,
};
use crate::rule::RuleEntry;

/// Every rule that this type of document has.
pub fn entries() -> Vec<RuleEntry> {
    let submission = issue::RULES.iter().map(|rule| rule.entry("submission, correction"));
    submission
        .chain(form::entries())
        .chain(verification::entries())
        .chain(elapse::entries())
        .chain(pending::entries())
        .chain(cancellation::entries())
        .chain(release::entries())
        .chain(renewal::entries())
        .chain(take_up::entries())
        .chain(realisation::entries())
        .chain(paper::entries())
        .chain(printing::entries())
        .chain(settlement::rules())
        .collect()
}
