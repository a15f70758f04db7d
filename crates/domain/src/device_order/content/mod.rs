//! The content of an order, as the form of the order-form regulation has it (parts I.A to I.C). A draft may lack any
//! member, but holds no illegal one.

mod entitlement;
mod lens;

pub use entitlement::{
    AdditionalCode, AdditionalEntitlement, DocumentKind, EntitlementDocument, RightProof, StatementBy, Until,
};
pub use lens::{Axis, Dioptres, Eye, Lens, Lenses, PupilDistance};

use super::model::Side;
use crate::device_group::{Profession, StomaKind};
use crate::values::{
    Address, DeviceCode, DeviceOrderNumber, Icd10, LicenceNumber, PatientIdentifier, PayerCode, PersonName,
    Pieces, Regon, Sex, Text, YearMonth,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What the prescriber signs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Content {
    #[serde(default)]
    pub place: Place,
    #[serde(default)]
    pub prescriber: Prescriber,
    #[serde(default)]
    pub patient: Patient,
    /// The payer's code of what entitles the patient (`tytul-uprawn`), as its dictionary has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Text<3>>,
    /// Stands in where the payer does not confirm the right to benefits (DO-28).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right: Option<RightProof>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub additional_entitlement: Option<AdditionalEntitlement>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<Device>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supply: Option<OrderedSupply>,
    #[serde(default)]
    pub grounds: Grounds,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shortening: Option<Shortening>,
}

/// Where the order is issued (part I.A).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Place {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text<255>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regon: Option<Regon>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Text<40>>,
    /// Set where the place has a contract with the payer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<PayerContract>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PayerContract {
    /// The payer's branch, 1 to 17.
    pub branch: u8,
    pub provider_code: Text<24>,
}

/// Who orders (DO-1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Prescriber {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_names: Option<PersonName>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family_name: Option<PersonName>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profession: Option<Profession>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence_number: Option<LicenceNumber>,
    /// In the words of the list; of a physician in training also the one that the head of training admits (DO-2).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub specialties: Vec<Text<120>>,
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
    /// Needed where the identifier is no PESEL (DO-13).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// A flag, not an entitlement (DO-57).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pregnant: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
}

impl Patient {
    pub fn has_pesel(&self) -> bool {
        matches!(self.identifier, Some(PatientIdentifier::Pesel(_)))
    }

    /// The one of the PESEL, else the stated one.
    pub fn sex(&self) -> Option<Sex> {
        match &self.identifier {
            Some(PatientIdentifier::Pesel(pesel)) => Some(pesel.sex()),
            _ => self.sex,
        }
    }

    /// The one of the PESEL, else the stated one.
    pub fn born(&self) -> Option<NaiveDate> {
        match &self.identifier {
            Some(PatientIdentifier::Pesel(pesel)) => Some(pesel.birth_date()),
            _ => self.birth_date,
        }
    }
}

/// What is ordered; one group an order, lenses alone up to four.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Device {
    Lenses(Lenses),
    Other(OtherDevice),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OtherDevice {
    pub code: DeviceCode,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer_code: Option<PayerCode>,
    /// Set where the prescriber decides between tiers of the group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sides: Option<Sides>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stoma: Option<Stoma>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Sides {
    Left,
    Right,
    Both,
}

impl Sides {
    /// The lines that an order has of them: one where no side is told.
    pub fn each(sides: Option<Self>) -> &'static [Option<Side>] {
        match sides {
            None => &[None],
            Some(Self::Left) => &[Some(Side::Left)],
            Some(Self::Right) => &[Some(Side::Right)],
            Some(Self::Both) => &[Some(Side::Left), Some(Side::Right)],
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Stoma {
    pub kind: StomaKind,
    /// How many there are, at least one; the limit is for each.
    pub count: u32,
}

/// A code that is ordered, and for which side; two of them where both sides are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderedItem {
    pub code: DeviceCode,
    pub side: Option<Side>,
}

impl OrderedItem {
    /// Where either does not tell sides apart, it is for both.
    pub fn is_same_as(&self, code: &DeviceCode, side: Option<Side>) -> bool {
        self.code == *code && self.is_on(side)
    }

    pub fn is_on(&self, side: Option<Side>) -> bool {
        self.side.is_none() || side.is_none() || self.side == side
    }
}

impl Content {
    /// What is ordered, by code and side.
    pub fn items(&self) -> Vec<OrderedItem> {
        match &self.device {
            None => Vec::new(),
            Some(Device::Lenses(ordered)) => ordered
                .lenses
                .iter()
                .map(|lens| OrderedItem { code: lens.code.clone(), side: Some(lens.eye.side()) })
                .collect(),
            Some(Device::Other(device)) => Sides::each(device.sides)
                .iter()
                .map(|side| OrderedItem { code: device.code.clone(), side: *side })
                .collect(),
        }
    }
}

/// How much, and over which months.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum OrderedSupply {
    Monthly {
        /// For each side where sides are told; of a monthly amount how many times it is ordered, as a rule once.
        pieces_a_month: Pieces,
        from: YearMonth,
        /// 1 to 12 consecutive ones.
        months: u32,
        ordination: Ordination,
        form: Form,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        primary_order: Option<DeviceOrderNumber>,
    },
    OneOff {
        /// For each side where sides are told.
        pieces: u32,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Ordination {
    Primary,
    Continuation,
}

/// A continuation may be short where its primary order is known (DO-5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Form {
    Full,
    Short,
}

/// Why the patient needs it (part I.C).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Grounds {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diagnosis: Option<Icd10>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<Criterion>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub further: Option<Text<1000>>,
    /// Why more is needed than the list has it (DO-54).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub larger_quantity: Option<Text<1000>>,
}

/// A criterion of the list that the patient meets (DO-11).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Criterion {
    pub code: Text<5>,
    pub name: Text<1000>,
}

/// Why the next one is needed before the period of use has elapsed (DO-47).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Shortening {
    pub ground: ShorteningGround,
    pub justification: Text<500>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ShorteningGround {
    /// An adult's body has changed and the device can be adjusted no further.
    AdultChange,
    ChildTreatment,
    ChildRehabilitation,
    ChildGrowth,
}

impl ShorteningGround {
    pub fn is_for_adults(self) -> bool {
        match self {
            Self::AdultChange => true,
            Self::ChildTreatment | Self::ChildRehabilitation | Self::ChildGrowth => false,
        }
    }
}
