//! Rules on the addresses, the entity's codes and the source country.

use super::super::{AddressOwner, Content, Use};
use crate::rule::at;
use crate::values::CountryCode;
use chrono::NaiveDate;

pub(super) fn outcome_goes_to_the_right_party(content: &Content, _: NaiveDate) -> Vec<String> {
    let Some(email) = &content.outcome_email else { return Vec::new() };
    let right = match content.use_ {
        Use::InFacility => email.belongs_to == AddressOwner::Entity,
        Use::OutsideFacility => email.belongs_to != AddressOwner::Entity,
    };
    at("/outcomeEmail/belongsTo", !right)
}

pub(super) fn unit_code_belongs_to_entity(content: &Content, _: NaiveDate) -> Vec<String> {
    let differs = match (&content.entity.unit_code, &content.entity.rpwdl_number) {
        (Some(code), Some(number)) => !code.belongs_to(number),
        (Some(_), None) | (None, _) => false,
    };
    at("/entity/unitCode", differs)
}

pub(super) fn product_comes_from_abroad(content: &Content, _: NaiveDate) -> Vec<String> {
    at("/extras/sourceCountry", content.extras.source_country == Some(CountryCode::POLAND))
}

pub(super) fn hospital_pharmacy_email_only_in_facility(content: &Content, _: NaiveDate) -> Vec<String> {
    let outside = content.use_ == Use::OutsideFacility;
    at("/extras/hospitalPharmacyEmail", outside && content.extras.hospital_pharmacy_email.is_some())
}
