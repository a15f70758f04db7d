//! Taking a demand over: who may, and what becomes of what was signed.

use super::*;
use crate::demand::issue::{is_unchanged_since_issue, submit};
use crate::demand::ledger::RealisationKind;
use crate::demand::model::Verdict;
use crate::demand::treated::Report;
use crate::demand::{StateName, issue};
use crate::support::lists::report_of;
use crate::support::stages::Stage;
use crate::support::{
    CONSULTANT, PHYSICIAN, THIRD, broken, codes, day, named, npwz, signed, submission, text,
};

fn by(licence: &str) -> Takeover {
    Takeover {
        physician: PhysicianOnRecord { npwz: npwz(licence), name: named("Piotr", "Przykładowy") },
        reason: text("Lekarka przebywa na zwolnieniu."),
    }
}

fn taken_over(stage: Stage) -> Stage {
    stage.then(|demand, now| take_over(demand, by(THIRD), now))
}

#[test]
fn who_holds_it_does_not_take_it_over() {
    let demand = Stage::draft(false).demand;
    assert!(broken(RULES, "SD-39", &demand, &by(THIRD)).is_empty());
    assert_eq!(broken(RULES, "SD-39", &demand, &by(PHYSICIAN)), [""]);
    assert_eq!(codes(take_over(demand, by(PHYSICIAN), day(0))), ["demand.already_yours"]);
}

#[test]
fn the_consultant_of_a_case_does_not_become_its_physician() {
    for stage in [Stage::with_consultant(false), Stage::with_minister(false), Stage::approved(true)] {
        assert!(broken(RULES, "SD-40", &stage.demand, &by(THIRD)).is_empty());
        assert_eq!(broken(RULES, "SD-40", &stage.demand, &by(CONSULTANT)), [""]);
        assert_eq!(
            codes(take_over(stage.demand, by(CONSULTANT), day(0))),
            ["demand.consultant_is_physician"]
        );
    }
}

#[test]
fn a_consultant_who_sent_it_back_does_not_become_its_physician_when_another_is_chosen() {
    for verdict in [Verdict::Refused, Verdict::NotMyField] {
        let stage = Stage::with_consultant(false).opinion(verdict).on(1).resubmitted_to(THIRD);
        assert_eq!(stage.demand.assessors, [npwz(CONSULTANT)]);
        for assessor in [CONSULTANT, THIRD] {
            assert_eq!(broken(RULES, "SD-40", &stage.demand, &by(assessor)), [""]);
        }
        assert_eq!(
            codes(take_over(stage.demand, by(CONSULTANT), day(1))),
            ["demand.consultant_is_physician"]
        );
    }
}

#[test]
fn a_demand_that_has_ended_is_taken_over_for_its_list_only() {
    let drawn = Stage::ad_hoc_with_wholesaler().realised(RealisationKind::Dispensed, 10, false);
    assert!(broken(RULES, "SD-59", &drawn.demand, &by(THIRD)).is_empty());
    assert!(
        broken(RULES, "SD-59", &Stage::with_wholesaler(true).demand, &by(THIRD)).is_empty(),
        "it goes on"
    );
    let whole = Report { closes: true, ..report_of(&[], day(0)) };
    let closed = drawn.clone().reported(whole);
    assert!(broken(RULES, "SD-59", &closed.demand, &by(THIRD)).is_empty(), "it may have to be corrected");
    let named = Stage::with_wholesaler(true).realised(RealisationKind::Dispensed, 10, false);
    for ended in [named, Stage::approved(true).revoked(), Stage::approved(false).revoked()] {
        assert_eq!(broken(RULES, "SD-59", &ended.demand, &by(THIRD)), [""]);
        assert_eq!(codes(take_over(ended.demand, by(THIRD), day(0))), ["demand.nothing_left_to_do"]);
    }
    assert_eq!(taken_over(drawn).demand.physician, npwz(THIRD));
}

#[test]
fn a_draft_names_its_new_physician() {
    let stage = taken_over(Stage::draft(false));
    assert_eq!(stage.demand.physician, npwz(THIRD));
    assert_eq!(stage.demand.content.physician.npwz, Some(npwz(THIRD)));
    assert_eq!(stage.demand.taken_over.as_ref().map(|it| it.from.clone()), Some(npwz(PHYSICIAN)));
    let asked = issue::Submission {
        physician: by(THIRD).physician,
        ..submission(Some(signed("Piotr", "Przykładowy", day(0))))
    };
    let decided = submit(stage.demand, asked, day(0)).unwrap_or_else(|found| panic!("{found:?}"));
    assert_eq!(decided.document.state.name(), StateName::AwaitingConsultant);
}

#[test]
fn a_returned_demand_is_signed_anew_by_whoever_took_it_over() {
    let returned = Stage::with_consultant(false).opinion(Verdict::Refused);
    let version = returned.demand.content_version;
    let stage = taken_over(returned);
    assert_eq!(stage.demand.content_version, version + 1);
    assert!(!is_unchanged_since_issue(&stage.demand));
    let unsigned = issue::Submission { physician: by(THIRD).physician, ..submission(None) };
    assert_eq!(codes(submit(stage.demand, unsigned, day(0))), ["demand.signature_required"]);
}

#[test]
fn what_was_issued_stays_as_it_was_signed() {
    for stage in [Stage::draft(true).submitted(), Stage::with_minister(false), Stage::with_wholesaler(false)]
    {
        let before = stage.demand.clone();
        let after = taken_over(stage).demand;
        assert_eq!((&after.content, &after.state), (&before.content, &before.state));
        assert_eq!((after.content_version, after.physician), (before.content_version, npwz(THIRD)));
    }
}
