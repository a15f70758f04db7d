//! Whether a provider may supply a device on a day, and under whose contract (DO-35).

use super::model::{Contract, Place};
use super::refusals::{NOT_CONTRACTED, NOT_COVERED, NOT_IN_FORCE, PLACE_UNKNOWN};
use crate::ids::OrganisationId;
use crate::problem::ProblemType;
use chrono::NaiveDate;

/// A contract from the side of one who hands out under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InForce<'c> {
    pub contract: &'c Contract,
    /// The holder, where a subcontractor acts under the contract.
    pub acts_for: Option<OrganisationId>,
    /// The first and the last day of the provider's own part.
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Where this provider hands out.
    pub places: &'c [Place],
}

impl<'c> InForce<'c> {
    pub fn is_on(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    pub fn place(&self, code: &str) -> Option<&'c Place> {
        self.places.iter().find(|place| place.code.as_str() == code)
    }
}

/// Everything under which the provider hands out, whenever it is: as holder first, then by number and day.
fn standings(provider: OrganisationId, contracts: &[Contract]) -> Vec<InForce<'_>> {
    let held = contracts.iter().filter(|contract| contract.holder == provider).map(|contract| InForce {
        contract,
        acts_for: None,
        from: contract.valid_from,
        to: contract.valid_to,
        places: &contract.places,
    });
    let acted = contracts.iter().flat_map(|contract| {
        contract.subcontracts.iter().filter(|it| it.organisation == provider).map(|it| InForce {
            contract,
            acts_for: Some(contract.holder),
            from: it.valid_from.max(contract.valid_from),
            to: it.valid_to.min(contract.valid_to),
            places: &it.places,
        })
    });
    let mut all: Vec<InForce<'_>> = held.chain(acted).collect();
    all.sort_by(|one, other| {
        let key = |it: &InForce<'_>| (it.acts_for.is_some(), it.contract.number.as_str().to_owned(), it.from);
        key(one).cmp(&key(other))
    });
    all
}

/// What is in force for the provider on a day, whatever it covers; empty where nothing is.
pub fn contracts_on(provider: OrganisationId, contracts: &[Contract], day: NaiveDate) -> Vec<InForce<'_>> {
    standings(provider, contracts).into_iter().filter(|it| it.is_on(day)).collect()
}

/// All contracts of the day that cover the code, or what keeps the provider from supplying it.
fn covering<'c>(
    provider: OrganisationId,
    contracts: &'c [Contract],
    code: &str,
    day: NaiveDate,
) -> Result<Vec<InForce<'c>>, &'static ProblemType> {
    if standings(provider, contracts).is_empty() {
        return Err(NOT_CONTRACTED);
    }
    let on = contracts_on(provider, contracts, day);
    if on.is_empty() {
        return Err(NOT_IN_FORCE);
    }
    let covering: Vec<InForce<'c>> = on.into_iter().filter(|it| it.contract.is_for(code)).collect();
    if covering.is_empty() { Err(NOT_COVERED) } else { Ok(covering) }
}

/// The contract under which the provider supplies a code, of the regulation or of the payer, on a day, or the named
/// refusal (DP-09). One that it holds itself comes before one under which it acts.
pub fn contract_in_force<'c>(
    provider: OrganisationId,
    contracts: &'c [Contract],
    code: &str,
    day: NaiveDate,
) -> Result<InForce<'c>, &'static ProblemType> {
    covering(provider, contracts, code, day)?.into_iter().next().ok_or(NOT_COVERED)
}

/// The same at a place of service, by its code in the contract (DP-10).
pub fn contract_at<'c>(
    provider: OrganisationId,
    contracts: &'c [Contract],
    code: &str,
    day: NaiveDate,
    place: &str,
) -> Result<(InForce<'c>, &'c Place), &'static ProblemType> {
    let covering = covering(provider, contracts, code, day)?;
    covering.into_iter().find_map(|it| it.place(place).map(|place| (it, place))).ok_or(PLACE_UNKNOWN)
}

#[cfg(test)]
mod tests;
