//! How much of a product.

use super::{QuantityUnit, faults};
use crate::problem::ProblemType;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt;

const SCALE: u32 = 4;
const MAX: i64 = 99_999_990_000;

/// Above zero, at most 9999999, exact to the fourth decimal place, of one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub struct Quantity {
    ten_thousandths: i64,
    unit: QuantityUnit,
}

impl Quantity {
    /// Reads digits with an optional decimal point: `12.5`.
    pub fn parse(amount: &str, unit: QuantityUnit) -> Result<Self, &'static ProblemType> {
        let (whole, part) = match amount.split_once('.') {
            Some((whole, part)) if !part.is_empty() => (whole, part),
            Some(_) => return Err(faults::QUANTITY),
            None => (amount, ""),
        };
        let is_number = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || part.len() > 4 || !is_number(whole) || !is_number(part) {
            return Err(faults::QUANTITY);
        }
        let ten_thousandths = format!("{whole}{part:0<4}").parse().map_err(|_| faults::QUANTITY)?;
        Self::from_ten_thousandths(ten_thousandths, unit)
    }

    pub fn new(amount: Decimal, unit: QuantityUnit) -> Result<Self, &'static ProblemType> {
        Self::parse(&amount.normalize().to_string(), unit)
    }

    /// The form in which the store keeps it.
    pub fn from_ten_thousandths(
        ten_thousandths: i64,
        unit: QuantityUnit,
    ) -> Result<Self, &'static ProblemType> {
        if (1..=MAX).contains(&ten_thousandths) {
            Ok(Self { ten_thousandths, unit })
        } else {
            Err(faults::QUANTITY)
        }
    }

    pub fn to_ten_thousandths(self) -> i64 {
        self.ten_thousandths
    }

    /// The amount without superfluous zeros.
    pub fn amount(self) -> Decimal {
        Decimal::new(self.ten_thousandths, SCALE).normalize()
    }

    pub fn unit(self) -> QuantityUnit {
        self.unit
    }
}

/// The amount alone, `12.5`; a unit is printed by its label in the reader's language.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.amount().fmt(f)
    }
}

#[derive(Serialize, Deserialize)]
struct Parts {
    amount: String,
    unit: QuantityUnit,
}

impl TryFrom<Parts> for Quantity {
    type Error = &'static ProblemType;

    fn try_from(parts: Parts) -> Result<Self, Self::Error> {
        Self::parse(&parts.amount, parts.unit)
    }
}

impl From<Quantity> for Parts {
    fn from(quantity: Quantity) -> Self {
        Self { amount: quantity.to_string(), unit: quantity.unit }
    }
}
