//! The worked examples of published refunds, and what holds of every split.

use super::*;
use proptest::prelude::*;

fn zloty(text: &str) -> Grosze {
    Grosze::parse(text).unwrap_or_default()
}

fn terms(kind: LimitKind, limit: &str, refund: u8) -> Terms {
    Terms { kind, limit: zloty(limit), refund: Percent::new(refund).unwrap_or(Percent::ZERO) }
}

fn pieces(pieces: u32, price: &str) -> Vec<Priced> {
    vec![Priced { price: zloty(price), pieces }]
}

fn parts(terms: Terms, months: u32, issued: &[Priced], rounding: Rounding) -> (String, String) {
    let amounts = split(terms, months, issued, rounding).unwrap_or_default();
    (amounts.refund.to_string(), amounts.copay.to_string())
}

fn is(refund: &str, copay: &str) -> (String, String) {
    (refund.to_owned(), copay.to_owned())
}

#[test]
fn published_examples_of_absorbent_products_come_out_to_the_grosz() {
    let with = |limit, refund, count, price: &str| {
        parts(terms(LimitKind::PerPiece, limit, refund), 1, &pieces(count, price), Rounding::PerLine)
    };
    assert_eq!(with("1.70", 70, 60, "2.50"), is("71.40", "78.60"));
    assert_eq!(with("1.70", 70, 90, "2.50"), is("107.10", "117.90"));
    assert_eq!(with("1.00", 70, 80, "1.50"), is("56.00", "64.00"));
    assert_eq!(with("1.70", 70, 130, "2.50"), is("154.70", "170.30"), "47ZN: the limit of a piece stays");
    assert_eq!(with("1.70", 80, 60, "2.50"), is("81.60", "68.40"));
    assert_eq!(with("1.70", 90, 60, "2.50"), is("91.80", "58.20"));
}

#[test]
fn below_the_limit_the_share_is_of_the_price() {
    let half = terms(LimitKind::PerPiece, "2.30", 80);
    assert_eq!(parts(half, 1, &pieces(90, "2.00"), Rounding::PerLine), is("144.00", "36.00"));
}

#[test]
fn what_is_supplied_once_is_one_piece() {
    let with = |limit, refund, price: &str| {
        parts(terms(LimitKind::PerPiece, limit, refund), 1, &pieces(1, price), Rounding::PerLine)
    };
    assert_eq!(with("2100.00", 90, "2100.00"), is("1890.00", "210.00"));
    assert_eq!(with("1500.00", 70, "1500.00"), is("1050.00", "450.00"));
    assert_eq!(with("5500.00", 70, "5500.00"), is("3850.00", "1650.00"));
}

#[test]
fn an_amount_by_the_month_is_borne_for_each_month_of_the_supply() {
    let stoma = terms(LimitKind::ForQuantity, "450.00", 100);
    assert_eq!(parts(stoma, 3, &pieces(1, "1400.00"), Rounding::PerLine), is("1350.00", "50.00"));
}

#[test]
fn the_grosz_depends_on_where_it_is_rounded() {
    let catheters = terms(LimitKind::PerPiece, "5.35", 70);
    let issued = pieces(180, "5.35");
    assert_eq!(parts(catheters, 1, &issued, Rounding::PerLine), is("674.10", "288.90"));
    assert_eq!(parts(catheters, 1, &issued, Rounding::PerPiece), is("675.00", "288.00"));
}

#[test]
fn products_of_several_prices_are_rounded_together() {
    let odd = terms(LimitKind::PerPiece, "1.01", 50);
    let issued = [Priced { price: zloty("1.01"), pieces: 1 }, Priced { price: zloty("1.01"), pieces: 1 }];
    assert_eq!(parts(odd, 1, &issued, Rounding::PerLine), is("1.01", "1.01"));
    assert_eq!(parts(odd, 1, &issued, Rounding::PerPiece), is("1.02", "1.00"));
}

#[test]
fn a_sum_that_cannot_be_written_is_refused() {
    let one = terms(LimitKind::PerPiece, "999999999.99", 100);
    let issued = pieces(2, "999999999.99");
    assert_eq!(split(one, 1, &issued, Rounding::PerLine), Err(AMOUNT_TOO_LARGE));
}

proptest! {
    #[test]
    fn refund_and_copay_are_the_price_and_neither_is_negative(
        issued in prop::collection::vec((1..=500_000_i64, 1..=400_u32), 1..6),
        limit in 0..=1_000_000_i64,
        refund in 0..=100_u8,
        months in 1..=6_u32,
        by_piece in any::<bool>(),
        per_line in any::<bool>(),
    ) {
        let kind = if by_piece { LimitKind::PerPiece } else { LimitKind::ForQuantity };
        let rounding = if per_line { Rounding::PerLine } else { Rounding::PerPiece };
        let terms = Terms {
            kind,
            limit: Grosze::new(limit).unwrap_or_default(),
            refund: Percent::new(refund).unwrap_or(Percent::ZERO),
        };
        let issued: Vec<Priced> = issued
            .into_iter()
            .map(|(price, pieces)| Priced { price: Grosze::new(price).unwrap_or_default(), pieces })
            .collect();
        let amounts = split(terms, months, &issued, rounding).unwrap_or_default();
        prop_assert_eq!(amounts.refund.checked_add(amounts.copay), Some(amounts.price));
        prop_assert!(amounts.refund <= amounts.price);
        if kind == LimitKind::ForQuantity {
            prop_assert!(amounts.refund.get() <= limit * i64::from(months));
        }
    }
}
