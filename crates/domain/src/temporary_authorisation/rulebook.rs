//! Every numbered rule of a notification, in the order of the procedure.

use super::content::rules;
use super::{addition, attached, clarification, examination, resolution, revocation, submission, supply};
use crate::rule::{Rule, RuleEntry};

fn of<C>(operation: &'static str, rules: &'static [Rule<C>]) -> impl Iterator<Item = RuleEntry> {
    rules.iter().map(move |rule| rule.entry(operation))
}

/// The field matrix.
pub fn fields() -> Vec<RuleEntry> {
    rules::MATRIX.iter().map(rules::Field::entry).collect()
}

/// The rules over several members, and those of the procedure.
pub fn entries() -> Vec<RuleEntry> {
    of("submission", rules::RULES)
        .chain(of("submission", submission::RULES))
        .chain(of("submission", attached::RULES))
        .chain(of("representative-approval", examination::APPROVAL_RULES))
        .chain(of("representative-refusal", examination::APPROVAL_REFUSAL_RULES))
        .chain(of("assignment", resolution::ASSIGNMENT_RULES))
        .chain(of("clarifications", clarification::QUESTION_RULES))
        .chain(of("answer", clarification::ANSWER_RULES))
        .chain(of("closure", clarification::CLOSURE_RULES))
        .chain(of("resolution-draft", resolution::DRAFT_RULES))
        .chain(of("resolution", resolution::RESOLUTION_RULES))
        .chain(of("revocation-draft", revocation::DRAFT_RULES))
        .chain(of("revocation", revocation::RULES))
        .chain(of("additions", addition::OPENING_RULES))
        .chain([addition::TAKEN_OVER])
        .chain(of("submission of an addition", addition::SUBMISSION_RULES))
        .chain(of("handover", supply::HANDOVER_RULES))
        .chain(of("handover-return", supply::HANDOVER_RETURN_RULES))
        .chain(of("realisations", supply::REALISATION_RULES))
        .chain(of("reversal", supply::REVERSAL_RULES))
        .collect()
}
