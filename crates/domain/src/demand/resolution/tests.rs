//! The ministry's rules and what they lead to.

use super::*;
use crate::demand::StateName;
use crate::support::stages::{Stage, decision};
use crate::support::{
    DECIDER, PREPARER, broken, codes, date, day, digest, millilitres, officer, packs, resolution_draft,
    resolution_number, text,
};

fn assigned() -> Demand {
    Stage::with_minister(false).assigned().demand
}

fn approval() -> ResolutionDraft {
    resolution_draft(Outcome::Approved, day(0))
}

fn rejection() -> ResolutionDraft {
    resolution_draft(Outcome::Rejected, day(0))
}

#[test]
fn a_case_is_taken_over_only_with_a_reason() {
    let take =
        |number, reason: Option<&str>| Assignment { officer: officer(number), reason: reason.map(text) };
    let free = Stage::with_minister(false).demand;
    assert!(broken(ASSIGNMENT_RULES, "SD-10", &free, &take(PREPARER, None)).is_empty());
    let held = assigned();
    assert!(broken(ASSIGNMENT_RULES, "SD-10", &held, &take(PREPARER, None)).is_empty());
    assert!(broken(ASSIGNMENT_RULES, "SD-10", &held, &take(7, Some("Urlop."))).is_empty());
    assert_eq!(broken(ASSIGNMENT_RULES, "SD-10", &held, &take(7, None)), [""]);
    assert_eq!(codes(assign(held, take(7, None), day(0))), ["demand.assigned_to_another"]);
}

#[test]
fn only_the_officer_who_has_the_case_prepares() {
    assert!(broken(DRAFT_RULES, "SD-11", &assigned(), &approval()).is_empty());
    let by_another = ResolutionDraft { prepared_by: officer(7), ..approval() };
    assert_eq!(broken(DRAFT_RULES, "SD-11", &assigned(), &by_another), [""]);
    let unassigned = Stage::with_minister(false).demand;
    assert_eq!(broken(DRAFT_RULES, "SD-11", &unassigned, &approval()), [""]);
}

#[test]
fn an_approval_states_a_quantity_and_a_rejection_none() {
    let demand = assigned();
    let bare = ResolutionDraft { approved_quantity: None, ..approval() };
    assert!(broken(DRAFT_RULES, "SD-12", &demand, &approval()).is_empty());
    assert!(broken(DRAFT_RULES, "SD-12", &demand, &rejection()).is_empty());
    assert_eq!(broken(DRAFT_RULES, "SD-12", &demand, &bare), ["/approvedQuantity"]);
    let generous = ResolutionDraft { approved_quantity: Some(packs("1")), ..rejection() };
    assert!(broken(DRAFT_RULES, "SD-13", &demand, &rejection()).is_empty());
    assert!(broken(DRAFT_RULES, "SD-13", &demand, &approval()).is_empty());
    assert_eq!(broken(DRAFT_RULES, "SD-13", &demand, &generous), ["/approvedQuantity"]);
}

#[test]
fn a_quantity_in_another_unit_is_that_fault_alone() {
    let demand = assigned();
    let other = ResolutionDraft { approved_quantity: Some(millilitres("11")), ..approval() };
    assert!(broken(DRAFT_RULES, "SD-14", &demand, &approval()).is_empty());
    assert_eq!(broken(DRAFT_RULES, "SD-14", &demand, &other), ["/approvedQuantity/unit"]);
    assert_eq!(codes(prepare(demand, other, day(0))), ["demand.approved_quantity_unit"]);
}

#[test]
fn no_more_is_approved_than_was_demanded() {
    let demand = assigned();
    let of = |amount| ResolutionDraft { approved_quantity: Some(packs(amount)), ..approval() };
    for amount in ["10", "9.9999"] {
        assert!(broken(DRAFT_RULES, "SD-15", &demand, &of(amount)).is_empty());
    }
    assert_eq!(broken(DRAFT_RULES, "SD-15", &demand, &of("10.0001")), ["/approvedQuantity/amount"]);
}

#[test]
fn a_rejection_and_a_smaller_approval_have_grounds() {
    let demand = assigned();
    let smaller = ResolutionDraft { approved_quantity: Some(packs("9.9999")), ..approval() };
    let groundless = ResolutionDraft { grounds: None, ..rejection() };
    let justified = ResolutionDraft { grounds: Some(text("Mniejsza wystarczy.")), ..smaller.clone() };
    for bare in [smaller, groundless] {
        assert_eq!(broken(DRAFT_RULES, "SD-16", &demand, &bare), ["/grounds"]);
    }
    for good in [approval(), rejection(), justified] {
        assert!(broken(DRAFT_RULES, "SD-16", &demand, &good).is_empty());
    }
}

#[test]
fn a_replaced_draft_keeps_its_number_and_a_returned_one_loses_it() {
    let renumbered = || ResolutionDraft { number: resolution_number(2), ..rejection() };
    let stage = Stage::with_minister(false).prepared(Outcome::Approved);
    let number = |stage: &Stage| stage.demand.state.resolution_draft().map(|draft| draft.number.clone());
    let replaced = stage.then(|demand, now| prepare(demand, renumbered(), now));
    assert_eq!(number(&replaced), Some(resolution_number(1)));
    assert_eq!(replaced.demand.state.resolution_draft().map(|draft| draft.outcome), Some(Outcome::Rejected));
    let returned =
        replaced.then(|demand, now| return_draft(demand, officer(DECIDER), text("Do poprawy."), now));
    assert_eq!(returned.demand.state.name(), StateName::WithMinister);
    assert_eq!(returned.demand.state.assigned(), Some(&officer(PREPARER)), "the preparer keeps the case");
    let anew = returned.then(|demand, now| prepare(demand, renumbered(), now));
    assert_eq!(number(&anew), Some(resolution_number(2)));
}

#[test]
fn the_preparer_does_not_decide() {
    let prepared = Stage::with_minister(false).prepared(Outcome::Approved).demand;
    assert!(broken(RESOLUTION_RULES, "SD-17", &prepared, &decision(DECIDER, day(0))).is_empty());
    assert_eq!(broken(RESOLUTION_RULES, "SD-17", &prepared, &decision(PREPARER, day(0))), [""]);
    let own = resolve(prepared.clone(), decision(PREPARER, day(0)), day(0));
    assert_eq!(codes(own), ["demand.same_officer"]);
    assert!(is_same_officer(&prepared, &officer(PREPARER)) && !is_same_officer(&prepared, &officer(DECIDER)));
}

#[test]
fn who_took_the_case_over_and_prepared_anew_does_not_decide_but_the_first_preparer_may() {
    let stage = Stage::with_minister(false)
        .prepared(Outcome::Approved)
        .then(|demand, now| return_draft(demand, officer(PREPARER), text("Zastępstwo."), now))
        .then(|demand, now| {
            assign(demand, Assignment { officer: officer(7), reason: Some(text("Urlop.")) }, now)
        })
        .then(|demand, now| prepare(demand, ResolutionDraft { prepared_by: officer(7), ..approval() }, now));
    assert_eq!(broken(RESOLUTION_RULES, "SD-17", &stage.demand, &decision(7, day(0))), [""]);
    assert!(broken(RESOLUTION_RULES, "SD-17", &stage.demand, &decision(PREPARER, day(0))).is_empty());
}

#[test]
fn a_draft_that_has_changed_since_is_not_signed() {
    let prepared = Stage::with_minister(false).prepared(Outcome::Approved).demand;
    let stale = Decision { seen: digest("e"), ..decision(DECIDER, day(0)) };
    assert!(broken(RESOLUTION_RULES, "SD-18", &prepared, &decision(DECIDER, day(0))).is_empty());
    assert_eq!(broken(RESOLUTION_RULES, "SD-18", &prepared, &stale), ["/draftSha256"]);
    assert_eq!(codes(resolve(prepared, stale, day(0))), ["demand.draft_changed"]);
}

#[test]
fn the_resolution_names_both_officers_and_the_day_in_warsaw() {
    let late_evening = day(0) + chrono::TimeDelta::hours(12);
    let prepared = Stage::with_minister(true).prepared(Outcome::Approved).demand;
    let decided = resolve(prepared, decision(DECIDER, late_evening), late_evening)
        .unwrap_or_else(|found| panic!("{found:?}"));
    let resolution = decided.document.state.resolution().cloned();
    assert_eq!(resolution.as_ref().map(|it| it.resolved_on), Some(date("2026-12-02")));
    assert_eq!(resolution.as_ref().map(|it| it.decided_by.person), Some(officer(DECIDER).person));
    assert_eq!(resolution.map(|it| it.draft.prepared_by.person), Some(officer(PREPARER).person));
}
