//! What of an order can be printed.

use super::december;
use crate::device_order::DeviceOrder;
use crate::device_order::model::TakeUp;
use crate::device_order::printing::{admit_information, admit_print, admit_supply, entries};
use crate::device_order::realisation::realise;
use crate::device_order::verification::Insurance;
use crate::support::device_orders::{
    Known, absorbents, asked, draft, groups, held, issuing, looked_at, months, positive, take_up_id,
};
use crate::support::{codes, date};

fn code_of(number: &str) -> &'static str {
    entries().into_iter().find(|entry| entry.number == number).expect("a rule of that number").code
}

fn first(order: &DeviceOrder) -> &TakeUp {
    &order.state.confirmed().expect("a confirmation").take_ups[0]
}

#[test]
fn an_issued_order_is_printed_whatever_was_found_and_a_draft_is_not() {
    let uninsured = Known { insurance: Insurance::NotConfirmed, ..Known::default() };
    let negative = looked_at(absorbents(), &uninsured, december());
    assert!(admit_print(&negative).is_ok() && admit_print(&positive(absorbents(), december())).is_ok());
    assert_eq!(codes(admit_print(&draft(absorbents(), december()))), [code_of("DO-82")]);
}

#[test]
fn information_is_printed_of_what_was_confirmed() {
    let uninsured = Known { insurance: Insurance::NotConfirmed, ..Known::default() };
    let refused = admit_information(&looked_at(absorbents(), &uninsured, december()));
    assert_eq!(codes(refused), [code_of("DO-83")]);
    assert!(admit_information(&positive(absorbents(), december())).is_ok());
}

#[test]
fn parts_three_and_four_are_of_goods_that_were_issued() {
    let order =
        held(positive(absorbents(), december()), asked(1, months("2026-12", 1), december()), december());
    assert_eq!(codes(admit_supply(first(&order))), [code_of("DO-84")]);
    let goods = issuing("Y.06.01", 2, 90, "2.50", december());
    let groups = groups(date("2026-12-01"));
    let realised = realise(order, take_up_id(1), goods, &groups, december()).expect("a realisation");
    assert!(admit_supply(first(&realised.document)).is_ok());
}
