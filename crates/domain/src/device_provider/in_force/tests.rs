//! Who supplies what, when, where and under whose contract.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use super::*;
use crate::device_provider::samples::{HOLDER, STRANGER, SUBCONTRACTOR, contract};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn told(
    provider: OrganisationId,
    contracts: &[Contract],
    code: &str,
    on: &str,
) -> Result<String, &'static str> {
    let found = contract_in_force(provider, contracts, code, day(on)).map_err(|problem| problem.code)?;
    Ok(format!(
        "{}{}",
        found.contract.number.as_str(),
        if found.acts_for.is_some() { " for its holder" } else { "" }
    ))
}

#[test]
fn the_holder_supplies_on_the_first_and_the_last_day_and_not_beyond() {
    let all = [contract("UM-1")];
    for (on, expected) in [
        ("2023-12-31", Err("device_provider.contract_not_in_force")),
        ("2024-01-01", Ok("UM-1".to_owned())),
        ("2026-12-31", Ok("UM-1".to_owned())),
        ("2027-01-01", Err("device_provider.contract_not_in_force")),
    ] {
        assert_eq!(told(HOLDER, &all, "Y.06.01", on), expected, "{on}");
    }
}

#[test]
fn a_subcontractor_acts_under_the_holders_contract_in_its_own_days() {
    let all = [contract("UM-1")];
    for (on, expected) in [
        ("2024-12-31", Err("device_provider.contract_not_in_force")),
        ("2025-01-01", Ok("UM-1 for its holder".to_owned())),
        ("2025-12-31", Ok("UM-1 for its holder".to_owned())),
        ("2026-01-01", Err("device_provider.contract_not_in_force")),
    ] {
        assert_eq!(told(SUBCONTRACTOR, &all, "Y.06.01", on), expected, "{on}");
    }
    let found = contract_in_force(SUBCONTRACTOR, &all, "Y.06.01", day("2025-06-01")).unwrap();
    assert_eq!(found.acts_for, Some(HOLDER));
}

#[test]
fn a_subcontract_that_outlives_the_contract_ends_with_it() {
    let mut outlived = contract("UM-1");
    outlived.valid_to = day("2025-06-30");
    assert_eq!(
        told(SUBCONTRACTOR, &[outlived], "Y.06.01", "2025-07-01"),
        Err("device_provider.contract_not_in_force")
    );
}

#[test]
fn what_is_missing_is_named() {
    let all = [contract("UM-1")];
    assert_eq!(told(STRANGER, &all, "Y.06.01", "2025-06-01"), Err("device_provider.not_contracted"));
    assert_eq!(told(HOLDER, &[], "Y.06.01", "2025-06-01"), Err("device_provider.not_contracted"));
    assert_eq!(told(HOLDER, &all, "U.01.01", "2025-06-01"), Err("device_provider.code_not_covered"));
    assert_eq!(told(HOLDER, &all, "Y.06.01.00", "2025-06-01"), Ok("UM-1".to_owned()), "a payer's code");
}

#[test]
fn an_own_contract_comes_before_one_of_another_and_the_others_count_too() {
    let mut own = contract("UM-9");
    (own.holder, own.subcontracts) = (SUBCONTRACTOR, Vec::new());
    own.covers.retain(|it| it.as_str() == "Y");
    let all = [contract("UM-1"), own];
    assert_eq!(told(SUBCONTRACTOR, &all, "Y.06.01", "2025-06-01"), Ok("UM-9".to_owned()));
    assert_eq!(told(SUBCONTRACTOR, &all, "S.15.01", "2025-06-01"), Ok("UM-1 for its holder".to_owned()));
    assert_eq!(contracts_on(SUBCONTRACTOR, &all, day("2025-06-01")).len(), 2);
    assert_eq!(contracts_on(SUBCONTRACTOR, &all, day("2026-06-01")).len(), 1);
}

#[test]
fn a_place_is_the_providers_own() {
    let all = [contract("UM-1")];
    let at = |provider, place: &str| {
        let found = contract_at(provider, &all, "Y.06.01", day("2025-06-01"), place);
        found.map(|(_, place)| place.code.as_str().to_owned()).map_err(|problem| problem.code)
    };
    assert_eq!(at(HOLDER, "M-1"), Ok("M-1".to_owned()));
    assert_eq!(at(SUBCONTRACTOR, "M-2"), Ok("M-2".to_owned()));
    for (provider, place) in [(HOLDER, "M-2"), (SUBCONTRACTOR, "M-1"), (HOLDER, "M-9")] {
        assert_eq!(at(provider, place), Err("device_provider.place_unknown"), "{place}");
    }
}
