//! Co-signing and the consultant's opinion: the rules and what they lead to.

use super::*;
use crate::demand::StateName;
use crate::support::stages::{Stage, asked_opinion};
use crate::support::{FOURTH, PHYSICIAN, THIRD, broken, codes, consultant, day, named, refusal, signed};

fn opinion(verdict: Verdict) -> AskedOpinion {
    asked_opinion(verdict, day(0))
}

fn awaiting() -> Stage {
    Stage::with_consultant(true)
}

#[test]
fn the_representative_named_in_the_demand_signs_whatever_the_capitals() {
    let stage = Stage::draft(true).submitted();
    let by = |given, family| Approval { signed: signed(given, family, day(0)) };
    for (given, family) in [("Jan", "Przykładowy"), ("JAN", "PRZYKŁADOWY")] {
        assert!(broken(APPROVAL_RULES, "SD-06", &stage.demand, &by(given, family)).is_empty());
    }
    for (given, family) in [("Adam", "Przykładowy"), ("Jan", "Testowy"), ("Przykładowy", "Jan")] {
        assert_eq!(broken(APPROVAL_RULES, "SD-06", &stage.demand, &by(given, family)), ["/signature"]);
        let refused = approve(stage.demand.clone(), by(given, family), day(0));
        assert_eq!(codes(refused), ["demand.representative_differs"]);
    }
}

#[test]
fn nobody_else_refuses_to_sign_in_the_representatives_place() {
    let demand = Stage::draft(true).submitted().demand;
    assert!(broken(APPROVAL_REFUSAL_RULES, "SD-34", &demand, &refusal("Brak środków.")).is_empty());
    let other = ApprovalRefusal { by: named("Adam", "Testowy"), ..refusal("Brak środków.") };
    assert_eq!(broken(APPROVAL_REFUSAL_RULES, "SD-34", &demand, &other), [""]);
    assert_eq!(codes(refuse_approval(demand, other, day(0))), ["demand.representative_differs"]);
}

#[test]
fn a_refusal_is_justified_and_a_confirmation_need_not_be() {
    let demand = awaiting().demand;
    assert!(broken(OPINION_RULES, "SD-07", &demand, &opinion(Verdict::Refused)).is_empty());
    let bare = |verdict| AskedOpinion { justification: None, ..opinion(verdict) };
    assert_eq!(broken(OPINION_RULES, "SD-07", &demand, &bare(Verdict::Refused)), ["/justification"]);
    for verdict in [Verdict::Confirmed, Verdict::NotMyField, Verdict::ConflictOfInterest] {
        assert!(broken(OPINION_RULES, "SD-07", &demand, &bare(verdict)).is_empty());
    }
}

#[test]
fn an_opinion_on_the_merits_is_signed_and_no_other_is() {
    let demand = awaiting().demand;
    for verdict in Verdict::ALL {
        let right = opinion(verdict);
        assert!(broken(OPINION_RULES, "SD-08", &demand, &right).is_empty());
        assert!(broken(OPINION_RULES, "SD-09", &demand, &right).is_empty());
        let unsigned = AskedOpinion { signed: None, ..opinion(verdict) };
        let anyhow = AskedOpinion { signed: Some(signed("Ewa", "Testowa", day(0))), ..opinion(verdict) };
        assert_eq!(
            !broken(OPINION_RULES, "SD-08", &demand, &unsigned).is_empty(),
            verdict.is_on_the_merits()
        );
        assert_eq!(!broken(OPINION_RULES, "SD-09", &demand, &anyhow).is_empty(), !verdict.is_on_the_merits());
    }
}

#[test]
fn a_bare_refusal_is_told_both_of_its_faults() {
    let bare = AskedOpinion { verdict: Verdict::Refused, justification: None, signed: None };
    assert_eq!(
        codes(give_opinion(awaiting().demand, bare, day(0))),
        ["demand.opinion_needs_justification", "demand.signature_required"]
    );
}

#[test]
fn a_confirmed_demand_is_with_the_minister_with_all_its_signatures() {
    let stage = awaiting().opinion(Verdict::Confirmed);
    let examined = stage.demand.state.examined();
    assert_eq!(stage.demand.state.name(), StateName::WithMinister);
    assert!(examined.is_some_and(|examined| examined.approval.is_some()));
}

#[test]
fn each_negative_answer_returns_it_with_its_reason() {
    for (verdict, reason, is_signed) in [
        (Verdict::Refused, ReturnReason::ConsultantRefused, true),
        (Verdict::NotMyField, ReturnReason::NotMyField, false),
        (Verdict::ConflictOfInterest, ReturnReason::ConflictOfInterest, false),
    ] {
        let stage = awaiting().opinion(verdict);
        let State::Returned(returned) = &stage.demand.state else {
            panic!("{:?}", stage.demand.state.name())
        };
        assert_eq!((returned.reason, returned.refusal.is_some()), (reason, is_signed));
        assert_eq!(returned.text.is_some(), verdict == Verdict::Refused);
        assert!(returned.approval.is_some(), "the co-signature is kept for unchanged content");
    }
}

#[test]
fn the_representatives_reason_reaches_the_physician_whole() {
    let long = "ż".repeat(2000);
    let demand = Stage::draft(true).submitted().demand;
    let decided = refuse_approval(demand, refusal(&long), day(1)).unwrap_or_else(|found| panic!("{found:?}"));
    let State::Returned(returned) = decided.document.state else { panic!("not returned") };
    assert_eq!(returned.text.as_ref().map(Text::as_str), Some(long.as_str()));
    assert_eq!(returned.reason, ReturnReason::RepresentativeRefused);
}

#[test]
fn a_substitute_answers_in_their_own_name_and_never_on_a_demand_of_their_own() {
    let stage = Stage::with_consultant(true);
    let chosen = stage.demand.state.consultant().cloned();
    let before = stand_in(stage.demand.clone(), consultant(THIRD));
    let absent = |it: &Consultant| it.in_place_of.as_ref().map(|absent| absent.npwz.clone());
    let named = before.state.consultant().map(|it| (it.npwz.as_str(), absent(it)));
    assert_eq!(named, Some((THIRD, chosen.as_ref().map(|it| it.npwz.clone()))));
    let own = stand_in(stage.demand.clone(), consultant(PHYSICIAN));
    assert_eq!(own.state.consultant(), chosen.as_ref());
    let draft = stand_in(Stage::draft(true).demand, consultant(THIRD));
    assert_eq!(draft.state.consultant(), None);
}

#[test]
fn nobody_stands_in_on_a_demand_that_they_issued_or_held_before_others_took_it_over() {
    let stage = Stage::with_consultant(false);
    let chosen = stage.demand.state.consultant().cloned();
    let taken = stage.taken_over_by(THIRD).taken_over_by(FOURTH);
    for former in [PHYSICIAN, THIRD, FOURTH] {
        let same = stand_in(taken.demand.clone(), consultant(former));
        assert_eq!(same.state.consultant(), chosen.as_ref(), "{former}");
    }
}
