#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use super::*;
use crate::device_group::built_in;
use crate::device_group::mapping;
use crate::device_group::model::{AgeRange, LensBand, Limit};
use crate::values::{Grosze, PayerCode};

/// A group of the built-in catalogue, changed.
fn changed(code: &str, change: impl Fn(&mut DeviceGroup)) -> Listed {
    let found = built_in::groups().iter().rfind(|listed| listed.group.code.as_str() == code);
    let mut listed = found.unwrap().clone();
    change(&mut listed.group);
    listed
}

fn found(groups: &[Listed]) -> Vec<(&'static str, String)> {
    let all = contradictions(&Catalogue { groups, mappings: &[] });
    all.into_iter().map(|found| (found.problem.code, found.pointer)).collect()
}

fn one(code: &str, change: impl Fn(&mut DeviceGroup)) -> Vec<(&'static str, String)> {
    assert_eq!(found(&[changed(code, |_| {})]), [], "unchanged");
    found(&[changed(code, change)])
}

fn limit(basis: LimitBasis) -> Limit {
    Limit { amount: Grosze::new(100).unwrap(), basis }
}

fn first_band(group: &mut DeviceGroup, change: impl Fn(&mut Band)) {
    change(group.tiers.first_mut().unwrap().bands.first_mut().unwrap());
}

#[test]
fn tiers_are_numbered_have_bands_and_codes_of_their_own() {
    let at = |tier: &str| [("device_group.tiers", format!("Y.06.01 from 2024-01-01{tier}"))];
    assert_eq!(one("Y.06.01", |group| group.tiers.first_mut().unwrap().number = 4), at(""));
    assert_eq!(one("Y.06.01", |group| group.tiers.clear()), at(""));
    assert_eq!(one("Y.06.01", |group| group.tiers.first_mut().unwrap().bands.clear()), at(""));
    let twice = |group: &mut DeviceGroup| {
        group.tiers.iter_mut().for_each(|tier| tier.payer_code = PayerCode::parse("Y.06.01.00").ok());
    };
    assert_eq!(one("Y.06.01", twice), at(""));
}

#[test]
fn no_two_bands_hold_one_patient_and_none_holds_nobody() {
    let at = [("device_group.bands_overlap", "Y.06.01 from 2024-01-01, tier 1".to_owned())];
    let ages = |from, below| {
        move |group: &mut DeviceGroup| first_band(group, |band| band.ages = AgeRange { from, below })
    };
    assert_eq!(one("Y.06.01", ages(None, Some(19))), at);
    assert_eq!(one("Y.06.01", ages(Some(5), Some(5))), at);
    assert_eq!(one("Y.06.01", ages(Some(5), Some(18))), []);
    let everybody = |group: &mut DeviceGroup| {
        group.tiers.first_mut().unwrap().bands.iter_mut().for_each(|band| band.pregnant = None);
    };
    assert_eq!(one("R.01.01", everybody).len(), 1, "pregnant patients are in two bands");
}

#[test]
fn a_limit_fits_how_the_group_is_supplied() {
    let with = |code: &str, basis| {
        one(code, |group| first_band(group, |band| band.limit = Some(limit(basis)))).len()
    };
    assert_eq!(with("Y.06.01", LimitBasis::PerItem), 1);
    assert_eq!(with("Y.06.01", LimitBasis::PerUsagePeriod), 1);
    assert_eq!(with("Y.06.01", LimitBasis::PerMonthTotal), 0);
    assert_eq!(with("U.02.01", LimitBasis::PerMonthTotal), 1);
    assert_eq!(with("U.02.01", LimitBasis::PerUsagePeriod), 0);
    assert_eq!(with("S.14.01", LimitBasis::PerUsagePeriod), 1, "its period of use is not known");
}

#[test]
fn only_lenses_have_powers_each_tier_its_own() {
    let twice = |group: &mut DeviceGroup| {
        group
            .tiers
            .iter_mut()
            .for_each(|tier| tier.lens = Some(LensBand { sphere_from: 0, cylinder_from: 0 }));
    };
    assert_eq!(one("O.01.01", twice), [("device_group.lens_tiers", "O.01.01 from 2025-01-01".to_owned())]);
    assert_eq!(one("O.01.01", |group| group.lens = None).len(), 1);
}

#[test]
fn the_ending_of_a_code_is_the_kind_of_stoma() {
    assert_eq!(
        one("W.01.01.I", |group| group.stoma = Some(StomaKind::Colostomy)),
        [("device_group.stoma_suffix", "W.01.01.I from 2024-01-01".to_owned())]
    );
    assert_eq!(one("W.01.01.IP", |group| group.stoma = None).len(), 1);
    assert_eq!(one("Y.04.01", |group| group.stoma = Some(StomaKind::Nephrostomy)), []);
}

#[test]
fn one_version_of_a_code_is_valid_on_a_day() {
    let day = |text: &str| text.parse().ok();
    let ended = |to| changed("Y.06.01", |group| group.valid_to = day(to));
    let next = changed("Y.06.01", |group| group.valid_from = day("2027-01-01").unwrap());
    assert_eq!(found(&[ended("2026-12-31"), next.clone()]), []);
    let at = |from: &str| [("device_group.validity", format!("Y.06.01 from {from}"))];
    assert_eq!(found(&[next, ended("2027-01-01")]), at("2027-01-01"));
    assert_eq!(found(&[ended("2023-12-31")]), at("2024-01-01"));
}

#[test]
fn a_shared_limit_has_at_least_two_groups_that_are_supplied_alike() {
    let sharing = |code: &str| changed(code, |group| group.shared_limit = Some("wspólny".to_owned()));
    assert_eq!(found(&[sharing("Y.06.01"), sharing("U.01.01")]), []);
    assert_eq!(
        found(&[sharing("Y.06.01")]),
        [("device_group.shared_limit", "Y.06.01 from 2024-01-01".to_owned())]
    );
    assert_eq!(found(&[sharing("Y.06.01"), sharing("U.02.01")]).len(), 2);
}

#[test]
fn a_period_has_a_month() {
    let none = |group: &mut DeviceGroup| first_band(group, |band| band.usage = Some(UsagePeriod::Months(0)));
    assert_eq!(
        one("U.02.01", none),
        [("device_group.periods", "U.02.01 from 2024-01-01, tier 1, below 18".to_owned())]
    );
    let largest = |group: &mut DeviceGroup| {
        group.largest = group.largest.map(|it| super::super::Largest { months: 0, ..it });
    };
    assert_eq!(one("Y.06.01", largest).len(), 1);
}

#[test]
fn a_former_number_leads_to_a_code_of_the_catalogue() {
    let groups: Vec<Listed> = built_in::groups().to_vec();
    let without: Vec<Listed> =
        groups.iter().filter(|it| !it.group.code.as_str().starts_with("W.01.02")).cloned().collect();
    let of = |groups: &[Listed]| contradictions(&Catalogue { groups, mappings: mapping::all() });
    assert_eq!(of(&groups), []);
    let found = of(&without);
    assert_eq!(found, [Violation::new(MAPPING_TARGET, "99A → W.01.02")]);
}

#[test]
fn what_has_begun_is_not_dropped() {
    let today = "2026-11-26".parse().unwrap();
    let kept = [
        changed("Y.06.01", |_| {}),
        changed("U.02.01", |group| group.valid_from = "2027-01-01".parse().unwrap()),
    ];
    assert_eq!(dropped(&kept, &[], today), [Violation::new(VERSION_DROPPED, "Y.06.01 from 2024-01-01")]);
    assert_eq!(dropped(&kept, &kept, today), []);
}

#[test]
fn numbers_of_rules_are_given_once() {
    let numbers: Vec<&str> = entries().iter().map(|entry| entry.number).collect();
    let expected: Vec<String> = (1..=20).map(|number| format!("CG-{number:02}")).collect();
    assert_eq!(numbers, expected);
}
