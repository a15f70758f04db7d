//! Values with one door each: a private field and `parse`.

#[macro_use]
mod door;

pub mod faults;

mod address;
mod atc;
mod batch;
mod client_reference;
mod country;
mod days;
mod digits;
mod email;
mod field_of_medicine;
mod foreign_document;
mod grosze;
mod gtin;
mod icd10;
mod id_card;
mod nip;
mod npwz;
mod numbers;
mod passport;
mod patient_identifier;
mod person_name;
mod pesel;
mod quantity;
mod quantity_unit;
mod regon;
mod rpwdl_number;
mod table;
mod text;
mod unit_code;

pub use address::Address;
pub use atc::Atc;
pub use batch::BatchNumber;
pub use client_reference::ClientReference;
pub use country::CountryCode;
pub use days::Days;
pub use email::Email;
pub use faults::PROBLEMS;
pub use field_of_medicine::{FieldKind, FieldOfMedicine};
pub use foreign_document::{ForeignDocument, ForeignDocumentKind};
pub use grosze::Grosze;
pub use gtin::Gtin;
pub use icd10::Icd10;
pub use id_card::IdCard;
pub use nip::Nip;
pub use npwz::Npwz;
pub use numbers::{AuthorisationNumber, DemandNumber, DemandSeries, ResolutionNumber};
pub use passport::Passport;
pub use patient_identifier::{PatientIdentifier, PatientIdentifierKind};
pub use person_name::PersonName;
pub use pesel::{Pesel, Sex};
pub use quantity::Quantity;
pub use quantity_unit::QuantityUnit;
pub use regon::Regon;
pub use rpwdl_number::RpwdlNumber;
pub use text::Text;
pub use unit_code::UnitCode;
