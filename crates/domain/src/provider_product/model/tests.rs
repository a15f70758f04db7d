//! What holds on which day, and what stays on record.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use super::*;
use crate::provider_product::samples::{offer, product};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn price(product: &Product, on: &str) -> Option<String> {
    product.offered_on(day(on)).map(|(_, offer)| offer.price.to_string())
}

#[test]
fn a_price_changes_from_its_day_on_and_the_former_stays_on_record() {
    let first = product("1").with(day("2026-01-01"), None, Some(offer("Y.06.01", "2.00")));
    let changed = first.with(day("2026-03-01"), None, Some(offer("Y.06.01", "2.50")));
    for (on, expected) in [
        ("2025-12-31", None),
        ("2026-01-01", Some("2.00")),
        ("2026-02-28", Some("2.00")),
        ("2026-03-01", Some("2.50")),
    ] {
        assert_eq!(price(&changed, on).as_deref(), expected, "{on}");
    }
    assert_eq!((changed.revision, changed.entries.len()), (2, 2));
    assert_eq!(changed.entries[0].to, Some(day("2026-02-28")));
}

#[test]
fn what_was_planned_for_later_falls_away_and_stays_on_record() {
    let planned = product("1").with(day("2026-01-01"), None, Some(offer("Y.06.01", "2.00"))).with(
        day("2026-06-01"),
        None,
        Some(offer("Y.06.01", "3.00")),
    );
    let earlier = planned.with(day("2026-05-01"), None, Some(offer("Y.06.01", "2.20")));
    assert_eq!(price(&earlier, "2026-07-01").as_deref(), Some("2.20"));
    assert_eq!(price(&earlier, "2026-04-30").as_deref(), Some("2.00"));
    let numbers: Vec<(i32, bool)> = earlier.entries.iter().map(|it| (it.number, it.is_replaced)).collect();
    assert_eq!(numbers, [(1, false), (2, true), (3, false)]);
    let same_day = earlier.with(day("2026-05-01"), None, Some(offer("Y.06.01", "2.30")));
    assert_eq!(price(&same_day, "2026-05-01").as_deref(), Some("2.30"));
}

#[test]
fn a_withdrawn_product_is_not_offered_and_can_be_again() {
    let withdrawn = product("1").with(day("2026-01-01"), None, Some(offer("Y.06.01", "2.00"))).with(
        day("2026-02-01"),
        None,
        None,
    );
    assert_eq!(
        (price(&withdrawn, "2026-01-31").as_deref(), price(&withdrawn, "2026-02-01")),
        (Some("2.00"), None)
    );
    assert!(!withdrawn.is_offered_from(day("2026-02-01")) && withdrawn.is_offered_from(day("2026-01-31")));
    let again = withdrawn.with(day("2026-03-01"), Some(day("2026-03-31")), Some(offer("Y.06.01", "2.10")));
    assert_eq!((price(&again, "2026-02-28"), price(&again, "2026-03-31").as_deref()), (None, Some("2.10")));
    assert_eq!(price(&again, "2026-04-01"), None);
}
