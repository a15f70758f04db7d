//! A contract of the tests: a holder with one place, and a subcontractor for a year.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use super::Coverage;
use super::model::{Contract, Place, Subcontract};
use crate::ids::OrganisationId;
use crate::values::{Address, BranchCode, Text};
use uuid::Uuid;

pub(crate) const HOLDER: OrganisationId = OrganisationId(Uuid::from_u128(1));
pub(crate) const SUBCONTRACTOR: OrganisationId = OrganisationId(Uuid::from_u128(2));
pub(crate) const STRANGER: OrganisationId = OrganisationId(Uuid::from_u128(3));

pub(crate) fn place(code: &str) -> Place {
    let address = Address::parse("ul. Próbna 1", "00-900", "Próbowo", "PL").unwrap();
    Place { code: Text::parse(code).unwrap(), name: None, address }
}

pub(crate) fn contract(number: &str) -> Contract {
    Contract {
        number: Text::parse(number).unwrap(),
        branch: BranchCode::parse("07").unwrap(),
        holder: HOLDER,
        valid_from: "2024-01-01".parse().unwrap(),
        valid_to: "2026-12-31".parse().unwrap(),
        covers: ["S.15", "Y"].map(|it| Coverage::parse(it).unwrap()).to_vec(),
        places: vec![place("M-1")],
        subcontracts: vec![Subcontract {
            organisation: SUBCONTRACTOR,
            valid_from: "2025-01-01".parse().unwrap(),
            valid_to: "2025-12-31".parse().unwrap(),
            places: vec![place("M-2")],
        }],
    }
}
