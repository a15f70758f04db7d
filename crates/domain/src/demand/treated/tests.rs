//! The list of treated patients: each rule, what adds up, and a term that only reminds.

#![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]

use super::*;
use crate::calendar::{end_of_day_warsaw, warsaw_date};
use crate::demand::StateName;
use crate::demand::clocks::{self, ClockKind};
use crate::demand::content::refusals::{FIELD_FORBIDDEN, PATIENT_INCOMPLETE};
use crate::demand::ledger::RealisationKind;
use crate::demand::model::HandoverReturn;
use crate::demand::refusals::{ALREADY_USED, PATIENT_LIST_CLOSED, PATIENT_LIST_OPEN};
use crate::demand::supply::HANDOVER_RETURN_RULES;
use crate::demand::withdrawal;
use crate::outage::Holds;
use crate::support::lists::{course, reopening, report_of, taken_back_line};
use crate::support::stages::Stage;
use crate::support::{broken, codes, day, millilitres, organisation, outside, read, taken_back, text};
use chrono::TimeDelta;
use serde_json::json;

const ONE: &str = "44051401458";
const OTHER: &str = "02261773497";

fn supplied() -> Stage {
    Stage::ad_hoc_with_wholesaler()
}

fn one_course() -> Report {
    report_of(&[course(1, ONE, "2", day(0))], day(0))
}

fn nothing() -> Report {
    Report { treatment_ended_on: None, ..report_of(&[], day(0)) }
}

fn rule(number: &str, stage: &Stage, asked: &Report) -> Vec<String> {
    broken(REPORT_RULES, number, &stage.demand, asked)
}

fn list(stage: &Stage) -> TreatedList {
    stage.demand.treated.clone().unwrap_or_default()
}

#[test]
fn a_list_follows_an_ad_hoc_need_only() {
    assert!(rule("SD-49", &supplied(), &one_course()).is_empty());
    for demand in [Stage::with_wholesaler(true), Stage::with_wholesaler(false)] {
        assert_eq!(rule("SD-49", &demand, &one_course()), [""]);
    }
}

#[test]
fn nobody_is_treated_before_the_hand_over() {
    assert!(rule("SD-50", &supplied(), &one_course()).is_empty());
    assert!(rule("SD-50", &supplied().revoked(), &one_course()).is_empty(), "packs were there before");
    assert_eq!(rule("SD-50", &Stage::approved(true).revoked(), &one_course()), [""]);
    let refused = report(Stage::approved(true).demand, &one_course(), day(0));
    assert_eq!(codes(refused), ["demand.wrong_state"]);
}

#[test]
fn nothing_is_added_to_a_closed_list() {
    let open = supplied().with_course(1, ONE, "2");
    assert!(rule("SD-51", &open, &one_course()).is_empty());
    let closed = open.reported(Report { closes: true, ..nothing() });
    assert_eq!(rule("SD-51", &closed, &one_course()), [""]);
}

#[test]
fn a_report_says_something() {
    assert_eq!(rule("SD-52", &supplied(), &nothing()), [""]);
    for some in [one_course(), report_of(&[], day(0)), Report { closes: true, ..nothing() }] {
        assert!(rule("SD-52", &supplied(), &some).is_empty());
    }
}

#[test]
fn quantities_are_counted_in_the_approved_unit() {
    let mut asked = one_course();
    assert!(rule("SD-53", &supplied(), &asked).is_empty());
    asked.lines.push(TreatedPatient { quantity: millilitres("5"), ..course(2, OTHER, "1", day(0)) });
    assert_eq!(rule("SD-53", &supplied(), &asked), ["/patients/1/quantity/unit"]);
}

#[test]
fn no_more_is_given_than_was_dispensed() {
    let of = |amount: &str| report_of(&[course(2, OTHER, amount, day(0))], day(0));
    // The pharmacy has entered nothing: ten packs are approved.
    assert!(rule("SD-54", &supplied(), &of("10")).is_empty());
    assert_eq!(rule("SD-54", &supplied(), &of("10.0001")), ["/patients"]);
    let dispensed = supplied().realised(RealisationKind::Dispensed, 4, false);
    assert!(rule("SD-54", &dispensed, &of("4")).is_empty());
    assert_eq!(rule("SD-54", &dispensed, &of("4.0001")), ["/patients"]);
    let begun = dispensed.with_course(1, ONE, "3");
    let after = |asked: Report| Report { before: begun.treated.clone(), ..asked };
    assert!(rule("SD-54", &begun, &after(of("1"))).is_empty());
    assert_eq!(rule("SD-54", &begun, &after(of("2"))), ["/patients"], "reports add up");
    let mut freed = after(of("4"));
    freed.before[0].taken_back = Some(taken_back_line(day(0)));
    assert!(rule("SD-54", &begun, &freed).is_empty(), "what was taken back does not count");
}

#[test]
fn a_course_begins_after_the_resolution_and_is_over() {
    let of = |from: i64, to: i64| {
        let today = warsaw_date(day(9));
        let on = |days: i64| warsaw_date(day(0)) + TimeDelta::days(days);
        let line =
            TreatedPatient { treated_from: on(from), treated_to: on(to), ..course(1, ONE, "1", day(0)) };
        Report { today, ..report_of(&[line], day(9)) }
    };
    assert!(rule("SD-55", &supplied(), &of(0, 9)).is_empty());
    assert!(rule("SD-55", &supplied(), &of(3, 3)).is_empty());
    assert_eq!(rule("SD-55", &supplied(), &of(-1, 9)), ["/patients/0/treatedFrom"]);
    assert_eq!(rule("SD-55", &supplied(), &of(4, 3)), ["/patients/0/treatedTo"]);
    assert_eq!(rule("SD-55", &supplied(), &of(0, 10)), ["/patients/0/treatedTo"]);
}

#[test]
fn nobody_is_counted_twice() {
    let begun = supplied().on(5).with_course(1, ONE, "1");
    let of = |pesel: &str, days: u64| Report {
        before: begun.treated.clone(),
        ..report_of(&[course(2, pesel, "1", day(days))], day(9))
    };
    assert_eq!(rule("SD-56", &begun, &of(ONE, 5)), ["/patients/0/treatedFrom"]);
    assert!(rule("SD-56", &begun, &of(ONE, 6)).is_empty(), "the next course of the same patient");
    assert!(rule("SD-56", &begun, &of(OTHER, 5)).is_empty());
    let twice = report_of(&[course(2, OTHER, "1", day(5)), course(3, OTHER, "1", day(5))], day(9));
    assert_eq!(rule("SD-56", &begun, &twice), ["/patients/1/treatedFrom"]);
    let mut freed = of(ONE, 5);
    freed.before[0].taken_back = Some(taken_back_line(day(5)));
    assert!(rule("SD-56", &begun, &freed).is_empty());
}

#[test]
fn the_treatment_ends_with_the_last_course_or_later() {
    let ending = |days: Option<u64>| Report {
        treatment_ended_on: days.map(|days| warsaw_date(day(days))),
        today: warsaw_date(day(9)),
        ..report_of(&[course(1, ONE, "1", day(5))], day(9))
    };
    for fine in [Some(5), Some(9), None] {
        assert!(rule("SD-57", &supplied(), &ending(fine)).is_empty(), "{fine:?}");
    }
    for wrong in [Some(4), Some(10)] {
        assert_eq!(rule("SD-57", &supplied(), &ending(wrong)), ["/treatmentEndedOn"], "{wrong:?}");
    }
    let closing = Report { closes: true, ..ending(None) };
    assert_eq!(rule("SD-57", &supplied(), &closing), ["/treatmentEndedOn"], "a closed list states the end");
    let ended = supplied().on(4).reported(report_of(&[], day(4)));
    assert_eq!(rule("SD-57", &ended, &ending(None)), ["/treatmentEndedOn"], "a later course moves the end");
    assert!(rule("SD-57", &ended, &ending(Some(5))).is_empty());
}

#[test]
fn patients_of_a_list_come_in_by_the_doors_of_a_demand() {
    let mut asked = one_course();
    asked.lines[0].patient.identifier = None;
    asked.lines[0].patient.address = match &outside().patients {
        Some(crate::demand::content::Patients::Named { patient }) => patient.address.clone(),
        _ => None,
    };
    let found = report(supplied().demand, &asked, day(0)).unwrap_err();
    let found: Vec<_> = found.into_iter().map(|it| (it.problem.code, it.pointer)).collect();
    assert_eq!(
        found,
        [
            (PATIENT_INCOMPLETE.code, "/patients/0/patient/identifier".to_owned()),
            (FIELD_FORBIDDEN.code, "/patients/0/patient/address".to_owned()),
        ]
    );
    // A guardian stands for a minor without PESEL.
    let guarded = json!({
        "givenNames": "Ola", "familyName": "Zmyślona", "birthDate": "2020-05-01",
        "guardian": { "identifier": { "kind": "PESEL", "number": ONE } }
    });
    asked.lines[0].patient = read(guarded);
    assert!(report(supplied().demand, &asked, day(0)).is_ok());
}

#[test]
fn reports_add_up_and_a_line_that_is_taken_back_opens_the_list_again() {
    let stage = supplied().with_course(1, ONE, "2").with_course(2, OTHER, "1.5");
    assert_eq!((list(&stage).given.to_string(), list(&stage).lines), ("3.5".to_owned(), 2));
    let closed = stage.reported(Report { closes: true, ..nothing() });
    assert!(list(&closed).closed_at.is_some());
    let line = closed.treated[0].clone();
    let back = take_back(closed.demand.clone(), line.clone(), taken_back_line(day(1)), day(1)).unwrap();
    let events =
        [DemandEvent::TreatedPatientTakenBack { line: line.id }, DemandEvent::PatientListReopened {}];
    assert_eq!(back.events, events);
    let (demand, line) = back.document;
    let list = demand.treated.clone().unwrap_or_default();
    assert_eq!((list.given.to_string(), list.lines, list.closed_at), ("1.5".to_owned(), 1, None));
    assert_eq!(broken(TAKING_BACK_RULES, "SD-58", &demand, &line), [""]);
    assert_eq!(
        codes(take_back(demand, line, taken_back_line(day(2)), day(2))),
        ["demand.treated_taken_back"]
    );
}

#[test]
fn the_term_counts_from_the_end_of_treatment_and_moves_nothing() {
    let stage = supplied().on(4).reported(report_of(&[], day(3)));
    let clock = clocks::running(&stage.demand).remove(0);
    assert_eq!(
        (clock.kind, clock.holder_in(StateName::WithWholesaler)),
        (ClockKind::PatientList, Some("PHYSICIAN"))
    );
    assert_eq!(clock.started_at, end_of_day_warsaw(warsaw_date(day(2))), "the midnight that began the day");
    assert_eq!(clock.due_at, end_of_day_warsaw(warsaw_date(day(33))));
    let reminder =
        clocks::remind(&stage.demand, clock.kind, clock.started_at, &Holds::none(), clock.reminder_at());
    assert!(reminder.is_some_and(|event| event.is_about_the_treated()));
    assert!(clocks::elapse(stage.demand.clone(), &Holds::none(), day(33)).events.is_empty());
    let over = clocks::elapse(stage.demand.clone(), &Holds::none(), day(34));
    assert_eq!(over.events, [DemandEvent::PatientListOverdue {}]);
    assert_eq!(over.document.state, stage.demand.state);
    assert!(clocks::running(&over.document).is_empty());
    assert!(clocks::elapse(over.document.clone(), &Holds::none(), day(99)).events.is_empty(), "told once");
    // It can still be given, and a later end has a term of its own.
    let late = Stage { demand: over.document, ..stage }.on(40).with_course(1, ONE, "1");
    assert_eq!(clocks::running(&late.demand).len(), 1);
}

#[test]
fn no_term_runs_once_the_list_is_whole_or_where_nobody_is_reminded() {
    let ended = |asked: Report| clocks::running(&supplied().reported(asked).demand);
    assert_eq!(ended(one_course()).len(), 1);
    assert!(ended(Report { closes: true, ..one_course() }).is_empty());
    assert!(ended(Report { days: None, ..one_course() }).is_empty());
    assert!(ended(Report { treatment_ended_on: None, ..one_course() }).is_empty(), "the end is not known");
    let ten = ended(Report { days: Some(10), ..one_course() });
    assert_eq!(ten[0].due_at, end_of_day_warsaw(warsaw_date(day(10))));
}

#[test]
fn the_end_that_is_stated_again_is_the_same() {
    let stage = supplied().reported(one_course());
    let again = report(stage.demand.clone(), &report_of(&[], day(0)), day(0)).unwrap();
    assert!(again.events.is_empty());
    assert_eq!(again.document.treated, stage.demand.treated);
}

#[test]
fn one_end_is_told_of_once_and_again_only_after_it_was_taken_back() {
    let on_day_40 = |demand: &Demand| clocks::elapse(demand.clone(), &Holds::none(), day(40));
    let stated_late = |demand: Demand| {
        let same_end = Some(warsaw_date(day(0)));
        let asked = Report { treatment_ended_on: same_end, ..report_of(&[], day(40)) };
        report(demand, &asked, day(40)).unwrap().document
    };
    let told = on_day_40(&supplied().reported(report_of(&[], day(0))).demand);
    assert_eq!(told.events, [DemandEvent::PatientListOverdue {}]);
    assert_eq!(on_day_40(&stated_late(told.document.clone())).events, []);
    let reopened = reopen(told.document, reopening(day(40)), day(40)).unwrap().document;
    let anew = on_day_40(&stated_late(reopened));
    assert_eq!(anew.events, [DemandEvent::PatientListOverdue {}]);
    assert_eq!(on_day_40(&anew.document).events, []);
}

#[test]
fn what_was_given_was_used_although_the_ledger_knows_nothing() {
    let stage = supplied().with_course(1, ONE, "1");
    let reason = text("Pomyłka.");
    assert_eq!(broken(withdrawal::RULES, "SD-60", &stage.demand, &reason), [""]);
    assert!(broken(withdrawal::RULES, "SD-60", &supplied().demand, &reason).is_empty());
    let back = HandoverReturn { by: organisation(10), reason: text("Nie sprowadzamy."), at: day(0) };
    assert_eq!(broken(HANDOVER_RETURN_RULES, "SD-61", &stage.demand, &back), [""]);
    assert!(broken(HANDOVER_RETURN_RULES, "SD-61", &supplied().demand, &back).is_empty());
    let refused = withdrawal::withdraw(stage.demand.clone(), reason, day(0)).unwrap_err();
    assert_eq!(refused[0].problem, ALREADY_USED);
    assert_eq!(taken_back(stage.demand, day(0)).unwrap_err()[0].problem, ALREADY_USED);
}

#[test]
fn a_list_that_tells_of_nobody_locks_nothing() {
    let empty = supplied().reported(Report { closes: true, ..report_of(&[], day(0)) });
    assert_eq!(clocks::running(&empty.demand), []);
    let returned = taken_back(empty.demand.clone(), day(0)).unwrap().document;
    assert_eq!(returned.state.name(), StateName::Approved);
    let kept = returned.treated.clone().unwrap();
    assert_eq!((kept.treatment_end, kept.closed_at), (None, None), "there is no product any more");
    let ended = supplied().reported(report_of(&[], day(0)));
    assert_eq!(clocks::running(&ended.demand).len(), 1);
    let withdrawn = withdrawal::withdraw(ended.demand, text("Pomyłka."), day(0)).unwrap().document;
    assert_eq!(clocks::running(&withdrawn), [], "nobody is reminded of a list that cannot be given");
}

#[test]
fn a_list_is_opened_again_and_the_end_taken_back_by_itself() {
    let closed = supplied().with_course(1, ONE, "2").reported(Report { closes: true, ..nothing() });
    assert_eq!(closed_to(&closed.demand), Some(PATIENT_LIST_CLOSED));
    assert_eq!(closed_to_reopening(&closed.demand), None);
    assert!(broken(REOPENING_RULES, "SD-62", &closed.demand, &reopening(day(1))).is_empty());
    let reopened = reopen(closed.demand.clone(), reopening(day(1)), day(1)).unwrap();
    assert_eq!(reopened.events, [DemandEvent::PatientListReopened {}]);
    let demand = reopened.document;
    let list = demand.treated.clone().unwrap();
    assert_eq!((list.closed_at, list.treatment_end.clone(), list.lines), (None, None, 1), "lines stay");
    assert_eq!(list.reopenings, [reopening(day(1))]);
    assert_eq!(clocks::running(&demand), []);
    assert_eq!(broken(REOPENING_RULES, "SD-62", &demand, &reopening(day(2))), [""]);
    assert_eq!(closed_to_reopening(&demand), Some(PATIENT_LIST_OPEN));
    assert_eq!(codes(reopen(demand.clone(), reopening(day(2)), day(2))), ["demand.patient_list_open"]);
    let again = Stage { demand, ..closed }.on(1).reported(report_of(&[], day(1)));
    assert_eq!(clocks::running(&again.demand).len(), 1, "the end is stated anew");
    let ended = supplied().reported(report_of(&[], day(0)));
    assert!(reopen(ended.demand, reopening(day(1)), day(1)).is_ok(), "an end alone is taken back, too");
    let named = Stage::with_wholesaler(true).demand;
    assert_eq!(closed_to_reopening(&named).map(|problem| problem.code), Some("demand.not_ad_hoc"));
}

#[test]
fn a_list_says_nothing_of_a_patient_in_the_demand_itself() {
    let told = serde_json::to_string(&list(&supplied().with_course(1, ONE, "2"))).unwrap();
    assert!(!told.contains(ONE) && !told.contains("Zmyślona"), "{told}");
}
