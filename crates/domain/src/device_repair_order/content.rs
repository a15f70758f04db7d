//! The content of a repair order (parts I.A to I.C of its form). A draft may lack any member, but holds no illegal one.

use crate::device_order::content::{AdditionalEntitlement, Patient, Place, Prescriber, RightProof};
use crate::device_order::model::Side;
use crate::values::{DeviceCode, DeviceOrderNumber, Text};
use serde::{Deserialize, Serialize};

/// What is signed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Content {
    #[serde(default)]
    pub place: Place,
    #[serde(default)]
    pub prescriber: Prescriber,
    #[serde(default)]
    pub patient: Patient,
    /// Stands in where the payer does not confirm the right to benefits (DO-28).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right: Option<RightProof>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub additional_entitlement: Option<AdditionalEntitlement>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<RepairedDevice>,
    /// By which order it was supplied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Original>,
    /// Why it has to be repaired.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub justification: Option<Text<500>>,
}

/// What is to be repaired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RepairedDevice {
    pub code: DeviceCode,
    /// The tier of the group; the first one where none is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<u32>,
    /// One side: what stands on the other is another device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maker: Option<Text<250>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<Text<250>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text<500>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial_number: Option<Text<40>>,
}

impl Content {
    /// The number of the order that supplied the device, where one in the payer's shape is named.
    pub fn original_number(&self) -> Option<DeviceOrderNumber> {
        match self.original.as_ref()? {
            Original::Known { number, .. } => DeviceOrderNumber::parse(number.as_str()).ok(),
            Original::Unknown { .. } => None,
        }
    }
}

/// The order that supplied it and the branch that paid, or why they are not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Original {
    Known {
        /// In the payer's shape, or in one from before it.
        number: Text<24>,
        /// The payer's branch, 1 to 17.
        branch: u8,
    },
    Unknown {
        reason: Text<1000>,
    },
}
