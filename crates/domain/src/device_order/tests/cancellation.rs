//! The whole of an order, or what is left of it, is cancelled.

use super::december;
use crate::device_order::DeviceOrder;
use crate::device_order::cancellation::{cancel, entries};
use crate::device_order::events::DeviceOrderEvent;
use crate::device_order::lifecycle::{Cancellation, PeriodState, State, StateName};
use crate::device_order::realisation::realise;
use crate::device_order::refusals::WRONG_STATE;
use crate::device_order::verification::Insurance;
use crate::support::device_orders::{
    Known, absorbents, asked, draft, groups, held, issuing, looked_at, month, months, positive, take_up_id,
    verifying,
};
use crate::support::{codes, date, instant, text};

fn asked_by_clinic() -> Cancellation {
    Cancellation { reason: text("Zlecono omyłkowo."), by: None, at: december() }
}

fn code_of(number: &str) -> &'static str {
    entries().into_iter().find(|entry| entry.number == number).expect("a rule of that number").code
}

fn states(order: &DeviceOrder) -> Vec<&'static str> {
    order.state.confirmed().expect("a confirmation").periods.states().map(PeriodState::name).collect()
}

/// January was issued in advance, in December.
fn january_issued() -> DeviceOrder {
    let order =
        held(positive(absorbents(), december()), asked(1, months("2027-01", 1), december()), december());
    let january = instant("2027-01-04T08:00:00Z");
    let goods = issuing("Y.06.01", 2, 90, "2.50", january);
    realise(order, take_up_id(1), goods, &groups(date("2027-01-04")), january)
        .expect("a realisation")
        .document
}

#[test]
fn an_order_is_cancelled_as_a_whole_while_all_is_free() {
    let uninsured = Known { insurance: Insurance::NotConfirmed, ..Known::default() };
    for order in [
        verifying(absorbents(), december()),
        looked_at(absorbents(), &uninsured, december()),
        positive(absorbents(), december()),
    ] {
        let cancelled = cancel(order, asked_by_clinic(), december()).expect("a cancellation");
        assert_eq!(cancelled.document.state.name(), StateName::Cancelled);
        assert_eq!(cancelled.events, [DeviceOrderEvent::OrderCancelled {}]);
    }
    assert_eq!(
        codes(cancel(draft(absorbents(), december()), asked_by_clinic(), december())),
        [WRONG_STATE.code]
    );
}

#[test]
fn what_a_provider_holds_is_not_cancelled() {
    let order =
        held(positive(absorbents(), december()), asked(1, months("2026-12", 1), december()), december());
    assert_eq!(codes(cancel(order, asked_by_clinic(), december())), [code_of("DO-31")]);
}

#[test]
fn once_goods_were_issued_the_tail_is_cancelled_and_the_order_is_realised() {
    let cancelled = cancel(january_issued(), asked_by_clinic(), december()).expect("a cancellation");
    let order = cancelled.document;
    assert_eq!(
        states(&order)[..3],
        ["AVAILABLE", "REALISED", "CANCELLED"],
        "December comes before what was issued"
    );
    let State::Positive(confirmed) = &order.state else { panic!("December can still be had") };
    assert_eq!(confirmed.tail.as_ref().map(|tail| tail.from), Some(month("2027-02")));
    assert_eq!(cancelled.events, [DeviceOrderEvent::OrderTailCancelled {}]);
    assert_eq!(codes(cancel(order, asked_by_clinic(), december())), [code_of("DO-32")], "nothing is left");
}
