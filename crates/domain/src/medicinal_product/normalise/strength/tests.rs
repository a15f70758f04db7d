//! Strengths as registers and physicians write them.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn key(text: &str) -> String {
    Strength::of(text).map(|strength| strength.key()).unwrap_or_default()
}

#[test]
fn the_same_strength_is_written_in_many_ways() {
    for strengths in [
        vec!["300 mg", "0,3 g", "0.3g", "300mg", "300 000 µg", "300 mg/tabl.", "300 MG"],
        vec![
            "20 mg/2 ml",
            "10 mg/ml",
            "10 mg/1 ml",
            "1%",
            "1 %",
            "10 mg/g",
            "10 g/l",
            "0,01 g/ml",
            "1 g/100 ml",
        ],
        vec!["25 µg", "25 mcg", "0,025 mg", "25 mikrogramów", "25 μg"],
        vec![
            "500 mg + 125 mg",
            "125 mg+500 mg",
            "500 mg/125 mg",
            "500/125 mg",
            "0,5 + 0,125 g",
            "0,5 g + 0,125 g",
            "(500 mg + 125 mg)",
        ],
        vec!["(50 mg + 12,5 mg)/ml", "50 mg/ml + 12,5 mg/ml", "50 mg + 12,5 mg/ml"],
        vec!["100 j.m./ml", "100 IU/ml", "100 jm/ml", "1000 j.m./10 ml", "100 j./ml"],
        vec!["1 000 000 j.m.", "1 mln j.m.", "1.000.000 IU", "1000 tys. j.m."],
        vec!["50 mg/ml", "50 mg/ml (200 mg/4 ml)", "50 mg/ml; 4 ml"],
        vec!["100 µg/dawkę", "100 mcg/dawkę odmierzoną", "0,1 mg"],
        vec!["25 µg/h", "600 µg/24 h", "600 µg/dobę"],
    ] {
        let found: BTreeSet<String> = strengths.iter().map(|text| key(text)).collect();
        assert_eq!(found.len(), 1, "{strengths:?} {found:?}");
    }
}

#[test]
fn other_strengths_are_other_strengths() {
    for (one, other) in [
        ("300 mg", "100 mg"),
        ("300 mg", "300 µg"),
        ("10 mg/ml", "10 mg"),
        ("100 j.m.", "100 mg"),
        ("500 mg + 125 mg", "500 mg"),
        ("500 mg + 125 mg", "875 mg + 125 mg"),
        ("2,5 mg", "25 mg"),
    ] {
        assert_ne!(key(one), key(other), "{one} {other}");
    }
}

#[test]
fn what_no_rule_reads_is_compared_by_its_letters() {
    assert_eq!(key("10 000 SQ-T"), key("10 000 sq-t"));
    assert_eq!(key("1 dawka"), key("1 dawka"));
    for text in ["", "-", " / "] {
        assert_eq!(Strength::of(text), None, "{text}");
    }
}

#[test]
fn figures_beyond_reason_do_no_harm() {
    for text in [
        "99999999999999999999999999999 kg",
        "1 mg/0 ml",
        "1/1/1/1 mg",
        "((((1 mg",
        "79228162514264337593543950335 + 1 mg",
        "79228162514264337593543950335/1 mg",
        "1 mln mln mln mln mln mln mln j.m.",
    ] {
        let _any = key(text);
    }
}

#[test]
fn a_text_without_end_is_compared_by_its_letters() {
    for text in ["(".repeat(4000) + "1 mg", "1/".repeat(2000) + "1 mg", "1 mg + ".repeat(600)] {
        let begun = std::time::Instant::now();
        let _any = key(&text);
        assert!(begun.elapsed().as_secs() < 2);
    }
}

proptest! {
    #[test]
    fn grams_milligrams_and_micrograms_are_one(milligrams in 1u32..2_000_000) {
        let written = key(&format!("{milligrams} mg"));
        prop_assert_eq!(&written, &key(&format!("{} g", Decimal::new(i64::from(milligrams), 3))));
        prop_assert_eq!(&written, &key(&format!("{milligrams}000 mcg")));
        let comma = Decimal::new(i64::from(milligrams), 3).to_string().replace('.', ",");
        prop_assert_eq!(&written, &key(&format!("{comma} g")));
    }

    #[test]
    fn a_concentration_is_one_in_any_volume(amount in 1u32..5000, volume in 1u32..500) {
        let whole = amount * volume;
        prop_assert_eq!(key(&format!("{whole} mg/{volume} ml")), key(&format!("{amount} mg/ml")));
    }

    #[test]
    fn the_order_of_a_combination_makes_no_difference(amounts in proptest::collection::vec(1u32..3000, 1..5)) {
        let written = |amounts: &[u32]| {
            amounts.iter().map(|amount| format!("{amount} mg")).collect::<Vec<_>>().join(" + ")
        };
        let turned: Vec<u32> = amounts.iter().rev().copied().collect();
        prop_assert_eq!(key(&written(&amounts)), key(&written(&turned)));
    }

    #[test]
    fn any_text_is_borne(text in "\\PC{0,60}") {
        let _any = key(&text);
    }

    #[test]
    fn any_row_of_signs_is_borne(text in "[0-9 ,./+()mgl%]{0,40}") {
        let _any = key(&text);
    }
}
