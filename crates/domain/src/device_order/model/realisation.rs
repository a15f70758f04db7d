//! Goods that were issued under an order, and who took them.

use super::{ConfirmedLine, Provider, Side};
use crate::demand::model::Officer;
use crate::device_order::money::{Amounts, Priced};
use crate::values::{DeviceCode, Grosze, PatientIdentifier, PersonName, Text, YearMonth};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Goods that were issued (parts III and IV of the form).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Realisation {
    /// Who issued, under the contract of the day of issue.
    pub provider: Provider,
    pub issued_on: NaiveDate,
    pub method: Method,
    pub staff: Text<120>,
    pub items: Vec<IssuedItem>,
    pub amounts: Amounts,
    pub receipt: Option<Receipt>,
    /// Grows by one with every correction of the receipt.
    #[serde(default)]
    pub receipt_version: u32,
    /// The last officer of the payer who confirmed or corrected the receipt.
    #[serde(default)]
    pub receipt_by: Option<Officer>,
    /// Months of the take-up that had passed by the day of issue; a withdrawal gives them back.
    #[serde(default)]
    pub lost: Vec<YearMonth>,
    pub confirmed_at: DateTime<Utc>,
}

/// A confirmation that was an error, with what it was worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WithdrawnRealisation {
    pub reason: Text<500>,
    pub by: Option<Officer>,
    pub amounts: Amounts,
    pub confirmed_at: DateTime<Utc>,
    pub withdrawn_at: DateTime<Utc>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Method {
    InPerson,
    Courier,
}

/// What was issued of one confirmed line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IssuedItem {
    pub code: DeviceCode,
    pub tier: u32,
    pub side: Option<Side>,
    pub products: Vec<IssuedProduct>,
    /// On whose terms it is borne: of another code where it shares that one's limit (DO-41).
    pub line: ConfirmedLine,
    pub amounts: Amounts,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IssuedProduct {
    /// Of the provider's list, at most twelve digits.
    pub product: Text<12>,
    pub maker: Text<250>,
    pub model: Text<250>,
    pub name: Text<500>,
    pub serial_number: Option<Text<40>>,
    pub pieces: u32,
    pub price: Grosze,
}

impl IssuedProduct {
    pub fn priced(&self) -> Priced {
        Priced { price: self.price, pieces: self.pieces }
    }
}

/// Who took the goods, and when (part IV; DO-42, DO-44).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    pub received_on: NaiveDate,
    pub by: Receiver,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Receiver {
    Patient,
    Other { given_names: PersonName, family_name: PersonName, identifier: PatientIdentifier },
}
