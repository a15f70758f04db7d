//! Who is warned of what.

use super::*;
use crate::medicinal_product::model::{ActiveSubstance, Permit, RegisterId};
use crate::medicinal_product::rules::RULES;
use proptest::prelude::*;

fn text<const MAX: usize>(text: &str) -> Option<Text<MAX>> {
    Text::parse(text).ok()
}

fn wanted(name: &str, strength: &str, form: &str) -> Wanted {
    let product = Product {
        trade_name: text("Zyloric"),
        international_name: text(name),
        strength: text(strength),
        form: text(form),
        ..Product::default()
    };
    Wanted::of(&product).unwrap_or_else(|| panic!("{name} names substances"))
}

fn registered(id: i64, substances: &[&str], strength: &str, form: &str) -> RegisteredProduct {
    let substance = |name: &&str| ActiveSubstance { name: (*name).to_owned(), ..ActiveSubstance::default() };
    RegisteredProduct {
        id: RegisterId::new(id).unwrap_or_else(|| panic!("{id}")),
        kind: Some("ludzki".to_owned()),
        name: format!("Produkt {id}"),
        common_name: Some(substances.join(" + ")),
        strength: Some(strength.to_owned()),
        form: Some(form.to_owned()),
        holder: None,
        procedure: None,
        permit: Permit::default(),
        atc: Vec::new(),
        substances: substances.iter().map(substance).collect(),
        packs: Vec::new(),
    }
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap_or_default()
}

/// Numbers of the rules that warn.
fn warned(matches: &[Match]) -> Vec<&'static str> {
    RULES.iter().filter(|rule| !(rule.broken_at)(matches).is_empty()).map(|rule| rule.number).collect()
}

#[test]
fn the_same_substances_strength_and_form_warn() {
    let asked = wanted("Allopurinolum", "300 mg", "tabletki");
    let found = asked.matches([registered(1, &["Allopurinolum"], "0,3 g", "Tabl.")], today());
    assert!(found.iter().all(Match::is_equivalent) && found.len() == 1, "{found:?}");
    assert_eq!(warned(&found), ["PR-01"]);
}

#[test]
fn another_strength_or_form_is_told_and_does_not_warn() {
    let asked = wanted("Allopurinolum", "300 mg", "tabletki");
    let products = [
        registered(1, &["Allopurinolum"], "100 mg", "tabletki"),
        registered(2, &["Allopurinolum"], "300 mg", "kapsułki"),
        registered(3, &["Allopurinolum"], "100 mg", "kapsułki"),
        registered(4, &["Febuxostatum"], "300 mg", "tabletki"),
    ];
    let found = asked.matches(products, today());
    let told: Vec<(i64, bool, bool)> =
        found.iter().map(|it| (it.product.id.number(), it.agreement.strength, it.agreement.form)).collect();
    assert_eq!(told, [(2, true, false), (1, false, true)]);
    assert_eq!(warned(&found), [""; 0]);
}

#[test]
fn the_equivalent_comes_first() {
    let asked = wanted("tiopronina", "100 mg", "tabletki powlekane");
    let products = [
        registered(1, &["Tioproninum"], "250 mg", "tabletki"),
        registered(2, &["Tioproninum"], "100 mg", "tabletki drażowane"),
    ];
    let found = asked.matches(products, today());
    assert_eq!(found.first().map(|it| it.product.id.number()), Some(2));
}

#[test]
fn products_for_animals_and_lapsed_permits_do_not_match() {
    let asked = wanted("Allopurinolum", "300 mg", "tabletki");
    let of = |change: fn(&mut RegisteredProduct)| {
        let mut product = registered(1, &["Allopurinolum"], "300 mg", "tabletki");
        change(&mut product);
        asked.matches([product], today()).len()
    };
    assert_eq!(of(|_| {}), 1);
    assert_eq!(of(|it| it.kind = Some("weterynaryjny".to_owned())), 0);
    assert_eq!(of(|it| it.atc = vec!["QM04AA01".to_owned()]), 0);
    assert_eq!(of(|it| it.kind = Some("nowe słowo".to_owned())), 1);
    assert_eq!(of(|it| it.permit.validity = Some("2026-11-21".to_owned())), 0);
    assert_eq!(of(|it| it.permit.validity = Some("Bezterminowe".to_owned())), 1);
}

#[test]
fn a_trade_name_alone_matches_nothing() {
    let product = Product { trade_name: text("Zyloric"), strength: text("300 mg"), ..Product::default() };
    assert_eq!(Wanted::of(&product), None);
}

#[test]
fn what_a_demand_does_not_say_does_not_agree() {
    let product = Product { international_name: text("Allopurinolum"), ..Product::default() };
    let asked = Wanted::of(&product).unwrap_or_else(|| panic!("a name"));
    let agreement = asked.compare(&registered(1, &["Allopurinolum"], "300 mg", "tabletki"));
    assert!(agreement.substances && !agreement.strength && !agreement.form);
}

#[test]
fn the_amounts_of_the_substances_are_a_strength_too() {
    let mut product =
        registered(1, &["Amoxicillinum trihydricum", "Kalii clavulanas"], "-", "tabletki powlekane");
    for (substance, amount) in product.substances.iter_mut().zip(["875", "125"]) {
        substance.amount = Some(amount.to_owned());
        substance.unit = Some("mg".to_owned());
    }
    let asked = wanted("Amoxicillinum + Acidum clavulanicum", "875 mg + 125 mg", "tabletki");
    assert!(asked.compare(&product).is_whole());
}

#[test]
fn another_salt_is_told_and_matches_all_the_same() {
    let asked = wanted("Metoprololi tartras", "50 mg", "tabletki");
    let agreement = asked.compare(&registered(1, &["Metoprololi succinas"], "50 mg", "tabletki"));
    assert!(agreement.is_whole() && agreement.salts_differ);
}

proptest! {
    #[test]
    fn every_product_matches_itself(
        names in proptest::collection::btree_set("[A-Z][a-z]{4,10}[bdfglmnprst]um", 1..4),
        milligrams in 1u32..2000,
        form in proptest::sample::select(vec!["tabletki", "kapsułki twarde", "maść", "roztwór do infuzji"]),
    ) {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let strength = format!("{milligrams} mg");
        let product = registered(1, &names, &strength, form);
        let asked = wanted(&names.join(" + "), &strength, form);
        prop_assert!(asked.compare(&product).is_whole());
        prop_assert_eq!(asked.substances_key(), product.substances().key());
        let other = registered(2, &names, &format!("{} mg", milligrams + 1), form);
        prop_assert!(!asked.compare(&other).is_whole());
    }
}
