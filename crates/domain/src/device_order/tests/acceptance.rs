//! An officer takes a negative order for a positive one: what is left of it, and what is known of the right to benefits.

use super::december;
use crate::calendar::warsaw_date;
use crate::device_order::elapse::{elapse, entries};
use crate::device_order::lifecycle::{PeriodState, State, StateName};
use crate::device_order::model::{Acceptance, Right};
use crate::device_order::refusals::OTHERS_UNREADABLE;
use crate::device_order::take_up::{look_again, take_up};
use crate::device_order::verification::{self, Finding, Insurance, Verdict, accept, confirm, look};
use crate::device_order::{DeviceOrder, DeviceOrderEvent, clocks};
use crate::support::device_orders::{
    Known, absorbents, asked, facts, groups, looked_at, months, positive, take_up_id, verifying, wheelchair,
    with,
};
use crate::support::{instant, officer, text};
use crate::values::AccessCode;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

fn uninsured() -> Known {
    Known { insurance: Insurance::NotConfirmed, ..Known::default() }
}

/// Found negative in December and accepted then.
fn accepted_at(content: Value, known: &Known, now: DateTime<Utc>) -> (DeviceOrder, Vec<DeviceOrderEvent>) {
    let negative = looked_at(content, known, december());
    assert_eq!(negative.state.name(), StateName::Negative);
    let all = groups(warsaw_date(december()));
    let lines = confirm(&negative.content, &facts(warsaw_date(december()), &all, known)).expect("lines");
    let acceptance = Acceptance { by: officer(1), reason: text("Dokument okazano w oddziale."), at: now };
    let accepted = accept(negative, acceptance, lines, Some(AccessCode::numbered(7)), now);
    let accepted = accepted.expect("an acceptance");
    (accepted.document, accepted.events)
}

fn states(order: &DeviceOrder) -> Vec<PeriodState> {
    order.state.confirmed().expect("a confirmation").periods.states().collect()
}

fn right(order: &DeviceOrder) -> Right {
    order.state.confirmed().expect("a confirmation").confirmation.right.clone()
}

#[test]
fn what_was_found_stays_to_be_seen() {
    let (order, events) = accepted_at(absorbents(), &uninsured(), december());
    assert_eq!(order.state.name(), StateName::Positive);
    assert_eq!(events, [DeviceOrderEvent::OrderAccepted {}]);
    let confirmation = &order.state.confirmed().expect("a confirmation").confirmation;
    assert!(confirmation.accepted.is_some());
    let codes: Vec<&str> = confirmation.warnings.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(codes, ["device_order.right_not_confirmed", "device_order.specialty_unconfirmed"]);
}

#[test]
fn months_that_passed_before_an_acceptance_are_lost_with_it() {
    let (order, events) = accepted_at(absorbents(), &uninsured(), instant("2027-02-01T08:00:00Z"));
    let months = states(&order);
    assert_eq!(months[..2], [PeriodState::Lost, PeriodState::Lost]);
    assert!(entries().iter().any(|entry| entry.number == "DO-85"), "and the book says so");
    assert!(months[2..].iter().all(|month| *month == PeriodState::Available));
    assert_eq!(events, [DeviceOrderEvent::OrderAccepted {}, DeviceOrderEvent::MonthsLost {}]);
    assert!(!clocks::is_due(&order, instant("2027-02-01T08:00:00Z")), "time has nothing left to change");
    let again = elapse(order.clone(), instant("2027-02-01T08:00:00Z"));
    assert_eq!((again.document, again.events), (order, Vec::new()));
}

#[test]
fn the_last_day_of_a_month_still_counts() {
    let (order, _) = accepted_at(absorbents(), &uninsured(), instant("2026-12-31T22:59:59Z"));
    assert_eq!(states(&order)[0], PeriodState::Available);
    let (order, _) = accepted_at(absorbents(), &uninsured(), instant("2026-12-31T23:00:00Z"));
    assert_eq!(states(&order)[0], PeriodState::Lost);
}

#[test]
fn an_order_of_which_nothing_is_left_has_expired_when_it_is_accepted() {
    let last = ("2027-11-30T22:59:59Z", StateName::Positive);
    for (at, state) in [last, ("2027-11-30T23:00:00Z", StateName::Expired)] {
        let (order, events) = accepted_at(absorbents(), &uninsured(), instant(at));
        assert_eq!(order.state.name(), state);
        let is_over = events.contains(&DeviceOrderEvent::OrderExpired {});
        assert_eq!(is_over, state == StateName::Expired);
    }
    let (chair, _) = accepted_at(wheelchair(), &uninsured(), instant("2027-12-01T23:00:00Z"));
    assert_eq!(chair.state.name(), StateName::Expired);
}

#[test]
fn months_that_passed_during_a_look_are_lost_with_its_result() {
    let waiting = verifying(absorbents(), december());
    let (later, known) = (instant("2027-01-01T08:00:00Z"), Known::default());
    let all = groups(warsaw_date(later));
    let verdict = look(&waiting.content, &facts(warsaw_date(later), &all, &known));
    let concluded = verification::conclude(waiting, verdict, None, later).expect("a conclusion");
    assert_eq!(states(&concluded.document)[0], PeriodState::Lost);
    let verified = DeviceOrderEvent::OrderVerified { positive: true };
    assert_eq!(concluded.events, [verified, DeviceOrderEvent::MonthsLost {}]);
}

#[test]
fn an_acceptance_proves_nothing_that_was_not_proved() {
    assert_eq!(right(&accepted_at(absorbents(), &uninsured(), december()).0), Right::Accepted);
    let document = |last: &str| {
        let document =
            json!({ "kind": "INSURANCE_PROOF", "number": "1", "until": { "kind": "DAY", "last": last } });
        with(absorbents(), "/right", json!({ "kind": "DOCUMENT", "document": document }))
    };
    let (expired, _) = accepted_at(document("2026-11-30"), &uninsured(), december());
    assert_eq!(right(&expired), Right::Accepted, "a document that has expired shows nothing");
}

#[test]
fn an_acceptance_keeps_what_was_known_of_the_right_beside_another_fault() {
    let larger = with(absorbents(), "/supply/piecesAMonth", json!("130"));
    let (order, _) = accepted_at(larger.clone(), &Known::default(), december());
    assert_eq!(right(&order), Right::Confirmed { operation: text("L1712M01200000001") });
    let statement = json!({ "kind": "STATEMENT", "madeOn": "2026-12-01", "madeBy": "PATIENT" });
    let (order, _) = accepted_at(with(larger, "/right", statement), &uninsured(), december());
    assert_eq!(right(&order), Right::Proved);
}

#[test]
fn at_the_counter_nothing_is_proved_by_an_acceptance_either() {
    let (order, _) = accepted_at(absorbents(), &uninsured(), december());
    let taken = take_up(order, asked(1, months("2026-12", 1), december()), december()).expect("a take-up");
    let (day, known) = (warsaw_date(december()), uninsured());
    let all = groups(day);
    let verdict = look_again(&taken.document, take_up_id(1), &facts(day, &all, &known)).expect("a look");
    assert!(matches!(verdict, Verdict::Positive { right: Right::Accepted, .. }), "{verdict:?}");
}

#[test]
fn what_is_stored_of_a_negative_order_keeps_the_right() {
    let larger = with(absorbents(), "/supply/piecesAMonth", json!("130"));
    let negative = looked_at(larger, &Known::default(), december());
    let kept = serde_json::to_value(&negative.state).expect("a state");
    let read: State = serde_json::from_value(kept).expect("a state");
    assert_eq!(read, negative.state);
    let State::Negative(negative) = read else { panic!("a negative order") };
    assert!(matches!(negative.right, Some(Right::Confirmed { .. })));
}

#[test]
fn what_cannot_be_read_is_told_and_an_officer_can_accept_it() {
    let incomplete = || Known { is_incomplete: true, ..Known::default() };
    let State::Negative(negative) = looked_at(absorbents(), &incomplete(), december()).state else {
        panic!("a finding")
    };
    let code = verification::entries().into_iter().find(|entry| entry.number == "DO-88").map(|it| it.code);
    assert_eq!(code, Some(OTHERS_UNREADABLE.code));
    assert_eq!(negative.findings, [Finding::of(OTHERS_UNREADABLE, "/content/patient")]);
    assert!(matches!(negative.right, Some(Right::Confirmed { .. })), "what is known stays known");
    let (order, _) = accepted_at(absorbents(), &incomplete(), december());
    assert_eq!(order.state.name(), StateName::Positive);
}

#[test]
fn an_officer_does_not_accept_what_nobody_has_seen_missing() {
    let negative = looked_at(absorbents(), &uninsured(), december());
    let (day, incomplete) = (warsaw_date(december()), Known { is_incomplete: true, ..Known::default() });
    let all = groups(day);
    let codes = |order: &DeviceOrder, known: &Known| {
        let since = verification::taken_since(order, &facts(day, &all, known));
        since.into_iter().map(|it| it.problem.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(&negative, &incomplete), [OTHERS_UNREADABLE.code]);
    let told = looked_at(absorbents(), &incomplete, december());
    assert_eq!(codes(&told, &incomplete), [""; 0]);
}

#[test]
fn at_the_counter_what_cannot_be_read_keeps_only_a_one_off_order_waiting() {
    let incomplete = Known { is_incomplete: true, ..Known::default() };
    let (day, now) = (warsaw_date(december()), december());
    let all = groups(day);
    let looked = |content: Value, months| {
        let order = positive(content, now);
        let taken = take_up(order, asked(1, months, now), now).expect("a take-up").document;
        look_again(&taken, take_up_id(1), &facts(day, &all, &incomplete)).expect("a look")
    };
    let monthly = looked(absorbents(), Some(months("2026-12", 1)));
    assert!(matches!(monthly, Verdict::Positive { .. }), "{monthly:?}");
    let Verdict::Negative { findings, .. } = looked(wheelchair(), None) else { panic!("a finding") };
    assert_eq!(findings, [Finding::of(OTHERS_UNREADABLE, "/content/patient")]);
}
