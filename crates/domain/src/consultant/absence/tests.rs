//! What may be entered, and which days an absence covers.

use super::*;
use crate::support::{CONSULTANT, THIRD, codes, consultant, date};
use uuid::Uuid;

fn other(licence: &str) -> Consultant {
    Consultant { person: PersonId(Uuid::from_u128(0x2001)), ..consultant(licence) }
}

fn asked(first_day: &str, last_day: &str, substitute: Substitute) -> NewAbsence {
    NewAbsence {
        id: AbsenceId(Uuid::from_u128(0x3000)),
        consultant: consultant(CONSULTANT),
        first_day: date(first_day),
        last_day: date(last_day),
        substitute,
        today: date("2026-12-01"),
    }
}

fn entered(first_day: &str, last_day: &str) -> Absence {
    record(asked(first_day, last_day, Substitute::Nobody)).unwrap_or_else(|found| panic!("{found:?}"))
}

#[test]
fn it_covers_both_its_days_and_what_is_between() {
    let absence = entered("2026-12-03", "2026-12-05");
    let covered =
        ["2026-12-02", "2026-12-03", "2026-12-05", "2026-12-06"].map(|day| absence.covers(date(day)));
    assert_eq!(covered, [false, true, true, false]);
}

#[test]
fn an_ended_one_covers_nothing_and_ends_once() {
    let ended =
        entered("2026-12-01", "2026-12-05").end(date("2026-12-05")).unwrap_or_else(|it| panic!("{it:?}"));
    assert!(!ended.covers(date("2026-12-05")));
    assert_eq!(codes(ended.end(date("2026-12-05"))), ["consultant.absence_ended"]);
    let over = entered("2026-12-01", "2026-12-05").end(date("2026-12-06"));
    assert_eq!(codes(over), ["consultant.absence_ended"]);
}

#[test]
fn its_days_are_in_order_and_within_a_year() {
    let faults = |first, last| codes(record(asked(first, last, Substitute::Nobody)));
    assert_eq!(faults("2026-12-05", "2026-12-04"), ["consultant.absence_days"]);
    assert_eq!(faults("2026-11-20", "2026-11-30"), ["consultant.absence_past"]);
    assert_eq!(faults("2026-11-20", "2026-12-01"), [""; 0]);
    assert_eq!(faults("2026-12-02", "2027-12-02"), [""; 0]);
    assert_eq!(faults("2026-12-02", "2027-12-03"), ["consultant.absence_past"]);
}

#[test]
fn a_substitute_is_another_consultant_of_the_field() {
    let faults = |substitute| codes(record(asked("2026-12-01", "2026-12-05", substitute)));
    let known = |it: Consultant| Substitute::Known(Box::new(it));
    assert_eq!(faults(known(other(THIRD))), [""; 0]);
    assert_eq!(faults(Substitute::Unfit), ["consultant.substitute_unfit"]);
    assert_eq!(faults(known(consultant(CONSULTANT))), ["consultant.substitute_unfit"]);
    let elsewhere = FieldOfMedicine::all().nth(1).unwrap_or_else(|| panic!("a second field"));
    assert_eq!(
        faults(known(Consultant { field: elsewhere, ..other(THIRD) })),
        ["consultant.substitute_unfit"]
    );
}

#[test]
fn who_answers_in_anothers_place_says_so() {
    let stands_in = in_place_of(other(THIRD), &consultant(CONSULTANT));
    assert_eq!(stands_in.npwz.as_str(), THIRD);
    assert_eq!(stands_in.in_place_of.map(|it| it.npwz.as_str().to_owned()).as_deref(), Some(CONSULTANT));
}
