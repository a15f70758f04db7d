//! The content of an order as clients send and see it: the same members are sent and read back.

pub(crate) mod read;
pub(crate) mod shown;

use super::choices::{
    AdditionalEntitlementCode, DeviceSides, EntitlementDocumentKind, LensEye, OrderForm, OrderedDeviceKind,
    OrderedSupplyKind, Ordination, PatientSex, RightProofKind, ShorteningGround, StatementBy, UntilKind,
};
use crate::demand::content::{Address, PatientIdentifier};
use crate::device_group::choices::{IssuerProfession, LensUse, StomaKind};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

/// What the prescriber signs (order-form regulation, parts I.A to I.C). A draft may lack any member; a submission is judged by
/// the form. Members that the reader may not see are left out.
#[derive(Default, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeviceOrderContent {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceOfIssue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub prescriber: Option<OrderPrescriber>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patient: Option<OrderPatient>,
    /// The payer's code of what entitles the patient to benefits.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 3, example = "UB")]
    pub title: Option<String>,
    /// Stands in where the payer does not confirm the right to benefits (DO-28).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub right: Option<RightProof>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional_entitlement: Option<AdditionalEntitlement>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub device: Option<OrderedDevice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supply: Option<OrderedSupply>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub grounds: Option<OrderGrounds>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shortening: Option<Shortening>,
}

/// Where the order is issued (part I.A).
#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlaceOfIssue {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 255, example = "Przychodnia Testowa")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[0-9]{9}([0-9]{5})?$", example = "123456785")]
    pub regon: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 40, example = "22 555 01 01")]
    pub phone: Option<String>,
    /// Where the place has a contract with the payer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contract: Option<PayerContract>,
}

#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PayerContract {
    /// The payer's branch.
    #[schema(minimum = 1, maximum = 17, example = 7)]
    pub branch: u8,
    #[schema(min_length = 1, max_length = 24, example = "100123")]
    pub provider_code: String,
}

/// Who orders (DO-1).
#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrderPrescriber {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 80, example = "Dorota")]
    pub given_names: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 80, example = "Wzorcowa")]
    pub family_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profession: Option<IssuerProfession>,
    /// The one in the access token; an assistant names in whose name they act.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[0-9A-Za-z]{4,24}$", example = "3900433")]
    pub licence_number: Option<String>,
    /// In the words of the list; of a physician in training also the one that the head of training admits (DO-2).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 20))]
    #[schema(max_items = 20, example = json!(["rodzinny"]))]
    pub specialties: Vec<String>,
}

#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrderPatient {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 80, example = "Janina")]
    pub given_names: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 80, example = "Testowa")]
    pub family_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier: Option<PatientIdentifier>,
    /// Needed where the identifier is no PESEL (DO-13).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex: Option<PatientSex>,
    /// A flag, not an entitlement (DO-57).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pregnant: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
}

/// Proof of the right to benefits: a statement or a document, not both.
#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RightProof {
    pub kind: RightProofKind,
    /// Of a `STATEMENT`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made_on: Option<NaiveDate>,
    /// Of a `STATEMENT`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made_by: Option<StatementBy>,
    /// Of a `DOCUMENT` and an `EU_DOCUMENT`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<EntitlementDocument>,
    /// Of an `EU_DOCUMENT` (ISO 3166-1 alpha-2).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[A-Z]{2}$", example = "DE")]
    pub country: Option<String>,
    /// Of an `EU_DOCUMENT`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 30)]
    pub personal_number: Option<String>,
    /// Of an `EU_DOCUMENT`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100)]
    pub institution: Option<String>,
}

/// A document with its validity; what it has none of is left out.
#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EntitlementDocument {
    pub kind: EntitlementDocumentKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 40, example = "ON/123/2025")]
    pub number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued_on: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<DocumentUntil>,
}

#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DocumentUntil {
    pub kind: UntilKind,
    /// The last day of a `DAY`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<NaiveDate>,
}

/// An entitlement beyond the right to benefits, with its document (DO-14).
#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AdditionalEntitlement {
    pub code: AdditionalEntitlementCode,
    pub document: EntitlementDocument,
    /// Licence number of the physician who certified it; `47DN` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[0-9A-Za-z]{4,24}$")]
    pub certified_by: Option<String>,
}

/// What is ordered; one group an order, lenses alone up to four.
#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrderedDevice {
    pub kind: OrderedDeviceKind,
    /// Of `OTHER`: a code of `GET /device-groups`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 16, example = "Y.06.01")]
    pub code: Option<String>,
    /// Of `OTHER`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 16, example = "Y.06.01.00")]
    pub payer_code: Option<String>,
    /// Of `OTHER`, where the prescriber decides between tiers of the group.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1)]
    pub tier: Option<u32>,
    /// Of `OTHER`, where the device is sided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sides: Option<DeviceSides>,
    /// Of `OTHER`, where the group is for a stoma.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stoma: Option<Stoma>,
    /// Of `LENSES`: millimetres between the pupils, in halves.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(pattern = r"^[0-9]{2,3}(\.[05])?$", example = "63.5")]
    pub pupil_distance: Option<String>,
    /// Of `LENSES`: one to four, each for another eye and use.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(length(max = 20))]
    #[schema(max_items = 20)]
    pub lenses: Option<Vec<OrderedLens>>,
}

#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Stoma {
    pub kind: StomaKind,
    /// How many there are; the limit is for each.
    #[schema(minimum = 1, maximum = 9, example = 1)]
    pub count: u32,
}

/// A lens with the figures of the optical prescription; powers in quarters of a dioptre.
#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrderedLens {
    /// Near and far lenses are groups of their own.
    #[schema(max_length = 16, example = "O.01.02")]
    pub code: String,
    pub lens_use: LensUse,
    pub eye: LensEye,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "-2.75")]
    pub sphere: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "0.50")]
    pub cylinder: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 180, example = 90)]
    pub axis: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "1.00")]
    pub prism: Option<String>,
}

#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrderedSupply {
    pub kind: OrderedSupplyKind,
    /// Of `MONTHLY`: at most two places.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(pattern = r"^[0-9]{1,4}(\.[0-9]{1,2})?$", example = "90")]
    pub pieces_a_month: Option<String>,
    /// Of `MONTHLY`: the first month.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[0-9]{4}-[0-9]{2}$", example = "2026-12")]
    pub from: Option<String>,
    /// Of `MONTHLY`: consecutive ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 12, example = 12)]
    pub months: Option<u32>,
    /// Of `MONTHLY`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ordination: Option<Ordination>,
    /// Of `MONTHLY`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<OrderForm>,
    /// Of `MONTHLY`: the order that a short continuation continues.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 24, example = "T5-3K7M9QXT-22A4CDEF")]
    pub primary_order: Option<String>,
    /// Of `ONE_OFF`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 9999, example = 1)]
    pub pieces: Option<u32>,
}

/// Why the patient needs it (part I.C).
#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrderGrounds {
    /// ICD-10.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "N39.4")]
    pub diagnosis: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(length(max = 50))]
    #[schema(max_items = 50)]
    pub criteria: Vec<AwardCriterion>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 1000)]
    pub further: Option<String>,
    /// Why more is needed than the list has it (field I.C.13).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 1000)]
    pub larger_quantity: Option<String>,
}

/// A criterion of the list that the patient meets (DO-11).
#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AwardCriterion {
    #[schema(min_length = 1, max_length = 5, example = "1")]
    pub code: String,
    #[schema(min_length = 1, max_length = 1000, example = "Nietrzymanie moczu")]
    pub name: String,
}

#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Shortening {
    pub ground: ShorteningGround,
    #[schema(min_length = 1, max_length = 500)]
    pub justification: String,
}
