//! Every scenario can be submitted as it stands, and its figures agree with each other.

use super::*;
use crate::personas::{default_space, issuer};
use chrono::{NaiveDate, TimeDelta};
use domain::calendar::is_minor;
use domain::demand::Content;
use domain::demand::content::{Patients, Use, rules};
use domain::problem::Violation;
use domain::values::{FieldOfMedicine, PatientIdentifier};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A day on which they are as old as they are said to be.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).expect("a day")
}

fn scenarios() -> Vec<Scenario> {
    all().expect("every file is a scenario")
}

fn read(scenario: &Scenario) -> Content {
    let space = default_space();
    let physician = issuer(&space, scenario.is_in_facility()).expect("a physician");
    Content::read(scenario.kind(), content(scenario, &space, &physician))
        .unwrap_or_else(|fault| panic!("{}: {fault}", scenario.name))
}

#[test]
fn nothing_stands_in_the_way_of_submitting_any_scenario() {
    for scenario in scenarios() {
        let found: Vec<(String, &str)> = rules::check(&read(&scenario), today())
            .into_iter()
            .map(|Violation { pointer, problem }| (pointer, problem.code))
            .collect();
        assert_eq!(found, [], "{}", scenario.name);
    }
}

#[test]
fn every_file_of_the_folder_is_taken() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/scenarios");
    let entries = std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path());
    let stems = entries.filter(|path| path.extension().is_some_and(|it| it == "json"));
    let stems: BTreeSet<String> =
        stems.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect();
    let names: BTreeSet<String> = scenarios().into_iter().map(|scenario| scenario.name).collect();
    assert_eq!(names, stems);
    assert!(names.len() >= 12);
}

/// Who a scenario is for.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum For {
    Adult,
    MinorWithPesel,
    MinorWithoutPesel,
    NewbornWithoutPesel,
    Several,
    NobodyYet,
}

fn whom(content: &Content) -> For {
    let patient = match content.patients.as_ref().expect("patients") {
        Patients::Named { patient } => patient,
        Patients::List { .. } => return For::Several,
        Patients::AdHoc { .. } => return For::NobodyYet,
    };
    let pesel = match &patient.identifier {
        Some(PatientIdentifier::Pesel(pesel)) => Some(pesel.birth_date()),
        _ => None,
    };
    let born = patient.birth_date.or(pesel).expect("a date of birth");
    match (is_minor(born, today()), pesel) {
        (false, _) => For::Adult,
        (true, Some(_)) => For::MinorWithPesel,
        (true, None) if today() - born <= TimeDelta::days(60) => For::NewbornWithoutPesel,
        (true, None) => For::MinorWithoutPesel,
    }
}

#[test]
fn there_are_adults_children_a_newborn_a_list_and_needs_without_a_patient_in_both_uses() {
    let found: BTreeSet<(bool, For)> =
        scenarios().iter().map(|it| (it.is_in_facility(), whom(&read(it)))).collect();
    let expected = [
        (false, For::Adult),
        (false, For::MinorWithPesel),
        (false, For::MinorWithoutPesel),
        (true, For::Adult),
        (true, For::NewbornWithoutPesel),
        (true, For::Several),
        (true, For::NobodyYet),
    ];
    assert_eq!(found.into_iter().collect::<Vec<_>>(), expected);
    let of = |wanted: Use| scenarios().iter().filter(|it| read(it).use_ == wanted).count();
    assert!(of(Use::InFacility) >= 4 && of(Use::OutsideFacility) >= 4);
}

#[test]
fn a_resolution_is_within_the_demand_and_says_why_it_is_less() {
    for scenario in scenarios() {
        let demanded = read(&scenario).quantity.expect("a quantity");
        let name = &scenario.name;
        match (scenario.expects, scenario.approved_quantity) {
            (Outcome::Approved, Some(approved)) => {
                assert_eq!(approved.unit(), demanded.unit(), "{name}");
                assert!(approved.amount() <= demanded.amount(), "{name}");
                assert!(approved == demanded || scenario.grounds.is_some(), "{name}");
            }
            (Outcome::Rejected, None) => assert!(scenario.grounds.is_some(), "{name}"),
            (Outcome::Approved | Outcome::Rejected, _) => panic!("{name}: quantity and outcome differ"),
        }
        assert!(FieldOfMedicine::parse(&scenario.field_of_medicine).is_ok(), "{name}");
    }
}

#[test]
fn what_is_imported_reaches_what_was_approved_and_covers_what_is_dispensed() {
    for Scenario { name, approved_quantity, realisations, .. } in scenarios() {
        let Some(approved) = approved_quantity else {
            assert!(realisations.imported.is_empty() && realisations.dispensed.is_empty(), "{name}");
            continue;
        };
        let mut stock: BTreeMap<&str, i64> = BTreeMap::new();
        let (mut total, mut last) = (Decimal::ZERO, Decimal::ZERO);
        for entry in &realisations.imported {
            assert_eq!(entry.pack_size.unit(), approved.unit(), "{name}");
            *stock.entry(entry.batch.as_str()).or_default() += i64::from(entry.packs);
            total += entry.pack_size.amount() * Decimal::from(entry.packs);
            last = entry.pack_size.amount();
        }
        assert!(total >= approved.amount() && total - last < approved.amount(), "{name}: {total}");
        for entry in &realisations.dispensed {
            let left = stock.get_mut(entry.batch.as_str()).expect("an imported batch");
            *left -= i64::from(entry.packs);
            assert!(*left >= 0, "{name}: {}", entry.batch.as_str());
        }
    }
}
