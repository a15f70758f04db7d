//! Sums and the rounding up of the last whole pack.

use super::*;
use crate::support::{day, entry, millilitres, packs};

fn drawn(amount: i64) -> Decimal {
    Decimal::from(amount)
}

#[test]
fn what_reaches_the_approved_quantity_exactly_is_within() {
    assert_eq!(fit(drawn(0), 10, &packs("1"), &packs("10")), Fit::Within);
    assert_eq!(fit(drawn(7), 1, &millilitres("3"), &millilitres("10")), Fit::Within);
}

#[test]
fn only_the_last_pack_may_reach_beyond() {
    assert_eq!(fit(drawn(0), 4, &millilitres("3"), &millilitres("10")), Fit::RoundedUp);
    assert_eq!(fit(drawn(9), 1, &millilitres("3"), &millilitres("10")), Fit::RoundedUp);
    assert_eq!(fit(drawn(0), 5, &millilitres("3"), &millilitres("10")), Fit::Beyond);
    assert_eq!(fit(drawn(9), 2, &millilitres("3"), &millilitres("10")), Fit::Beyond);
}

#[test]
fn no_pack_begins_where_the_quantity_is_reached() {
    assert_eq!(fit(drawn(10), 1, &millilitres("0.0001"), &millilitres("10")), Fit::Beyond);
    assert_eq!(fit(drawn(12), 1, &millilitres("3"), &millilitres("10")), Fit::Beyond);
}

#[test]
fn one_pack_larger_than_the_approval_is_rounded_up() {
    assert_eq!(fit(drawn(0), 1, &millilitres("30"), &millilitres("10")), Fit::RoundedUp);
}

#[test]
fn an_entry_and_its_reversal_leave_the_ledger_as_it_was() {
    let start = Ledger::default().with(&entry(RealisationKind::Imported, 1, packs("2"), day(0)));
    let closing = Realisation { closes: true, ..entry(RealisationKind::Dispensed, 1, packs("3"), day(0)) };
    let after = start.clone().with(&closing);
    assert_eq!((after.imported, after.dispensed, after.entries, after.closed), (drawn(2), drawn(3), 2, true));
    assert!(after.is_exhausted(&packs("10")));
    assert_eq!(after.without(&closing), start);
}

#[test]
fn only_dispensing_exhausts() {
    let imported = Ledger { imported: drawn(10), ..Ledger::default() };
    let dispensed = Ledger { dispensed: drawn(10), ..Ledger::default() };
    assert!(!imported.is_exhausted(&packs("10")) && dispensed.is_exhausted(&packs("10")));
}
