//! Every numbered rule of a demand, in the order of the procedure, as `soid rules` prints it.

use super::{examination, issue, resolution, revocation, supply, withdrawal};
use crate::medicine_demand;
use crate::rule::{Rule, RuleEntry};

fn of<C>(operation: &'static str, rules: &'static [Rule<C>]) -> impl Iterator<Item = RuleEntry> {
    rules.iter().map(move |rule| rule.entry(operation))
}

/// Rules shared by all demands.
pub fn entries() -> Vec<RuleEntry> {
    of("submission", issue::RULES)
        .chain(of("representative-approval", examination::APPROVAL_RULES))
        .chain(of("opinion", examination::OPINION_RULES))
        .chain(of("assignment", resolution::ASSIGNMENT_RULES))
        .chain(of("resolution-draft", resolution::DRAFT_RULES))
        .chain(of("resolution", resolution::RESOLUTION_RULES))
        .chain(of("revocation", revocation::RULES))
        .chain(of("withdrawal", withdrawal::RULES))
        .chain(of("handover, paper-receipts", supply::HANDOVER_RULES))
        .chain(of("handover-return", supply::HANDOVER_RETURN_RULES))
        .chain(of("realisations", supply::REALISATION_RULES))
        .chain(of("reversal", supply::REVERSAL_RULES))
        .collect()
}

/// Rules of the medicine demand's content.
pub fn medicine_entries() -> Vec<RuleEntry> {
    medicine_demand::rules::entries()
}
