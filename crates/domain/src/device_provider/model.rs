//! A contract as the payer's file states it.

use super::Coverage;
use crate::ids::OrganisationId;
use crate::values::{Address, BranchCode, Text};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// «Zaopatrzenie w wyroby medyczne»: a branch pays what its holder hands out in these days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Contract {
    pub number: Text<40>,
    pub branch: BranchCode,
    pub holder: OrganisationId,
    pub valid_from: NaiveDate,
    /// The last day.
    pub valid_to: NaiveDate,
    pub covers: Vec<Coverage>,
    /// Where the holder hands out.
    pub places: Vec<Place>,
    pub subcontracts: Vec<Subcontract>,
}

/// A place of service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// As the contract numbers it.
    pub code: Text<40>,
    pub name: Option<Text<300>>,
    pub address: Address,
}

/// Somebody who hands out under the holder's contract (DO-35).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subcontract {
    pub organisation: OrganisationId,
    pub valid_from: NaiveDate,
    /// The last day.
    pub valid_to: NaiveDate,
    pub places: Vec<Place>,
}

/// Where a branch serves people; a branch that the file does not name has points that are not known here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BranchPoints {
    pub branch: BranchCode,
    pub points: Vec<ServicePoint>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServicePoint {
    pub name: Text<300>,
    pub address: Address,
}

/// The whole of what the payer's file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContractsFile {
    pub contracts: Vec<Contract>,
    pub branches: Vec<BranchPoints>,
}

impl Contract {
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && day <= self.valid_to
    }

    /// Whether a code, of the regulation or of the payer, is of the contract.
    pub fn is_for(&self, code: &str) -> bool {
        self.covers.iter().any(|covered| covered.covers(code))
    }

    /// Every place, whoever hands out there.
    pub fn all_places(&self) -> impl Iterator<Item = &Place> {
        self.places.iter().chain(self.subcontracts.iter().flat_map(|it| &it.places))
    }
}
