//! Issuing, editing and issuing again: the rules and what they lead to.

use super::*;
use crate::demand::content::Product;
use crate::demand::model::Verdict;
use crate::demand::{StateName, clocks};
use crate::medicine_demand;
use crate::support::stages::Stage;
use crate::support::{
    CONSULTANT, FOURTH, PHYSICIAN, THIRD, broken, changed, codes, consultant, date, day, draft, in_facility,
    named, npwz, outside, signed, submission,
};

fn asked() -> Submission {
    submission(Some(signed("Anna", "Testowa", day(0))))
}

fn edited(stage: Stage) -> Stage {
    stage.then(|demand, now| {
        let content = changed(&demand.content);
        edit(demand, content, now)
    })
}

#[test]
fn a_complete_demand_of_either_use_is_issued() {
    for content in [in_facility(), outside()] {
        assert_eq!(submission_faults(&draft(content), &asked(), day(0)), []);
    }
}

#[test]
fn the_licence_number_of_the_content_is_that_of_the_issuer() {
    let mut demand = draft(outside());
    assert!(broken(RULES, "SD-01", &demand, &asked()).is_empty());
    demand.physician = npwz(THIRD);
    let mut by_another = asked();
    by_another.physician.npwz = npwz(THIRD);
    assert_eq!(broken(RULES, "SD-01", &demand, &by_another), ["/content/physician/npwz"]);
}

#[test]
fn the_names_of_the_content_are_those_of_the_issuer_whatever_the_capitals() {
    let demand = draft(outside());
    let by = |given, family| {
        let mut submission = asked();
        submission.physician.name = named(given, family);
        submission
    };
    assert!(broken(RULES, "SD-01", &demand, &by("ANNA", "testowa")).is_empty());
    assert_eq!(broken(RULES, "SD-01", &demand, &by("Ewa", "Testowa")), ["/content/physician/givenNames"]);
    assert_eq!(broken(RULES, "SD-01", &demand, &by("Anna", "Inna")), ["/content/physician/familyName"]);
}

#[test]
fn a_missing_licence_number_is_left_to_the_matrix() {
    let mut content = outside();
    content.physician.npwz = None;
    assert!(broken(RULES, "SD-01", &draft(content), &asked()).is_empty());
}

#[test]
fn each_of_the_entitys_numbers_is_that_of_the_tenant() {
    let demand = draft(outside());
    assert!(broken(RULES, "SD-02", &demand, &asked()).is_empty());
    let mut other = asked();
    other.entity.rpwdl_number = RpwdlNumber::parse("000000001689").ok();
    assert_eq!(broken(RULES, "SD-02", &demand, &other), ["/content/entity/rpwdlNumber"]);
    other.entity.nip = Nip::parse("1234563218").ok();
    assert_eq!(
        broken(RULES, "SD-02", &demand, &other),
        ["/content/entity/rpwdlNumber", "/content/entity/nip"]
    );
}

#[test]
fn a_number_that_is_not_on_record_is_not_held_against_the_content() {
    let mut unknown = asked();
    unknown.entity = EntityOnRecord { rpwdl_number: None, nip: None };
    assert!(broken(RULES, "SD-02", &draft(outside()), &unknown).is_empty());
}

#[test]
fn a_consultant_does_not_assess_their_own_demand() {
    let demand = draft(outside());
    assert!(broken(RULES, "SD-03", &demand, &asked()).is_empty());
    let own = Submission { consultant: Some(consultant(PHYSICIAN)), ..asked() };
    assert_eq!(broken(RULES, "SD-03", &demand, &own), ["/consultantId"]);
}

#[test]
fn nobody_who_issued_or_held_a_demand_assesses_it_after_others_took_it_over() {
    let returned = Stage::with_consultant(false).opinion(Verdict::Refused);
    let taken = returned.taken_over_by(THIRD).taken_over_by(FOURTH);
    for former in [PHYSICIAN, THIRD, FOURTH] {
        let chosen = Submission { consultant: Some(consultant(former)), ..asked() };
        assert_eq!(broken(RULES, "SD-03", &taken.demand, &chosen), ["/consultantId"], "{former}");
    }
    assert!(broken(RULES, "SD-03", &taken.demand, &asked()).is_empty());
}

#[test]
fn a_consultant_who_is_away_with_nobody_in_their_place_is_not_chosen() {
    let demand = draft(outside());
    assert!(broken(RULES, "SD-41", &demand, &asked()).is_empty());
    let away = Submission { is_consultant_away: true, ..asked() };
    assert_eq!(broken(RULES, "SD-41", &demand, &away), ["/consultantId"]);
}

#[test]
fn the_first_issue_is_signed() {
    let demand = draft(outside());
    assert!(broken(RULES, "SD-04", &demand, &asked()).is_empty());
    assert_eq!(broken(RULES, "SD-04", &demand, &submission(None)), ["/signature"]);
}

#[test]
fn changed_content_is_signed_anew_and_unchanged_content_is_not() {
    let returned = Stage::with_consultant(false).opinion(Verdict::Refused);
    assert!(broken(RULES, "SD-04", &returned.demand, &submission(None)).is_empty());
    assert_eq!(broken(RULES, "SD-05", &returned.demand, &asked()), ["/signature"]);
    let edited = edited(returned);
    assert_eq!(broken(RULES, "SD-04", &edited.demand, &submission(None)), ["/signature"]);
    assert!(broken(RULES, "SD-05", &edited.demand, &asked()).is_empty());
}

#[test]
fn a_draft_has_no_earlier_signature_that_could_count() {
    assert!(broken(RULES, "SD-05", &draft(outside()), &asked()).is_empty());
}

#[test]
fn every_fault_is_named_at_once() {
    let mut content = outside();
    content.justification = None;
    content.product = Product::Medicine(medicine_demand::Product {
        form: None,
        ..content.product.as_medicine().cloned().unwrap_or_default()
    });
    let own = Submission { consultant: Some(consultant(PHYSICIAN)), ..submission(None) };
    assert_eq!(
        codes(submit(draft(content), own, day(0))),
        [
            "demand.field_required",
            "demand.field_required",
            "demand.consultant_is_physician",
            "demand.signature_required"
        ]
    );
}

#[test]
fn content_faults_point_into_the_content() {
    let mut content = outside();
    content.justification = None;
    let demand = draft(content);
    let places: Vec<String> =
        content_faults(&demand.content, day(0)).into_iter().map(|fault| fault.pointer).collect();
    assert_eq!(places, ["/content/justification"]);
}

#[test]
fn the_use_decides_who_has_it_first() {
    assert_eq!(Stage::draft(true).submitted().demand.state.name(), StateName::AwaitingRepresentative);
    assert_eq!(Stage::draft(false).submitted().demand.state.name(), StateName::AwaitingConsultant);
}

#[test]
fn editing_a_draft_makes_no_version() {
    let stage = edited(edited(Stage::draft(false)));
    assert_eq!(stage.demand.content_version, 1);
}

#[test]
fn however_often_a_returned_demand_is_edited_it_becomes_one_new_version() {
    let stage = edited(edited(Stage::with_consultant(false).opinion(Verdict::Refused)));
    assert_eq!(stage.demand.content_version, 2);
    let again = edited(stage.submitted().opinion(Verdict::Refused));
    assert_eq!(
        again.demand.content_version, 3,
        "the second version was signed, so the next edit makes a third"
    );
}

#[test]
fn an_edit_that_changes_nothing_keeps_the_signature() {
    let stage = Stage::with_consultant(false).opinion(Verdict::Refused).then(|demand, now| {
        let same = demand.content.clone();
        edit(demand, same, now)
    });
    assert_eq!(stage.demand.content_version, 1);
    assert_eq!(stage.resubmitted_unchanged().demand.state.name(), StateName::AwaitingConsultant);
}

#[test]
fn unchanged_content_goes_back_to_whoever_returned_it() {
    let by_consultant = Stage::with_consultant(true).opinion(Verdict::Refused).resubmitted_unchanged();
    assert_eq!(by_consultant.demand.state.name(), StateName::AwaitingConsultant);
    assert!(by_consultant.demand.state.approval().is_some(), "the co-signature still counts");
    let by_representative =
        Stage::draft(true).submitted().refused_by_representative().resubmitted_unchanged();
    assert_eq!(by_representative.demand.state.name(), StateName::AwaitingRepresentative);
}

#[test]
fn silence_returns_it_to_the_same_places() {
    let consultant_silent = Stage::with_consultant(true).on(8).resubmitted_unchanged();
    assert_eq!(consultant_silent.demand.state.name(), StateName::AwaitingConsultant);
    let representative_silent = Stage::draft(true).submitted().on(4).resubmitted_unchanged();
    assert_eq!(representative_silent.demand.state.name(), StateName::AwaitingRepresentative);
}

#[test]
fn changed_content_is_co_signed_anew() {
    let stage = edited(Stage::with_consultant(true).opinion(Verdict::Refused)).submitted();
    assert_eq!(stage.demand.state.name(), StateName::AwaitingRepresentative);
    assert!(stage.demand.state.approval().is_none());
}

#[test]
fn another_use_chosen_after_a_return_leads_another_way() {
    let stage = Stage::with_consultant(true).opinion(Verdict::Refused);
    let stage = stage.then(|demand, now| edit(demand, outside(), now)).submitted();
    assert_eq!(stage.demand.state.name(), StateName::AwaitingConsultant);
}

#[test]
fn another_consultant_is_chosen_under_the_same_signature() {
    let stage = Stage::with_consultant(false).opinion(Verdict::NotMyField).on(1).resubmitted_to(THIRD);
    assert_eq!(stage.demand.state.consultant().map(|it| it.npwz.clone()), Some(npwz(THIRD)));
    assert_eq!(stage.demand.state.issue().map(|issue| issue.issued_at), Some(day(0)));
    assert_ne!(CONSULTANT, THIRD);
}

#[test]
fn only_changed_content_restarts_the_sixty_days_and_the_first_date_is_kept() {
    let sixty_days = |stage: &Stage| {
        let is_it = |clock: &clocks::RunningClock| clock.kind == clocks::ClockKind::SubmissionToMinister;
        clocks::running(&stage.demand).into_iter().find(is_it).map(|clock| clock.started_at)
    };
    let returned = Stage::with_consultant(false).opinion(Verdict::Refused).on(30);
    assert_eq!(sixty_days(&returned.clone().resubmitted_unchanged()), Some(day(0)));
    let anew = edited(returned).submitted();
    assert_eq!(sixty_days(&anew), Some(day(30)));
    assert_eq!(anew.demand.first_issued_on, Some(date("2026-12-01")));
    assert_eq!(anew.demand.state.issue().map(|issue| issue.issued_on), Some(date("2026-12-31")));
}

#[test]
fn the_date_of_issue_is_that_of_warsaw() {
    let midnight_in_warsaw = day(0) + chrono::TimeDelta::hours(12);
    let decided =
        submit(draft(outside()), asked(), midnight_in_warsaw).unwrap_or_else(|found| panic!("{found:?}"));
    assert_eq!(decided.document.first_issued_on, Some(date("2026-12-02")));
}

#[test]
fn an_unknown_consultant_hides_no_other_fault() {
    let mut content = outside();
    content.justification = None;
    let unknown = Submission { consultant: None, ..submission(None) };
    assert_eq!(
        codes(submit(draft(content), unknown, day(0))),
        ["demand.field_required", "demand.consultant_unknown", "demand.signature_required"]
    );
}
