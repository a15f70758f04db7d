//! The code of an order is drawn anew.

use super::december;
use crate::device_order::events::DeviceOrderEvent;
use crate::device_order::refusals::WRONG_STATE;
use crate::device_order::renewal::{Renewal, entries, open_code, renew, with_code};
use crate::support::device_orders::{absorbents, draft, positive, wheelchair};
use crate::support::{codes, text};
use crate::values::AccessCode;

fn asked() -> Renewal {
    Renewal { is_by_officer: false, reason: None }
}

fn code_of(number: &str) -> &'static str {
    entries().into_iter().find(|entry| entry.number == number).expect("a rule of that number").code
}

fn other() -> AccessCode {
    AccessCode::numbered(4321)
}

#[test]
fn another_code_takes_the_place_of_the_former_one() {
    let order = with_code(positive(absorbents(), december()), Some(AccessCode::numbered(7)));
    let renewed = renew(order.clone(), &asked(), Some(other()), december()).expect("a renewal");
    assert_eq!(open_code(&renewed.document), Some(&other()));
    assert_eq!(renewed.events, [DeviceOrderEvent::AccessCodeRenewed {}]);
    assert_eq!(with_code(renewed.document, Some(AccessCode::numbered(7))), order, "nothing else changes");
}

#[test]
fn only_an_order_that_has_a_code_gets_another_one() {
    let without = with_code(positive(wheelchair(), december()), None);
    let refused = renew(without, &asked(), Some(other()), december());
    assert_eq!(codes(refused), [code_of("DO-80")]);
    let draft = renew(draft(absorbents(), december()), &asked(), Some(other()), december());
    assert_eq!(codes(draft), [WRONG_STATE.code]);
}

#[test]
fn an_officer_says_why() {
    let order = with_code(positive(absorbents(), december()), Some(AccessCode::numbered(7)));
    let silent = Renewal { is_by_officer: true, ..asked() };
    let refused = renew(order.clone(), &silent, Some(other()), december());
    assert_eq!(refused.as_ref().map_err(|found| found[0].pointer.as_str()), Err("/reason"));
    assert_eq!(codes(refused), [code_of("DO-81")]);
    let said = Renewal { reason: Some(text("Kod poznał sąsiad.")), ..silent };
    assert!(renew(order, &said, Some(other()), december()).is_ok());
}
