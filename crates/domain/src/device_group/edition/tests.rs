#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use super::*;
use crate::device_group::built_in;
use crate::device_group::mapping;
use crate::device_group::model::{Confidence, Profession, StomaKind};
use crate::device_group::rules::{Catalogue, contradictions};

const ROW: &str = "Y.06.01,2024-01-01,,Wyroby,MONTHLY,PIECE,,,,PHYSICIAN:urolog;NURSE,,urolog,,,,,90,1,1,,Podkłady,,,,,,,18,,1.00,PER_PIECE,10,1,raz,źródło,HIGH,";

fn table(rows: &[&str]) -> String {
    format!("# source\n{}\n{}\n", columns().join(","), rows.join("\n"))
}

/// Where and why a table is refused.
fn faults(rows: &[&str]) -> Vec<(String, &'static str)> {
    let found = read(&table(rows)).map(|_| ()).unwrap_err();
    found.into_iter().map(|fault| (fault.pointer, fault.problem.code)).collect()
}

#[test]
fn the_built_in_catalogue_is_read_and_contradicts_nothing() {
    let groups = read(built_in::TEXT).unwrap();
    assert_eq!(groups.len(), 260);
    let catalogue = Catalogue { groups: &groups, mappings: mapping::all() };
    assert_eq!(contradictions(&catalogue), []);
    let w = groups.iter().find(|it| it.group.code.as_str() == "W.02.02.IP").unwrap();
    assert_eq!((w.group.stoma, w.group.multiplied), (Some(StomaKind::Other), Some(false)));
    let sourceless = groups.iter().flat_map(|it| &it.group.tiers).filter(|tier| tier.source.is_empty());
    assert_eq!(sourceless.count(), 0, "every figure names its source");
}

#[test]
fn a_row_becomes_a_band_and_what_is_empty_is_unknown() {
    let adults = ROW.replace(",,18,,1.00,PER_PIECE,10,", ",18,,,1.00,PER_PIECE,20,");
    let groups = read(&table(&[ROW, &adults])).unwrap();
    let [listed] = groups.as_slice() else { panic!("one version") };
    let group = &listed.group;
    assert_eq!((group.sided, group.shortenable, group.issuers.continuation.as_ref()), (None, None, None));
    let first: Vec<Profession> = group.issuers.first.iter().flatten().map(|it| it.profession).collect();
    assert_eq!(first, [Profession::Physician, Profession::Nurse]);
    let [tier] = group.tiers.as_slice() else { panic!("one tier") };
    assert_eq!((tier.number, tier.confidence, tier.repair_limit), (1, Confidence::High, None));
    let ages: Vec<_> = tier.bands.iter().map(|band| (band.ages.from, band.ages.below)).collect();
    assert_eq!(ages, [(None, Some(18)), (Some(18), None)]);
    let band = BandPlace::of(tier, tier.bands.first().unwrap());
    assert_eq!(listed.usage_words(band), Some("raz"));
}

#[test]
fn every_fault_of_every_row_is_told_with_its_line_and_column() {
    let copay = ROW.replace(",10,1,raz", ",101,often,raz");
    let basis = ROW.replace("Y.06.01", "Y.06.02").replace("PER_PIECE", "");
    let blank = ROW.replace("MONTHLY,PIECE", ",THING").replace("Y.06.01", "Y.06.03");
    assert_eq!(
        faults(&[&copay, "x,y", &basis, &blank, &ROW.replace("Y.06.01", "y.6")]),
        [
            ("line 3, column copay".to_owned(), "value.percent"),
            ("line 3, column usage".to_owned(), "device_group.table_cell"),
            ("line 4".to_owned(), "device_group.table_row"),
            ("line 5, column limitBasis".to_owned(), "device_group.limit_basis"),
            ("line 6, column supply".to_owned(), "device_group.table_cell_missing"),
            ("line 6, column unit".to_owned(), "device_group.table_cell"),
            ("line 7, column code".to_owned(), "value.device_code"),
        ]
    );
}

#[test]
fn rows_of_one_version_agree_on_the_group_and_the_tier() {
    let other = ROW.replace("Wyroby", "Inne").replace(",,18,,", ",18,,,").replace("źródło", "gdzie indziej");
    assert_eq!(
        faults(&[ROW, &other]),
        [
            ("line 4, column name".to_owned(), "device_group.rows_disagree"),
            ("line 4, column source".to_owned(), "device_group.rows_disagree"),
        ]
    );
}

#[test]
fn columns_are_all_there_and_no_others() {
    let text = table(&[ROW]).replace("copay", "share");
    let found: Vec<_> =
        read(&text).unwrap_err().into_iter().map(|it| (it.pointer, it.problem.code)).collect();
    let of = |column: &str| (format!("line 2, column {column}"), "device_group.table_columns");
    assert_eq!(found, [of("copay"), of("share")]);
    assert_eq!(read("").unwrap_err().len(), 1);
}
