//! The content of a demand of any kind. A draft may lack any member, but holds no illegal one.

mod disaster;
pub mod refusals;
pub mod rules;

pub use disaster::{Authorisation, AuthorisationGrantor, Disaster, Ground, Unavailability};

use super::model::DemandKind;
use crate::problem::Violation;
use crate::values::{
    Address, CountryCode, Days, Email, Icd10, Nip, Npwz, PatientIdentifier, PersonName, Quantity,
    RpwdlNumber, Text, UnitCode,
};
use crate::{food_demand, medicine_demand};
use chrono::NaiveDate;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// Where the product will be used (PF art. 4(2), UBZZ art. 29a(2)); decides which members are required.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Use {
    InFacility,
    OutsideFacility,
}

impl Use {
    pub fn name(self) -> &'static str {
        match self {
            Self::InFacility => "IN_FACILITY",
            Self::OutsideFacility => "OUTSIDE_FACILITY",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        [Self::InFacility, Self::OutsideFacility].into_iter().find(|each| each.name() == name)
    }
}

/// What is demanded; its kind decides the kind of the demand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Product {
    Medicine(medicine_demand::Product),
    Food(food_demand::Product),
}

impl Product {
    /// Nothing of it but its kind.
    pub fn empty(kind: DemandKind) -> Self {
        match kind {
            DemandKind::Medicine => Self::Medicine(medicine_demand::Product::default()),
            DemandKind::Food => Self::Food(food_demand::Product::default()),
        }
    }

    pub fn kind(&self) -> DemandKind {
        match self {
            Self::Medicine(_) => DemandKind::Medicine,
            Self::Food(_) => DemandKind::Food,
        }
    }

    pub fn as_medicine(&self) -> Option<&medicine_demand::Product> {
        match self {
            Self::Medicine(product) => Some(product),
            Self::Food(_) => None,
        }
    }

    pub fn as_food(&self) -> Option<&food_demand::Product> {
        match self {
            Self::Food(product) => Some(product),
            Self::Medicine(_) => None,
        }
    }

    /// The name under which people know it: a medicine's trade name, a food's name.
    pub fn name(&self) -> Option<&Text<300>> {
        match self {
            Self::Medicine(product) => product.trade_name.as_ref(),
            Self::Food(product) => product.name.as_ref(),
        }
    }

    /// The form in which it is taken.
    pub fn form(&self) -> Option<&Text<200>> {
        match self {
            Self::Medicine(product) => product.form.as_ref(),
            Self::Food(product) => product.form.as_ref(),
        }
    }
}

/// What the physician signs. Every kind of demand has these members; `P` is the product of one kind, or of any.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, bound(deserialize = "P: Deserialize<'de> + Default"))]
pub struct Content<P = Product> {
    #[serde(rename = "use")]
    pub use_: Use,
    #[serde(default)]
    pub entity: Entity,
    #[serde(default)]
    pub physician: Physician,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub representative: Option<Representative>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patients: Option<Patients>,
    #[serde(default)]
    pub product: P,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// Length of the treatment in days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub treatment_days: Option<Days>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diagnosis: Option<Diagnosis>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub justification: Option<Text<8000>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome_email: Option<OutcomeEmail>,
    /// Only of a medicine that is brought in under PF art. 4(9).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disaster: Option<Disaster>,
    #[serde(default)]
    pub extras: Extras,
}

impl<P> Content<P> {
    /// The same content of a product of any kind.
    pub fn of_product<Q>(self, product: impl FnOnce(P) -> Q) -> Content<Q> {
        Content {
            use_: self.use_,
            entity: self.entity,
            physician: self.physician,
            representative: self.representative,
            patients: self.patients,
            product: product(self.product),
            quantity: self.quantity,
            treatment_days: self.treatment_days,
            diagnosis: self.diagnosis,
            justification: self.justification,
            outcome_email: self.outcome_email,
            disaster: self.disaster,
            extras: self.extras,
        }
    }

    pub fn is_in_facility(&self) -> bool {
        self.use_ == Use::InFacility
    }

    /// On which ground the product is brought in.
    pub fn ground(&self) -> Ground {
        if self.disaster.is_some() { Ground::Disaster } else { Ground::TargetImport }
    }
}

impl Content {
    /// Reads signed or stored content of this kind; the kind itself is no member of it.
    pub fn read<'de, D: Deserializer<'de>>(kind: DemandKind, from: D) -> Result<Self, D::Error> {
        Ok(match kind {
            DemandKind::Medicine => {
                medicine_demand::Content::deserialize(from)?.of_product(Product::Medicine)
            }
            DemandKind::Food => {
                let content = food_demand::Content::deserialize(from)?;
                if content.disaster.is_some() {
                    return Err(D::Error::custom("a food has no `disaster`"));
                }
                content.of_product(Product::Food)
            }
        })
    }

    pub fn kind(&self) -> DemandKind {
        self.product.kind()
    }

    /// Everything that stands in the way of submitting this content on that day.
    pub fn check(&self, today: NaiveDate) -> Vec<Violation> {
        rules::check(self, today)
    }
}

/// The entity performing medical activity in which the physician issues the demand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Entity {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text<300>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_name: Option<Text<300>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nip: Option<Nip>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rpwdl_number: Option<RpwdlNumber>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_code: Option<UnitCode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Physician {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_names: Option<PersonName>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family_name: Option<PersonName>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub npwz: Option<Npwz>,
}

/// The person authorised to represent the entity, who co-signs a demand for use in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Representative {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_names: Option<PersonName>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family_name: Option<PersonName>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Text<200>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
}

/// For whom: one patient, in a facility also several or a need that has no patient yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Patients {
    Named { patient: Patient },
    List { patients: Vec<ListedPatient> },
    AdHoc { justification: Option<Text<2000>> },
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Patient {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_names: Option<PersonName>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family_name: Option<PersonName>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identifier: Option<PatientIdentifier>,
    /// Only for a minor who has no PESEL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guardian: Option<Guardian>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
}

impl Patient {
    /// Whether this identifier stands for the patient: their own, or the guardian's of a minor without PESEL.
    pub fn is_identified_by(&self, given: &PatientIdentifier) -> bool {
        let guardian = self.guardian.as_ref().map(|guardian| &guardian.identifier);
        self.identifier.as_ref() == Some(given) || guardian == Some(given)
    }

    /// The identifier under which the patient is filed: their own, else the guardian's.
    pub fn index_identifier(&self) -> Option<&PatientIdentifier> {
        self.identifier.as_ref().or_else(|| self.guardian.as_ref().map(|guardian| &guardian.identifier))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Guardian {
    pub identifier: PatientIdentifier,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListedPatient {
    pub patient: Patient,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Diagnosis {
    pub icd10: Icd10,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text<2000>>,
}

/// Where the outcome is sent, and whose address that is (PF art. 4ad(4)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OutcomeEmail {
    pub address: Email,
    pub belongs_to: AddressOwner,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AddressOwner {
    Entity,
    Patient,
    /// Another address that the patient indicated.
    Other,
}

/// Members outside the statutory field list, kept apart so that nobody takes them for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Extras {
    /// Where returns and questions reach the physician.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub physician_email: Option<Email>,
    /// The country it is brought from, whose current authorisation PF art. 4(1) and (9) pkt 2 demand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_country: Option<CountryCode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency: Option<Urgency>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hospital_pharmacy_email: Option<Email>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Urgency {
    pub reason: Text<1000>,
}
