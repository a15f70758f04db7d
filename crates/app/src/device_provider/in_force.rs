//! The contract under which a provider acts, asked inside the transaction of whatever it does (DO-35).

use crate::failure::{Failure, Refused};
use chrono::NaiveDate;
use domain::device_order::model::Provider;
use domain::device_provider::contract_at;
use domain::ids::{OrganisationId, SpaceId};
use domain::problem::Violation;
use domain::values::{DeviceCode, Text};
use store::{Tx, device_provider, directory};

/// What a provider is about to supply, where, on which day.
#[derive(Clone, Debug)]
pub struct Supplying<'s> {
    pub organisation: OrganisationId,
    pub code: &'s DeviceCode,
    pub day: NaiveDate,
    /// The place of service, by its code in the contract.
    pub place: &'s Text<40>,
}

/// The provider with contract, place and holder as an order keeps them, or the named refusal.
pub fn supplier(tx: &mut Tx<'_>, space: &SpaceId, asked: &Supplying<'_>) -> Result<Provider, Failure> {
    let known = directory::find_organisation(tx, space, asked.organisation)?.ok_or(Failure::NotFound)?;
    let contracts = device_provider::contracts_of(tx, space, asked.organisation)?;
    let (code, place) = (asked.code.as_str(), asked.place.as_str());
    let (under, place) = contract_at(asked.organisation, &contracts, code, asked.day, place)
        .map_err(|problem| Failure::Refused(Refused::all(vec![Violation::new(problem, "/place")])))?;
    let name = Text::parse(&known.name).map_err(|fault| Failure::Bug(fault.code.into()))?;
    Ok(Provider {
        id: known.id,
        name,
        contract: under.contract.number.clone(),
        place: place.code.clone(),
        acts_for: under.acts_for,
    })
}
