//! Each rule of a file: kept, broken, and at its edge.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use super::*;
use crate::device_provider::samples::{HOLDER, STRANGER, SUBCONTRACTOR, contract, place};
use crate::device_provider::{BranchPoints, Coverage, Subcontract};
use crate::values::BranchCode;

fn told(contracts: Vec<Contract>) -> Vec<(&'static str, String)> {
    let file = ContractsFile { contracts, branches: Vec::new() };
    of_file(&file)
}

fn of_file(file: &ContractsFile) -> Vec<(&'static str, String)> {
    let providers = BTreeSet::from([HOLDER, SUBCONTRACTOR]);
    let found = contradictions(&Importing { file, providers: &providers });
    found.into_iter().map(|it| (it.problem.code, it.pointer)).collect()
}

/// What is told of the contract of the samples after a change.
fn after(alter: impl FnOnce(&mut Contract)) -> Vec<(&'static str, String)> {
    let mut altered = contract("UM-1");
    alter(&mut altered);
    told(vec![altered])
}

fn broken_as(code: &'static str) -> Vec<(&'static str, String)> {
    vec![(code, "UM-1".to_owned())]
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn contracts_that_fit_are_taken() {
    assert_eq!(told(vec![contract("UM-1"), contract("UM-2")]), []);
    assert_eq!(told(Vec::new()), []);
}

#[test]
fn dp_01_a_number_is_one_contracts() {
    assert_eq!(
        told(vec![contract("UM-1"), contract("UM-1")]),
        broken_as("device_provider.contract_repeated")
    );
}

#[test]
fn dp_02_days_do_not_turn_back_and_stay_inside() {
    let days = || broken_as("device_provider.contract_days");
    assert_eq!(after(|it| (it.valid_to, it.subcontracts) = (it.valid_from, Vec::new())), []);
    assert_eq!(after(|it| (it.valid_to, it.subcontracts) = (day("2023-12-31"), Vec::new())), days());
    assert_eq!(after(|it| it.subcontracts[0].valid_from = it.valid_from), []);
    assert_eq!(after(|it| it.subcontracts[0].valid_from = day("2023-12-31")), days());
    assert_eq!(after(|it| it.subcontracts[0].valid_to = day("2027-01-01")), days());
    assert_eq!(after(|it| it.subcontracts[0].valid_to = day("2024-12-31")), days());
}

#[test]
fn dp_03_only_providers_of_the_directory_take_part() {
    for alter in [(|it: &mut Contract| it.holder = STRANGER) as fn(&mut Contract), |it| {
        it.subcontracts[0].organisation = STRANGER;
    }] {
        assert_eq!(after(alter), [("device_provider.organisation_unfit", format!("UM-1, {STRANGER}"))]);
    }
}

#[test]
fn dp_04_every_place_has_a_code_of_its_own() {
    let places = || broken_as("device_provider.places");
    assert_eq!(after(|it| it.places = Vec::new()), [], "all is handed out by the subcontractor");
    assert_eq!(after(|it| (it.places, it.subcontracts) = (Vec::new(), Vec::new())), places());
    assert_eq!(after(|it| it.subcontracts[0].places = Vec::new()), places());
    assert_eq!(after(|it| it.places.push(place("M-1"))), places());
    assert_eq!(after(|it| it.places.push(place("M-2"))), places());
    let again = |it: &mut Contract| {
        let later = Subcontract {
            valid_from: day("2026-01-01"),
            valid_to: day("2026-12-31"),
            ..it.subcontracts[0].clone()
        };
        it.subcontracts.push(later);
    };
    assert_eq!(after(again), [], "the same place in a later period");
}

#[test]
fn dp_05_a_subcontractor_is_another_and_stands_once_on_a_day() {
    let unfit = || broken_as("device_provider.subcontractor");
    assert_eq!(after(|it| it.subcontracts[0].organisation = HOLDER), unfit());
    let overlapping = |it: &mut Contract| {
        let mut second = it.subcontracts[0].clone();
        (second.valid_from, second.places) = (day("2025-12-31"), vec![place("M-3")]);
        it.subcontracts.push(second);
    };
    assert_eq!(after(overlapping), unfit());
}

#[test]
fn dp_06_what_is_covered_is_told_once() {
    let repeated = || broken_as("device_provider.coverage_repeated");
    let covers = |all: &[&str]| all.iter().map(|it| Coverage::parse(it).unwrap()).collect::<Vec<_>>();
    assert_eq!(after(|it| it.covers = Vec::new()), repeated());
    assert_eq!(after(|it| it.covers = covers(&["Y", "Y"])), repeated());
    assert_eq!(after(|it| it.covers = covers(&["Y.06.01", "Y.06"])), repeated());
    assert_eq!(after(|it| it.covers = covers(&["Y.06.01", "Y.07"])), []);
}

#[test]
fn dp_07_a_branch_is_told_once() {
    let points = |code: &str| BranchPoints { branch: BranchCode::parse(code).unwrap(), points: Vec::new() };
    let file =
        |codes: [&str; 2]| ContractsFile { contracts: Vec::new(), branches: codes.map(points).to_vec() };
    assert_eq!(of_file(&file(["07", "08"])), []);
    assert_eq!(of_file(&file(["07", "07"])), [("device_provider.branch_repeated", "branch 07".to_owned())]);
}

#[test]
fn dp_08_what_has_begun_stays_and_stays_whose_it_is() {
    let gone = |imported: Vec<Contract>, today: &str| {
        let found = dropped(&[contract("UM-1")], &imported, day(today));
        found.into_iter().map(|it| (it.problem.code, it.pointer)).collect::<Vec<_>>()
    };
    let told = [("device_provider.contract_dropped", "UM-1".to_owned())];
    assert_eq!(gone(Vec::new(), "2024-01-01"), told);
    assert_eq!(gone(Vec::new(), "2023-12-31"), [], "it has not begun");
    let mut ended = contract("UM-1");
    ended.valid_to = day("2026-05-31");
    assert_eq!(gone(vec![ended], "2026-06-01"), []);
    for alter in [
        (|it: &mut Contract| it.holder = STRANGER) as fn(&mut Contract),
        |it| it.branch = BranchCode::parse("08").unwrap(),
        |it| it.valid_from = day("2024-02-01"),
    ] {
        let mut other = contract("UM-1");
        alter(&mut other);
        assert_eq!(gone(vec![other], "2026-06-01"), told);
    }
}

#[test]
fn dp_11_a_contract_takes_back_no_day_that_has_passed_and_no_code_of_a_place() {
    let told_of = |alter: fn(&mut Contract), today: &str| {
        let mut new = contract("UM-1");
        alter(&mut new);
        let found = dropped(&[contract("UM-1")], &[new], day(today));
        found.into_iter().map(|it| (it.problem.code, it.pointer)).collect::<Vec<_>>()
    };
    let told = |place: String| [("device_provider.part_dropped", place)];
    let subcontractor = || told(format!("UM-1, subcontractor {SUBCONTRACTOR} from 2025-01-01"));
    assert_eq!(told_of(|_| (), "2026-06-01"), []);
    assert_eq!(told_of(|it| it.subcontracts.clear(), "2025-01-01"), subcontractor());
    assert_eq!(told_of(|it| it.subcontracts.clear(), "2024-12-31"), [], "it has not begun");
    assert_eq!(told_of(|it| it.subcontracts[0].organisation = STRANGER, "2024-12-31"), [], "nor its places");
    let passed_on = told_of(|it| it.subcontracts[0].organisation = STRANGER, "2025-06-01");
    assert_eq!(passed_on, [subcontractor(), told("UM-1, place M-2".to_owned())].concat());
    let ends_in_may = |it: &mut Contract| it.subcontracts[0].valid_to = "2025-05-31".parse().unwrap();
    assert_eq!(told_of(ends_in_may, "2025-06-02"), subcontractor(), "yesterday has passed");
    assert_eq!(told_of(ends_in_may, "2025-06-01"), [], "from today on");
    let longer = |it: &mut Contract| it.subcontracts[0].valid_to = "2026-12-31".parse().unwrap();
    assert_eq!(told_of(longer, "2026-06-01"), []);
    let ended = |it: &mut Contract| it.valid_to = "2025-12-31".parse().unwrap();
    assert_eq!(told_of(ended, "2026-06-01"), told("UM-1, last day".to_owned()));
    assert_eq!(told_of(|it| it.places = vec![place("M-3")], "2026-06-01"), [], "a place may close");
    let handed_on = |it: &mut Contract| {
        it.places = vec![place("M-3")];
        it.subcontracts[0].places = vec![place("M-1")];
    };
    assert_eq!(told_of(handed_on, "2026-06-01"), told("UM-1, place M-1".to_owned()));
}

#[test]
fn the_codes_of_dp_09_are_those_of_the_refusals() {
    use crate::device_provider::refusals::{NOT_CONTRACTED, NOT_COVERED, NOT_IN_FORCE};
    assert_eq!([NOT_CONTRACTED.code, NOT_IN_FORCE.code, NOT_COVERED.code].join(", "), NO_CONTRACT_CODES);
}
