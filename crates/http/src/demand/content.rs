//! The content of a demand as it travels: the same members are sent and read back.

use super::choices::{AddressOwner, IdentifierKind, QuantityUnit, Use};
use super::disaster::DemandDisaster;
use super::product::{DemandProduct, Product};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

/// What the physician signs. A draft may lack any member; the field matrix (PF art. 4ac(3)–(4), UBZZ art. 29a(2d)–(2e))
/// decides at submission. Members that the reader may not see are left out.
#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DemandContent {
    #[serde(rename = "use")]
    pub use_: Use,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<DemandEntity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub physician: Option<DemandPhysician>,
    /// Only for use in the facility.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub representative: Option<DemandRepresentative>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<DemandPatients>)]
    pub patients: Option<Patients>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<DemandProduct>)]
    pub product: Option<Product>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// Length of the treatment in days.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 3650, example = 90)]
    pub treatment_days: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diagnosis: Option<DemandDiagnosis>,
    /// Why this product is needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 8000)]
    pub justification: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome_email: Option<OutcomeEmail>,
    /// Only where the product is brought in under PF art. 4(9).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disaster: Option<DemandDisaster>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extras: Option<DemandExtras>,
}

/// The entity performing medical activity in which the demand is issued.
#[derive(Default, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DemandEntity {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 300, example = "Szpital Testowy w Warszawie")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 300, example = "Oddział Chorób Wewnętrznych")]
    pub unit_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "5260250995")]
    pub nip: Option<String>,
    /// Number of the register book of entities performing medical activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[0-9]{12}$", example = "000000001688")]
    pub rpwdl_number: Option<String>,
    /// The register book number, for a unit or cell with its part of the departmental code.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[0-9]{12}(-[0-9]{2,4})?$", example = "000000001688-012")]
    pub unit_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
}

#[derive(Default, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DemandPhysician {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 80, example = "Anna")]
    pub given_names: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 80, example = "Testowa")]
    pub family_name: Option<String>,
    /// Licence number; the one in the access token.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[1-9][0-9]{6}$", example = "5425740")]
    pub npwz: Option<String>,
}

/// The person authorised to represent the entity, who co-signs.
#[derive(Default, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DemandRepresentative {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 80, example = "Piotr")]
    pub given_names: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 80, example = "Przykładowy")]
    pub family_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200, example = "Dyrektor")]
    pub position: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "email", max_length = 254, example = "dyrektor@szpital.example")]
    pub email: Option<String>,
}

/// How [`DemandPatients`] is read: strict in its members, so that a fault names its place.
#[derive(Deserialize, Serialize, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Patients {
    pub kind: PatientsKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patient: Option<Patient>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patients: Option<Vec<ListedPatient>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub justification: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PatientsKind {
    Named,
    List,
    AdHoc,
}

/// For whom: one named patient; in a facility also a list, or an ad-hoc need that has no patient yet.
#[derive(ToSchema)]
#[serde(untagged)]
#[schema(discriminator(property_name = "kind", mapping(
    ("NAMED" = "#/components/schemas/NamedPatient"),
    ("LIST" = "#/components/schemas/PatientList"),
    ("AD_HOC" = "#/components/schemas/AdHocNeed")
)))]
#[expect(clippy::large_enum_variant, reason = "only describes the schema; Patients is read instead")]
pub enum DemandPatients {
    Named(NamedPatient),
    List(PatientList),
    AdHoc(AdHocNeed),
}

#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedPatient {
    #[schema(inline)]
    pub kind: NamedKind,
    pub patient: Patient,
}

#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PatientList {
    #[schema(inline)]
    pub kind: ListKind,
    pub patients: Vec<ListedPatient>,
}

#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdHocNeed {
    #[schema(inline)]
    pub kind: AdHocKind,
    /// Why this quantity is kept for patients who are not known yet.
    #[schema(max_length = 2000)]
    pub justification: Option<String>,
}

#[derive(ToSchema)]
pub enum NamedKind {
    #[serde(rename = "NAMED")]
    Named,
}

#[derive(ToSchema)]
pub enum ListKind {
    #[serde(rename = "LIST")]
    List,
}

#[derive(ToSchema)]
pub enum AdHocKind {
    #[serde(rename = "AD_HOC")]
    AdHoc,
}

#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Patient {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 80, example = "Jan")]
    pub given_names: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 80, example = "Przykładowy")]
    pub family_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier: Option<PatientIdentifier>,
    /// Only for a minor who has no PESEL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guardian: Option<Guardian>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<NaiveDate>,
    /// Only for use outside a facility.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
}

#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Guardian {
    pub identifier: PatientIdentifier,
}

#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListedPatient {
    pub patient: Patient,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
}

/// PESEL, or the kind and number of an identity document (PF art. 4ac(3)).
#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PatientIdentifier {
    pub kind: IdentifierKind,
    /// Country that issued the document (ISO 3166-1 alpha-2); required for a foreign one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[A-Z]{2}$", example = "PL")]
    pub country: Option<String>,
    #[schema(min_length = 1, max_length = 40, example = "44051401458")]
    pub number: String,
}

#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Address {
    /// Street and house number.
    #[schema(max_length = 120, example = "ul. Przykładowa 1")]
    pub street_line: String,
    #[schema(max_length = 12, example = "00-001")]
    pub postal_code: String,
    #[schema(max_length = 80, example = "Warszawa")]
    pub city: String,
    /// ISO 3166-1 alpha-2.
    #[schema(pattern = "^[A-Z]{2}$", example = "PL")]
    pub country: String,
}

/// An amount as a decimal string of at most four places, and its unit.
#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Quantity {
    #[schema(pattern = r"^[0-9]{1,7}(\.[0-9]{1,4})?$", example = "30")]
    pub amount: String,
    pub unit: QuantityUnit,
}

#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DemandDiagnosis {
    #[schema(example = "E75.2")]
    pub icd10: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub description: Option<String>,
}

/// Where the outcome is sent, and whose address that is (PF art. 4ad(4)).
#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OutcomeEmail {
    #[schema(format = "email", max_length = 254, example = "kancelaria@szpital.example")]
    pub address: String,
    pub belongs_to: AddressOwner,
}

/// Members outside the statutory field list, kept apart so that nobody takes them for it.
#[derive(Default, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DemandExtras {
    /// Where returns and questions reach the physician.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "email", max_length = 254, example = "lekarz@szpital.example")]
    pub physician_email: Option<String>,
    /// The country that the product is brought from, whose authorisation the law demands (ISO 3166-1 alpha-2).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[A-Z]{2}$", example = "DE")]
    pub source_country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub urgency: Option<DemandUrgency>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "email", max_length = 254, example = "apteka@szpital.example")]
    pub hospital_pharmacy_email: Option<String>,
}

#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DemandUrgency {
    #[schema(max_length = 1000)]
    pub reason: String,
}
