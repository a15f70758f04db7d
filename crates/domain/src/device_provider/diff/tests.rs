//! Every difference is told, in the order of contracts and branches.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use super::*;
use crate::device_provider::samples::{SUBCONTRACTOR, contract, place};
use crate::device_provider::{Coverage, ServicePoint};
use crate::values::{BranchCode, Text};

#[test]
fn every_difference_is_told() {
    let kept = ContractsFile {
        contracts: vec![contract("UM-1"), contract("UM-2"), contract("UM-4")],
        branches: Vec::new(),
    };
    let mut altered = contract("UM-1");
    altered.valid_to = "2026-06-30".parse().unwrap();
    altered.covers = vec![Coverage::parse("Y").unwrap()];
    altered.places.push(place("M-3"));
    altered.subcontracts.clear();
    let point = ServicePoint { name: Text::parse("Punkt próbny").unwrap(), address: place("M-1").address };
    let points = BranchPoints { branch: BranchCode::parse("07").unwrap(), points: vec![point] };
    let imported = ContractsFile {
        contracts: vec![contract("UM-3"), contract("UM-4"), altered],
        branches: vec![points],
    };
    let told: Vec<String> = between(&kept, &imported).iter().map(ToString::to_string).collect();
    let subcontractor = format!("subcontractor {SUBCONTRACTOR} from 2025-01-01");
    assert_eq!(
        told,
        [
            "ends: UM-1, on 2026-06-30".to_owned(),
            "changed: UM-1, covers: S.15, Y → Y".to_owned(),
            "changed: UM-1, place M-3: none → ul. Próbna 1, 00-900 Próbowo".to_owned(),
            format!("changed: UM-1, {subcontractor}, last day: 2025-12-31 → none"),
            format!("changed: UM-1, {subcontractor}, place M-2: ul. Próbna 1, 00-900 Próbowo → none"),
            "dropped: UM-2".to_owned(),
            "added: UM-3".to_owned(),
            "added: branch 07".to_owned(),
        ]
    );
    assert_eq!(between(&kept, &kept), []);
}
