//! Groups with and without a product at the limit price, by the catalogue that comes with the service.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use super::*;
use crate::device_group::built_in;
use crate::device_provider::samples;
use crate::provider_product::samples::offer;

const DAY: &str = "2026-11-26";

fn groups() -> Vec<DeviceGroup> {
    built_in::groups().iter().map(|listed| listed.group.clone()).collect()
}

fn told(covers: &[&str], offers: &[Offer]) -> Lacks {
    of(&groups(), covers, offers)
}

fn of(groups: &[DeviceGroup], covers: &[&str], offers: &[Offer]) -> Lacks {
    let mut contract = samples::contract("UM-1");
    contract.covers = covers.iter().map(|it| Coverage::parse(it).unwrap()).collect();
    lacks(&contract, groups, offers, DAY.parse().unwrap())
}

fn warned(lacks: &Lacks) -> Vec<(String, String)> {
    lacks.none_at_limit.iter().map(|it| (it.code.to_string(), it.limit.to_string())).collect()
}

#[test]
fn a_product_at_the_limit_does_and_one_above_it_does_not() {
    let of = |price: &str| told(&["Y.06.01"], &[offer("Y.06.01", price)]);
    let dearest = warned(&told(&["Y.06.01"], &[]));
    assert_eq!(dearest.len(), 1);
    let limit = dearest[0].1.clone();
    assert_eq!(warned(&of(&limit)), []);
    let above = Grosze::new(Grosze::parse(&limit).unwrap().get() + 1).unwrap();
    assert_eq!(warned(&of(&above.to_string())), [("Y.06.01".to_owned(), limit.clone())]);
    assert_eq!(
        warned(&told(&["Y.06.01"], &[offer("Y.06.01.00", "0.01")])),
        [],
        "a payer's code begins with the group's"
    );
    assert_eq!(warned(&told(&["Y.06.01"], &[offer("Y.06.02", "0.01")])), [("Y.06.01".to_owned(), limit)]);
}

#[test]
fn a_group_of_an_unknown_limit_is_named_and_not_warned_of() {
    let found = told(&["A.01.01"], &[]);
    assert_eq!((warned(&found), found.limit_unknown), (vec![], vec!["A.01.01".parse().unwrap()]));
    let found = told(&["A.01.01"], &[offer("A.01.01", "1.00")]);
    assert_eq!(found.limit_unknown.len(), 1, "nothing can be said of its price");
}

#[test]
fn a_tiers_own_code_is_held_against_that_tier() {
    let mut groups = groups();
    let group = groups.iter_mut().find(|it| it.code.as_str() == "Y.06.01").unwrap();
    assert!(group.tiers.len() > 1);
    let of_tier = |tier: &Tier| limit(tier).unwrap();
    let (least, greatest) = {
        let mut all: Vec<(Grosze, u32)> =
            group.tiers.iter().map(|tier| (of_tier(tier), tier.number)).collect();
        all.sort_unstable();
        (all[0], all[all.len() - 1])
    };
    let tier = group.tiers.iter_mut().find(|tier| tier.number == least.1).unwrap();
    tier.payer_code = Some("Y.06.01.99".parse().unwrap());
    let price = greatest.0.to_string();
    assert_eq!(warned(&of(&groups, &["Y.06.01"], &[offer("Y.06.01.99", &price)])).len(), 1);
    assert_eq!(warned(&of(&groups, &["Y.06.01"], &[offer("Y.06.01", &price)])).len(), 0);
    let at_least = least.0.to_string();
    assert_eq!(warned(&of(&groups, &["Y.06.01"], &[offer("Y.06.01.99", &at_least)])).len(), 0);
}

#[test]
fn a_member_of_a_shared_limit_may_be_issued_for_another() {
    let mut groups = groups();
    for group in groups.iter_mut().filter(|it| ["Y.06.01", "Y.04.01"].contains(&it.code.as_str())) {
        group.shared_limit = Some("wspólny".to_owned());
    }
    let cheap = [offer("Y.04.01", "0.01")];
    assert_eq!(warned(&of(&groups, &["Y.06.01"], &cheap)), []);
    assert_eq!(warned(&told(&["Y.06.01"], &cheap)).len(), 1);
}

#[test]
fn every_group_of_the_contract_is_looked_at_on_its_day() {
    let found = told(&["U"], &[]);
    let codes: Vec<String> = warned(&found)
        .into_iter()
        .map(|(code, _)| code)
        .chain(found.limit_unknown.iter().map(DeviceCode::to_string))
        .collect();
    assert_eq!(codes.len(), 4, "{codes:?}");
    assert_eq!(told(&["P.100"], &[]), Lacks::default(), "not valid any more");
}

#[test]
fn a_code_that_the_catalogue_does_not_know_is_named() {
    let found = told(&["Y"], &[offer("Y.99.99", "1.00"), offer("Y.06.01", "1.00")]);
    assert_eq!(found.code_unknown, BTreeSet::from(["Y.99.99".to_owned()]));
}
