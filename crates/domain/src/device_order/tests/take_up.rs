//! Months are one provider's alone, and come back.

use super::december;
use crate::calendar::warsaw_date;
use crate::device_order::elapse::{elapse, next_change};
use crate::device_order::events::DeviceOrderEvent;
use crate::device_order::lifecycle::{PeriodState, Periods, State, StateName};
use crate::device_order::model::{EntitlementChoice, LimitChange, Months, TakeUpState};
use crate::device_order::refusals::{NOT_AVAILABLE, NOT_HOLDER};
use crate::device_order::release::{Party, ReleaseRequest, Requester, faults, request};
use crate::device_order::take_up::{Asked, conclude, entries, find, free_from, take_up, withdraw};
use crate::device_order::verification::{Finding, Verdict};
use crate::device_order::{DeviceOrder, refusals};
use crate::support::device_orders::{
    HOLD_DAYS, absorbents, asked, held, month, months, on_paper, positive, take_up_id, wheelchair, with,
};
use crate::support::{codes, date, instant, organisation, read, text};
use crate::values::YearMonth;
use chrono::{DateTime, Days, TimeDelta, Utc};
use serde_json::json;

fn only(number: &str, order: &DeviceOrder, asked: Asked) {
    let entry = entries().into_iter().find(|entry| entry.number == number).expect("a rule of that number");
    assert_eq!(codes(take_up(order.clone(), asked, december())), [entry.code], "{number}");
}

fn code_of(number: &str) -> &'static str {
    let all = crate::device_order::rulebook::entries();
    all.into_iter().find(|entry| entry.number == number).expect("a rule of that number").code
}

fn states(order: &DeviceOrder) -> Vec<&'static str> {
    order.state.confirmed().expect("a confirmation").periods.states().map(PeriodState::name).collect()
}

fn state_of(order: &DeviceOrder, wanted: &str) -> &'static str {
    let Periods::Monthly { periods } = &order.state.confirmed().expect("a confirmation").periods else {
        panic!("months")
    };
    periods.iter().find(|period| period.month == month(wanted)).expect("a month").state.name()
}

fn later(days: u64) -> DateTime<Utc> {
    december() + TimeDelta::days(days.cast_signed())
}

#[test]
fn months_that_are_taken_up_are_closed_to_others() {
    let order = positive(absorbents(), december());
    let taken =
        take_up(order, asked(1, months("2026-12", 3), december()), december()).expect("a take-up").document;
    assert_eq!(state_of(&taken, "2027-02"), "VERIFYING");
    assert_eq!(state_of(&taken, "2027-03"), "AVAILABLE");
    only("DO-33a", &taken, asked(2, months("2027-02", 1), december()));
    let other = take_up(taken, asked(2, months("2027-03", 1), december()), december());
    assert!(other.is_ok(), "other months go to other providers (DO-38)");
}

#[test]
fn a_month_that_somebody_has_tells_when_it_is_free_and_a_lost_one_never() {
    let order = positive(absorbents(), december());
    assert_eq!(free_from(&order, Some(months("2026-12", 2))), None);
    let taken =
        take_up(order, asked(1, months("2026-12", 1), december()), december()).expect("a take-up").document;
    let looked_at = free_from(&taken, Some(months("2026-12", 2)));
    assert_eq!(looked_at, Some(december() + TimeDelta::minutes(10)), "a look is given up");
    let held =
        held(positive(absorbents(), december()), asked(1, months("2026-12", 1), december()), december());
    let take_up_of = find(&held, take_up_id(1)).expect("a take-up");
    let free = free_from(&held, Some(months("2026-12", 1)));
    assert_eq!(free, Some(crate::calendar::end_of_day_warsaw(take_up_of.confirmed_until())));
    assert_eq!(next_change(&held), free, "that is when time frees it");
    let february = instant("2027-02-10T08:00:00Z");
    let lost = elapse(positive(absorbents(), december()), february).document;
    only("DO-33b", &lost, asked(1, months("2027-01", 2), december()));
}

#[test]
fn the_patient_or_another_provider_asks_a_holder_for_a_release_once() {
    let order =
        held(positive(absorbents(), december()), asked(1, months("2026-12", 2), december()), december());
    let of = |number: u128| Requester::Provider {
        id: crate::support::device_orders::provider(number).id,
        name: text("Sklep Testowy"),
    };
    let asking = |by| ReleaseRequest { by, reason: text("Pacjent jest u nas."), at: december() };
    let refused = |order: &DeviceOrder, months: Option<Months>, by| {
        let found = request(order.clone(), months, &asking(by), december()).expect_err("a refusal");
        found.into_iter().map(|it| (it.problem.code, it.pointer)).collect::<Vec<_>>()
    };
    let some = |from, count| Some(months(from, count));
    assert_eq!(refused(&order, some("2028-12", 1), of(2))[0].0, code_of("DO-69a"));
    assert_eq!(refused(&order, some("2027-02", 1), of(2))[0].0, code_of("DO-69b"), "it is free");
    assert_eq!(refused(&order, None, of(1))[0].0, code_of("DO-69b"), "one's own is given back");
    let told = request(order, some("2027-01", 2), &asking(of(2)), december()).expect("a request");
    let provider = crate::support::device_orders::provider(1).id;
    assert_eq!(told.events, [DeviceOrderEvent::ReleaseRequested { take_up: take_up_id(1), provider }]);
    assert_eq!(refused(&told.document, None, of(2))[0].0, code_of("DO-69c"));
    let both =
        request(told.document, None, &asking(Requester::Patient), december()).expect("a request").document;
    let take_up = find(&both, take_up_id(1)).expect("a take-up");
    assert_eq!(take_up.release_requests, [asking(of(2)), asking(Requester::Patient)]);
    assert!(faults(&both, Party::Patient).iter().all(|it| it.problem.code == code_of("DO-69c")));
    assert_eq!(state_of(&both, "2026-12"), "RESERVED", "the holder decides");
}

#[test]
fn what_the_counter_says_is_complete() {
    let order = positive(absorbents(), december());
    let of = |asked: Asked| {
        let found = take_up(order.clone(), asked, december()).expect_err("a refusal");
        found.into_iter().map(|it| (it.problem.code, it.pointer)).collect::<Vec<_>>()
    };
    let plain = || asked(1, months("2026-12", 1), december());
    let document = |value: serde_json::Value| -> EntitlementChoice {
        let entitlement = read(json!({ "code": "47DN", "document": value }));
        EntitlementChoice::Set { entitlement }
    };
    let bare = of(Asked { entitlement: document(json!({ "kind": "OTHER" })), ..plain() });
    let places: Vec<&str> = bare.iter().map(|(_, pointer)| pointer.as_str()).collect();
    assert_eq!(
        places,
        [
            "/entitlement/entitlement/document/issuedOn",
            "/entitlement/entitlement/document/until",
            "/entitlement/entitlement/certifiedBy",
        ]
    );
    let right = |value: serde_json::Value| Some(read(value));
    let unnumbered = json!({ "kind": "DOCUMENT", "document": { "kind": "OTHER" } });
    let found = of(Asked { right: right(unnumbered), ..plain() });
    assert_eq!(found[0], (code_of("DO-28e"), "/right/document/number".to_owned()));
    let tomorrow = json!({ "kind": "STATEMENT", "madeOn": "2026-12-02", "madeBy": "PATIENT" });
    let found = of(Asked { right: right(tomorrow), ..plain() });
    assert_eq!(found, [(code_of("DO-14d"), "/right/madeOn".to_owned())]);
}

#[test]
fn a_take_up_needs_a_contract() {
    let order = positive(absorbents(), december());
    only("DO-35", &order, Asked { has_contract: false, ..asked(1, months("2026-12", 1), december()) });
}

#[test]
fn months_are_of_the_order_few_and_not_past() {
    let order = positive(absorbents(), december());
    only("DO-36a", &order, asked(1, months("2027-11", 2), december()));
    only("DO-36a", &order, asked(1, None, december()));
    only("DO-36b", &order, asked(1, months("2026-12", 7), december()));
    let january = instant("2027-01-01T08:00:00Z");
    let asked_late = Asked { today: warsaw_date(january), ..asked(1, months("2026-12", 1), december()) };
    only("DO-36c", &order, asked_late);
    let chair = positive(wheelchair(), december());
    only("DO-36a", &chair, asked(1, months("2026-12", 1), december()));
    assert!(take_up(chair, asked(1, None, december()), december()).is_ok());
}

#[test]
fn a_paper_order_stays_where_it_was_begun() {
    let mut order = positive(absorbents(), december());
    let State::Positive(confirmed) = &mut order.state else { panic!("positive") };
    confirmed.issue.paper = Some(on_paper(december()));
    let begun = held(order, asked(1, months("2026-12", 1), december()), december());
    only("DO-38", &begun, asked(2, months("2027-01", 1), december()));
    let same = Asked {
        provider: crate::support::device_orders::provider(1),
        ..asked(2, months("2027-01", 1), december())
    };
    assert!(take_up(begun, same, december()).is_ok());
}

#[test]
fn a_positive_look_holds_the_months_and_freezes_the_limits() {
    let order =
        held(positive(absorbents(), december()), asked(1, months("2026-12", 2), december()), december());
    assert_eq!(state_of(&order, "2026-12"), "RESERVED");
    let take_up = find(&order, take_up_id(1)).expect("a take-up");
    assert_eq!((take_up.lines.len(), take_up.changes.as_slice()), (3, &[][..]));
    assert_eq!(take_up.held_until, date("2026-12-01") + Days::new(u64::from(HOLD_DAYS)));
}

#[test]
fn a_negative_look_frees_the_months_and_says_why() {
    let order = positive(absorbents(), december());
    let taken =
        take_up(order, asked(1, months("2026-12", 2), december()), december()).expect("a take-up").document;
    let findings = vec![Finding::of(refusals::RIGHT_NOT_CONFIRMED, "/content/right")];
    let refused = conclude(
        taken,
        take_up_id(1),
        Verdict::Negative { findings: findings.clone(), warnings: Vec::new(), right: None },
        december(),
    )
    .expect("a result");
    assert_eq!(state_of(&refused.document, "2026-12"), "AVAILABLE");
    let kept = &find(&refused.document, take_up_id(1)).expect("a take-up").state;
    assert_eq!(*kept, TakeUpState::Refused { findings, at: december() });
    let provider = organisation(1);
    assert_eq!(refused.events, [DeviceOrderEvent::TakeUpRefused { take_up: take_up_id(1), provider }]);
}

#[test]
fn limits_that_changed_name_their_reasons() {
    let disabled = json!({
        "code": "47IB",
        "document": { "kind": "INVALID_BOOK", "issuedOn": "2020-01-01", "until": { "kind": "INDEFINITE" } },
    });
    let choice = EntitlementChoice::Set { entitlement: read(disabled) };
    let asked_so = Asked { entitlement: choice, ..asked(1, months("2026-12", 1), december()) };
    let order = held(positive(absorbents(), december()), asked_so, december());
    assert_eq!(find(&order, take_up_id(1)).expect("a take-up").changes, [LimitChange::Entitlement]);

    let content = with(
        absorbents(),
        "/patient/identifier",
        json!({ "kind": "FOREIGN_PASSPORT", "country": "UA", "number": "FA1" }),
    );
    let content = with(content, "/patient/birthDate", json!("2009-01-15"));
    let content = with(content, "/patient/sex", json!("FEMALE"));
    let content =
        with(content, "/right", json!({ "kind": "STATEMENT", "madeOn": "2026-12-01", "madeBy": "PATIENT" }));
    let birthday = instant("2027-01-15T08:00:00Z");
    let grown = held(positive(content, december()), asked(1, months("2027-01", 1), birthday), birthday);
    let take_up = find(&grown, take_up_id(1)).expect("a take-up");
    assert_eq!(take_up.changes, [LimitChange::Age]);
    assert_eq!(take_up.lines[0].terms.refund.get(), 80, "the child's 90 were confirmed at first");
}

#[test]
fn what_is_given_back_is_free_for_others() {
    let order =
        held(positive(absorbents(), december()), asked(1, months("2026-12", 2), december()), december());
    let freed =
        withdraw(order, take_up_id(1), text("Brak towaru."), None, later(1)).expect("a withdrawal").document;
    assert_eq!(state_of(&freed, "2026-12"), "AVAILABLE");
    assert_eq!(
        codes(withdraw(freed.clone(), take_up_id(1), text("Znowu."), None, later(1))),
        [NOT_HOLDER.code]
    );
    assert!(take_up(freed, asked(2, months("2026-12", 2), later(1)), later(1)).is_ok());
}

#[test]
fn a_month_that_passed_while_it_was_held_is_lost_with_the_hold() {
    let order =
        held(positive(absorbents(), december()), asked(1, months("2026-12", 2), december()), december());
    let january = instant("2027-01-02T08:00:00Z");
    let freed = withdraw(order, take_up_id(1), text("Brak towaru."), None, january).expect("a withdrawal");
    assert_eq!(state_of(&freed.document, "2026-12"), "LOST");
    assert_eq!(state_of(&freed.document, "2027-01"), "AVAILABLE");
    assert!(freed.events.contains(&DeviceOrderEvent::MonthsLost {}));
}

#[test]
fn a_hold_that_nobody_used_runs_out_after_its_last_day() {
    let order =
        held(positive(absorbents(), december()), asked(1, months("2026-12", 2), december()), december());
    let last_evening = instant("2027-01-07T22:59:00Z");
    assert_eq!(
        elapse(order.clone(), last_evening).events,
        [],
        "what was issued on its last day is confirmed"
    );
    assert_eq!(next_change(&order), Some(instant("2027-01-07T23:00:00Z")));
    let lapsed = elapse(order, instant("2027-01-07T23:00:00Z"));
    assert_eq!(state_of(&lapsed.document, "2027-01"), "AVAILABLE");
    assert_eq!(state_of(&lapsed.document, "2026-12"), "LOST", "it passed with the hold");
    let provider = organisation(1);
    let expected = [
        DeviceOrderEvent::TakeUpLapsed { take_up: take_up_id(1), provider },
        DeviceOrderEvent::MonthsLost {},
    ];
    assert_eq!(lapsed.events, expected);
}

#[test]
fn months_elapse_one_by_one_and_the_order_expires_with_the_last() {
    let order = positive(absorbents(), december());
    let two_gone = elapse(order.clone(), instant("2027-02-01T08:00:00Z")).document;
    assert_eq!(states(&two_gone).iter().filter(|state| **state == "LOST").count(), 2);
    assert_eq!(two_gone.state.name(), StateName::Positive);
    let over = elapse(order, instant("2027-12-01T08:00:00Z"));
    assert_eq!(over.document.state.name(), StateName::Expired);
    assert_eq!(over.events, [DeviceOrderEvent::MonthsLost {}, DeviceOrderEvent::OrderExpired {}]);
    assert_eq!(next_change(&over.document), None);
    assert_eq!(elapse(over.document.clone(), instant("2028-01-01T08:00:00Z")).document, over.document);
}

#[test]
fn a_one_off_order_expires_after_its_last_day() {
    let order = positive(wheelchair(), december());
    assert_eq!(elapse(order.clone(), instant("2027-12-01T22:59:00Z")).events, []);
    assert_eq!(elapse(order, instant("2027-12-01T23:00:00Z")).document.state.name(), StateName::Expired);
}

#[test]
fn a_hold_ends_with_the_order_and_what_was_issued_in_time_is_confirmed_after_it() {
    let late = instant("2027-11-30T08:00:00Z");
    let order = held(positive(wheelchair(), december()), asked(1, None, late), late);
    let take_up = find(&order, take_up_id(1)).expect("a take-up");
    assert_eq!((take_up.held_until, take_up.confirmed_until()), (date("2027-12-01"), date("2027-12-08")));
    assert_eq!(elapse(order.clone(), instant("2027-12-08T08:00:00Z")).events, []);
    let over = elapse(order, instant("2027-12-09T08:00:00Z")).document;
    assert_eq!(over.state.name(), StateName::Expired);
}

#[test]
fn nothing_is_taken_up_of_what_is_not_free() {
    let order = elapse(positive(absorbents(), december()), instant("2027-01-05T08:00:00Z")).document;
    let asked = Asked { today: date("2026-12-31"), ..asked(1, months("2026-12", 1), december()) };
    assert_eq!(codes(take_up(order, asked, december())), [NOT_AVAILABLE.code]);
    assert!(Months { from: YearMonth::of(date("2026-12-01")), count: 2 }.hold(month("2027-01")));
}
