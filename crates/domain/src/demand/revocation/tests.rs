//! The rules of revocation and what they lead to.

use super::*;
use crate::demand::StateName;
use crate::demand::ledger::RealisationKind;
use crate::support::stages::{Stage, revoking};
use crate::support::{DECIDER, PREPARER, broken, codes, day, digest, officer, revocation_draft};

fn prepared() -> Demand {
    Stage::approved(false).revocation_prepared().demand
}

#[test]
fn a_revocation_needs_a_draft_and_its_absence_is_the_only_fault() {
    assert!(broken(RULES, "SD-19", &prepared(), &revoking(DECIDER)).is_empty());
    let none = Stage::approved(false).demand;
    let asked = Decision { actual: None, ..revoking(DECIDER) };
    assert_eq!(broken(RULES, "SD-19", &none, &asked), [""]);
    assert_eq!(codes(revoke(none, asked, day(0))), ["demand.revocation_draft_missing"]);
}

#[test]
fn the_preparer_does_not_revoke() {
    assert!(broken(RULES, "SD-20", &prepared(), &revoking(DECIDER)).is_empty());
    assert_eq!(broken(RULES, "SD-20", &prepared(), &revoking(PREPARER)), [""]);
}

#[test]
fn a_replaced_draft_makes_its_preparer_the_one_who_does_not_revoke() {
    let stage = Stage::approved(false).revocation_prepared();
    let by_another = RevocationDraft { prepared_by: officer(7), ..revocation_draft(day(0)) };
    let replaced = stage.then(|demand, now| prepare(demand, by_another, now)).demand;
    assert_eq!(broken(RULES, "SD-20", &replaced, &revoking(7)), [""]);
    assert!(broken(RULES, "SD-20", &replaced, &revoking(PREPARER)).is_empty());
}

#[test]
fn the_very_draft_seen_takes_effect() {
    let stale = Decision { seen: digest("e"), ..revoking(DECIDER) };
    let unknown = Decision { actual: None, ..revoking(DECIDER) };
    assert!(broken(RULES, "SD-21", &prepared(), &revoking(DECIDER)).is_empty());
    for asked in [stale, unknown] {
        assert_eq!(broken(RULES, "SD-21", &prepared(), &asked), ["/draftSha256"]);
    }
}

#[test]
fn a_draft_outlives_a_handover_and_what_was_drawn_stays_on_record() {
    let stage = Stage::approved(false)
        .revocation_prepared()
        .handed_over()
        .realised(RealisationKind::Imported, 3, false)
        .then(|demand, now| revoke(demand, revoking(DECIDER), now));
    assert_eq!(stage.demand.state.name(), StateName::Revoked);
    assert!(stage.demand.state.ledger().is_some_and(|ledger| ledger.entries == 1));
    assert!(stage.demand.state.handover().is_some());
}
