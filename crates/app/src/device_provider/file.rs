//! The payer's file of contracts as JSON: every value that cannot be read is told with its pointer.

use super::import::ContractsFault;
use chrono::NaiveDate;
use domain::device_provider::{
    BranchPoints, Contract, ContractsFile, Coverage, Place, ServicePoint, Subcontract,
};
use domain::ids::OrganisationId;
use domain::problem::{ProblemType, Violation};
use domain::values::{Address, BranchCode, Text};
use serde::Deserialize;

/// The file that `soid import providers` reads.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContractsText {
    contracts: Vec<ContractLine>,
    #[serde(default)]
    branches: Vec<BranchLine>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ContractLine {
    number: String,
    branch: String,
    holder: OrganisationId,
    valid_from: NaiveDate,
    valid_to: NaiveDate,
    covers: Vec<String>,
    #[serde(default)]
    places: Vec<PlaceLine>,
    #[serde(default)]
    subcontractors: Vec<SubcontractLine>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SubcontractLine {
    organisation: OrganisationId,
    valid_from: NaiveDate,
    valid_to: NaiveDate,
    places: Vec<PlaceLine>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct PlaceLine {
    code: String,
    name: Option<String>,
    address: AddressLine,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct AddressLine {
    street_line: String,
    postal_code: String,
    city: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct BranchLine {
    code: String,
    service_points: Vec<PointLine>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct PointLine {
    name: String,
    address: AddressLine,
}

impl ContractsText {
    /// Reads the whole, or tells every fault.
    pub(super) fn read(text: &str) -> Result<ContractsFile, ContractsFault> {
        let read: Self =
            serde_json::from_str(text).map_err(|fault| ContractsFault::Unreadable(fault.to_string()))?;
        let mut faults = Faults::default();
        let contracts = read.contracts.iter().enumerate();
        let contracts: Option<Vec<Contract>> =
            contracts.map(|(at, line)| line.read(&format!("/contracts/{at}"), &mut faults)).collect();
        let branches = read.branches.iter().enumerate();
        let branches: Option<Vec<BranchPoints>> =
            branches.map(|(at, line)| line.read(&format!("/branches/{at}"), &mut faults)).collect();
        match (contracts, branches) {
            (Some(contracts), Some(branches)) if faults.0.is_empty() => {
                Ok(ContractsFile { contracts, branches })
            }
            _ => Err(ContractsFault::Refused(faults.0)),
        }
    }
}

#[derive(Default)]
struct Faults(Vec<Violation>);

impl Faults {
    fn take<T>(&mut self, pointer: String, parsed: Result<T, &'static ProblemType>) -> Option<T> {
        parsed.map_err(|problem| self.0.push(Violation::new(problem, pointer))).ok()
    }
}

/// Goes on after a fault, so that all of them are told.
fn each<L, T>(
    at: &str,
    lines: &[L],
    faults: &mut Faults,
    read: impl Fn(&L, &str, &mut Faults) -> Option<T>,
) -> Option<Vec<T>> {
    let all: Vec<Option<T>> =
        lines.iter().enumerate().map(|(index, line)| read(line, &format!("{at}/{index}"), faults)).collect();
    all.into_iter().collect()
}

impl ContractLine {
    fn read(&self, at: &str, faults: &mut Faults) -> Option<Contract> {
        let number = faults.take(format!("{at}/number"), Text::parse(&self.number));
        let branch = faults.take(format!("{at}/branch"), BranchCode::parse(&self.branch));
        let covers = each(&format!("{at}/covers"), &self.covers, faults, |line, at, faults| {
            faults.take(at.to_owned(), Coverage::parse(line))
        });
        let places = each(&format!("{at}/places"), &self.places, faults, PlaceLine::read);
        let subcontracts =
            each(&format!("{at}/subcontractors"), &self.subcontractors, faults, SubcontractLine::read);
        Some(Contract {
            number: number?,
            branch: branch?,
            holder: self.holder,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            covers: covers?,
            places: places?,
            subcontracts: subcontracts?,
        })
    }
}

impl SubcontractLine {
    fn read(&self, at: &str, faults: &mut Faults) -> Option<Subcontract> {
        Some(Subcontract {
            organisation: self.organisation,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            places: each(&format!("{at}/places"), &self.places, faults, PlaceLine::read)?,
        })
    }
}

impl PlaceLine {
    fn read(&self, at: &str, faults: &mut Faults) -> Option<Place> {
        let code = faults.take(format!("{at}/code"), Text::parse(&self.code));
        let name = match &self.name {
            None => Some(None),
            Some(name) => faults.take(format!("{at}/name"), Text::parse(name)).map(Some),
        };
        let address = self.address.read(&format!("{at}/address"), faults);
        Some(Place { code: code?, name: name?, address: address? })
    }
}

impl AddressLine {
    fn read(&self, at: &str, faults: &mut Faults) -> Option<Address> {
        let parsed = Address::parse(&self.street_line, &self.postal_code, &self.city, "PL");
        let noted = parsed.map_err(|found| {
            let placed =
                found.into_iter().map(|it| Violation::new(it.problem, format!("{at}{}", it.pointer)));
            faults.0.extend(placed);
        });
        noted.ok()
    }
}

impl BranchLine {
    fn read(&self, at: &str, faults: &mut Faults) -> Option<BranchPoints> {
        let branch = faults.take(format!("{at}/code"), BranchCode::parse(&self.code));
        let points =
            each(&format!("{at}/servicePoints"), &self.service_points, faults, |line, at, faults| {
                let name = faults.take(format!("{at}/name"), Text::parse(&line.name));
                let address = line.address.read(&format!("{at}/address"), faults);
                Some(ServicePoint { name: name?, address: address? })
            });
        Some(BranchPoints { branch: branch?, points: points? })
    }
}
