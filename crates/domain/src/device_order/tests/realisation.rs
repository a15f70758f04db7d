//! Goods are issued, received, and taken back in error.

use super::december;
use crate::device_order::elapse::elapse;
use crate::device_order::events::DeviceOrderEvent;
use crate::device_order::lifecycle::{PeriodState, Periods, StateName};
use crate::device_order::model::{Method, Receipt, Receiver};
use crate::device_order::money::Rounding;
use crate::device_order::realisation::{
    Issuing, Item, Withdrawal, confirm_receipt, entries, quote, realise, realised, withdraw,
};
use crate::device_order::refusals::{
    NOT_HOLDER, NOT_REALISED, RECEIPT_DATE, RECEIPT_PRESENT, WITHDRAWAL_LATE,
};
use crate::device_order::{DeviceOrder, DeviceOrderDecision};
use crate::support::device_orders::{
    absorbents, asked, groups, held, issuing, month, months, positive, product, take_up_id, wheelchair, with,
};
use crate::support::{codes, date, instant, officer, text};
use crate::values::{DeviceCode, Grosze};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

/// December to February, held by the first provider.
fn three_months() -> DeviceOrder {
    held(positive(absorbents(), december()), asked(1, months("2026-12", 3), december()), december())
}

fn chair() -> DeviceOrder {
    held(positive(wheelchair(), december()), asked(1, None, december()), december())
}

fn issue(order: DeviceOrder, issuing: Issuing, now: DateTime<Utc>) -> DeviceOrderDecision {
    realise(order, take_up_id(1), issuing, &groups(date("2026-12-01")), now)
}

fn pads(pieces: u32) -> Issuing {
    issuing("Y.06.01", 2, pieces, "2.50", december())
}

fn only(number: &str, order: DeviceOrder, issuing: Issuing) {
    let entry = entries().into_iter().find(|entry| entry.number == number).expect("a rule of that number");
    let codes = codes(issue(order, issuing, december()));
    assert!(!codes.is_empty() && codes.iter().all(|code| *code == entry.code), "{number}: {codes:?}");
}

fn states(order: &DeviceOrder) -> Vec<&'static str> {
    order.state.confirmed().expect("a confirmation").periods.states().map(PeriodState::name).collect()
}

fn taking_back(by_officer: bool) -> Withdrawal {
    Withdrawal {
        reason: text("Wpisano zły wyrób."),
        by: by_officer.then(|| officer(1)),
        within_days: 30,
        hold_days: 30,
        code: None,
    }
}

#[test]
fn what_is_issued_is_split_to_the_grosz_on_the_confirmed_terms() {
    let order = issue(three_months(), pads(270), december()).expect("a realisation").document;
    let (_, realisation) = realised(&order, take_up_id(1)).expect("a realisation");
    let amounts = realisation.amounts;
    assert_eq!(
        (amounts.price.to_string(), amounts.refund.to_string(), amounts.copay.to_string()),
        ("675.00".into(), "367.20".into(), "307.80".into())
    );
    assert_eq!(states(&order)[..4], ["REALISED", "REALISED", "REALISED", "AVAILABLE"]);
    assert_eq!(order.state.name(), StateName::Positive, "nine months are left");
}

#[test]
fn tiers_are_mixed_within_the_pieces_of_all() {
    let mut mixed = pads(100);
    mixed.items.push(Item { tier: 3, products: vec![product(170, "3.00")], ..mixed.items[0].clone() });
    let order = issue(three_months(), mixed.clone(), december()).expect("a realisation").document;
    let (_, realisation) = realised(&order, take_up_id(1)).expect("a realisation");
    let refunds: Vec<String> = realisation.items.iter().map(|item| item.amounts.refund.to_string()).collect();
    assert_eq!(refunds, ["136.00", "312.80"], "DO-60: each with its own limit");
    mixed.items[1].products = vec![product(171, "3.00")];
    only("DO-58", three_months(), mixed);
}

#[test]
fn no_piece_goes_beyond_what_was_confirmed_for_the_months() {
    assert!(issue(three_months(), pads(270), december()).is_ok());
    only("DO-58", three_months(), pads(271));
    let mut chairs = issuing("S.12.01", 1, 2, "650.00", december());
    only("DO-58", chair(), chairs.clone());
    chairs.items[0].products = vec![product(1, "650.00")];
    let whole = issue(chair(), chairs, december()).expect("a realisation");
    assert_eq!(whole.document.state.name(), StateName::Realised);
    assert_eq!(whole.events.last(), Some(&DeviceOrderEvent::OrderRealised {}));
}

#[test]
fn goods_are_issued_while_they_are_held_under_a_valid_contract() {
    only("DO-40a", three_months(), Issuing { provider: None, ..pads(90) });
    only(
        "DO-50",
        three_months(),
        Issuing { issued_on: date("2026-11-30"), receipt: None, method: Method::Courier, ..pads(90) },
    );
    only(
        "DO-50",
        three_months(),
        Issuing { issued_on: date("2026-12-02"), receipt: None, method: Method::Courier, ..pads(90) },
    );
}

#[test]
fn goods_for_later_months_are_issued_within_one_that_is_supplied() {
    let january =
        held(positive(absorbents(), december()), asked(1, months("2027-01", 1), december()), december());
    only("DO-50", january.clone(), pads(90));
    let now = instant("2027-01-31T08:00:00Z");
    assert!(
        issue(january, issuing("Y.06.01", 2, 90, "2.50", now), now).is_ok(),
        "it is held from its month on"
    );
}

#[test]
fn months_that_passed_before_the_issue_are_lost() {
    let order = held(
        positive(absorbents(), december()),
        asked(1, months("2026-12", 2), instant("2026-12-20T08:00:00Z")),
        instant("2026-12-20T08:00:00Z"),
    );
    let now = instant("2027-01-05T08:00:00Z");
    let late = issuing("Y.06.01", 2, 90, "2.50", now);
    assert_eq!(
        codes(issue(
            order.clone(),
            Issuing { items: issuing("Y.06.01", 2, 91, "2.50", now).items, ..late.clone() },
            now
        ))
        .len(),
        1,
        "one month is left to issue"
    );
    let order = issue(order, late, now).expect("a realisation").document;
    assert_eq!(states(&order)[..2], ["LOST", "REALISED"]);
}

#[test]
fn a_confirmation_may_follow_after_the_months_end() {
    let order =
        held(positive(absorbents(), december()), asked(1, months("2026-12", 1), december()), december());
    let now = instant("2027-01-05T08:00:00Z");
    // Time passes over an order before anything else is asked of it.
    let order = elapse(order, now).document;
    let issued_in_time = |issued_on| Issuing {
        issued_on: date(issued_on),
        receipt: Some(Receipt { received_on: date(issued_on), by: Receiver::Patient }),
        today: date("2027-01-05"),
        ..pads(90)
    };
    let december_goods =
        realise(order.clone(), take_up_id(1), issued_in_time("2026-12-31"), &groups(date("2026-12-31")), now);
    assert!(december_goods.is_ok());
    let january_goods =
        realise(order, take_up_id(1), issued_in_time("2027-01-02"), &groups(date("2027-01-02")), now);
    let entry = entries().into_iter().find(|entry| entry.number == "DO-50").expect("a rule");
    assert!(codes(january_goods).contains(&entry.code));
}

#[test]
fn something_is_issued_and_each_code_stands_once() {
    only("DO-45", three_months(), Issuing { items: Vec::new(), ..pads(90) });
    let mut empty = pads(90);
    empty.items[0].products.clear();
    only("DO-45", three_months(), empty);
    let mut twice = pads(90);
    twice.items.push(twice.items[0].clone());
    only("DO-59", three_months(), twice);
}

#[test]
fn another_code_is_issued_only_where_it_shares_the_limit() {
    let other = issuing("Y.04.01", 1, 12, "6.50", december());
    only("DO-41", three_months(), other.clone());
    let mut all = groups(date("2026-12-01"));
    for group in &mut all {
        if ["Y.06.01", "Y.04.01"].contains(&group.code.as_str()) {
            group.shared_limit = Some("wspólny".to_owned());
        }
    }
    assert!(realise(three_months(), take_up_id(1), other, &all, december()).is_ok());
}

#[test]
fn a_receipt_comes_at_once_unless_a_courier_brings_a_monthly_supply() {
    only("DO-43", three_months(), Issuing { receipt: None, ..pads(90) });
    let chair_by_courier =
        Issuing { method: Method::Courier, receipt: None, ..issuing("S.12.01", 1, 1, "650.00", december()) };
    only("DO-43", chair(), chair_by_courier);
    let by_courier = Issuing { method: Method::Courier, receipt: None, ..pads(90) };
    assert!(issue(three_months(), by_courier, december()).is_ok());
}

#[test]
fn a_receipt_is_not_before_the_issue() {
    let received =
        |received_on: &str| Some(Receipt { received_on: date(received_on), by: Receiver::Patient });
    only("DO-44", three_months(), Issuing { receipt: received("2026-11-30"), ..pads(90) });
    only("DO-44", three_months(), Issuing { receipt: received("2026-12-02"), ..pads(90) });
}

#[test]
fn a_courier_s_receipt_follows_once() {
    let by_courier = Issuing { method: Method::Courier, receipt: None, ..pads(90) };
    let order = issue(three_months(), by_courier, december()).expect("a realisation").document;
    let receipt = |day: &str| Receipt { received_on: date(day), by: Receiver::Patient };
    let now = instant("2026-12-04T08:00:00Z");
    let confirm = |order: DeviceOrder, day| {
        confirm_receipt(order, take_up_id(1), receipt(day), date("2026-12-04"), now)
    };
    assert_eq!(codes(confirm(order.clone(), "2026-12-05")), [RECEIPT_DATE.code]);
    let received = confirm(order, "2026-12-03").expect("a receipt").document;
    assert_eq!(codes(confirm(received, "2026-12-03")), [RECEIPT_PRESENT.code]);
    assert_eq!(codes(confirm(three_months(), "2026-12-03")), [NOT_REALISED.code]);
}

#[test]
fn an_error_is_taken_back_in_time_and_the_goods_are_held_again() {
    let order = issue(chair(), issuing("S.12.01", 1, 1, "650.00", december()), december())
        .expect("a realisation")
        .document;
    let late = december() + TimeDelta::days(31);
    assert_eq!(
        codes(withdraw(order.clone(), take_up_id(1), taking_back(false), late)),
        [WITHDRAWAL_LATE.code]
    );
    let by_officer = withdraw(order.clone(), take_up_id(1), taking_back(true), late).expect("a withdrawal");
    assert_eq!(by_officer.document.state.name(), StateName::Positive);
    let held_again =
        withdraw(order, take_up_id(1), taking_back(false), december()).expect("a withdrawal").document;
    assert_eq!(states(&held_again), ["RESERVED"]);
    let again = issue(held_again, issuing("S.12.01", 1, 1, "600.00", december()), december())
        .expect("a realisation")
        .document;
    let (take_up, realisation) = realised(&again, take_up_id(1)).expect("a realisation");
    assert_eq!(realisation.amounts.price.to_string(), "600.00");
    assert_eq!(take_up.withdrawn.len(), 1, "what it was worth is kept for the settlement");
    assert_eq!(take_up.withdrawn[0].amounts.price.to_string(), "650.00");
}

#[test]
fn nothing_is_issued_of_what_is_not_held() {
    let order = issue(chair(), issuing("S.12.01", 1, 1, "650.00", december()), december())
        .expect("a realisation")
        .document;
    let again = issuing("S.12.01", 1, 1, "650.00", december());
    assert!(codes(issue(order, again, december())).contains(&"device_order.wrong_state"));
    assert_eq!(codes(issue(three_months_freed(), pads(90), december())), [NOT_HOLDER.code]);
}

fn three_months_freed() -> DeviceOrder {
    let reason = text("Brak towaru.");
    crate::device_order::take_up::withdraw(three_months(), take_up_id(1), reason, None, december())
        .expect("a withdrawal")
        .document
}

#[test]
fn a_quote_shows_every_choice_before_anything_is_written() {
    let order = positive(absorbents(), december());
    let lines = &order.state.confirmed().expect("a confirmation").confirmation.lines;
    let price = Grosze::parse("2.50").expect("a price");
    let quotes = quote(lines, 1, price, 60, Rounding::PerLine).expect("quotes");
    let copays: Vec<String> = quotes.iter().map(|quote| quote.amounts.copay.to_string()).collect();
    assert_eq!(copays, ["102.00", "68.40", "39.60"]);
}

#[test]
fn stoma_bags_count_by_their_amount_and_not_by_pieces() {
    let device =
        json!({ "kind": "OTHER", "code": "W.01.01.I", "stoma": { "kind": "ILEOSTOMY", "count": 1 } });
    let content = with(with(absorbents(), "/device", device), "/supply/piecesAMonth", json!("1"));
    let content = with(content, "/prescriber/specialties", json!(["urolog"]));
    let order = held(positive(content, december()), asked(1, months("2026-12", 3), december()), december());
    let bags = issuing("W.01.01.I", 1, 140, "10.00", december());
    let order = issue(order, bags, december()).expect("a realisation").document;
    let (_, realisation) = realised(&order, take_up_id(1)).expect("a realisation");
    assert_eq!(realisation.amounts.refund.to_string(), "1350.00");
    assert_eq!(realisation.amounts.copay.to_string(), "50.00");
    let Periods::Monthly { periods } = &order.state.confirmed().expect("a confirmation").periods else {
        panic!()
    };
    assert_eq!(periods[0].month, month("2026-12"));
    assert_eq!(DeviceCode::parse("W.01.01.I").expect("a code"), realisation.items[0].code);
}
