//! Who has acted on an order.

use super::december;
use crate::device_order::cancellation::cancel;
use crate::device_order::lifecycle::Cancellation;
use crate::device_order::officers::has_acted;
use crate::device_order::take_up::withdraw;
use crate::support::device_orders::{absorbents, asked, held, months, positive, take_up_id};
use crate::support::{officer, text};

#[test]
fn whoever_cancelled_or_released_has_acted_and_nobody_else() {
    let order = positive(absorbents(), december());
    let (one, two) = (officer(1), officer(2));
    assert!(!has_acted(&order, one.person));
    let cancellation = |by| Cancellation { reason: text("Na wniosek pacjenta."), by, at: december() };
    let by_officer =
        cancel(order.clone(), cancellation(Some(one.clone())), december()).expect("a cancellation");
    assert!(has_acted(&by_officer.document, one.person) && !has_acted(&by_officer.document, two.person));
    let by_entity = cancel(order.clone(), cancellation(None), december()).expect("a cancellation");
    assert!(!has_acted(&by_entity.document, one.person));
    let held = held(order, asked(1, months("2026-12", 1), december()), december());
    let released = withdraw(held, take_up_id(1), text("Sklep zamknięty."), Some(two.clone()), december())
        .expect("a release");
    assert!(has_acted(&released.document, two.person) && !has_acted(&released.document, one.person));
    let later =
        cancel(released.document, cancellation(Some(one.clone())), december()).expect("a cancellation");
    assert!(has_acted(&later.document, one.person) && has_acted(&later.document, two.person), "both");
}
