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
    pub fn amount(&self) -> Decimal {
        Decimal::new(self.ten_thousandths, SCALE).normalize()
    }

    pub fn unit(&self) -> QuantityUnit {
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
#[serde(deny_unknown_fields)]
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const UNIT: QuantityUnit = QuantityUnit::Pack;

    #[test]
    fn amounts_are_read_to_the_fourth_place() {
        for (text, ten_thousandths) in [
            ("1", 10_000),
            ("12.5", 125_000),
            ("0.0001", 1),
            ("12.5000", 125_000),
            ("007", 70_000),
            ("9999999", MAX),
            ("9999998.9999", MAX - 1),
        ] {
            assert_eq!(Quantity::parse(text, UNIT).map(Quantity::to_ten_thousandths), Ok(ten_thousandths));
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "0",
            "0.0000",
            "-1",
            "+1",
            ".5",
            "5.",
            "12,5",
            "1e3",
            "0.00001",
            "9999999.0001",
            "10000000",
            "99999999999999999999",
            " 1",
            "1 000",
            "NaN",
            "1.2.3",
            "٣",
        ] {
            assert_eq!(Quantity::parse(text, UNIT), Err(faults::QUANTITY), "{text}");
        }
        assert_eq!(Quantity::from_ten_thousandths(0, UNIT), Err(faults::QUANTITY));
        assert_eq!(Quantity::from_ten_thousandths(MAX + 1, UNIT), Err(faults::QUANTITY));
        assert_eq!(Quantity::new(Decimal::MAX, UNIT), Err(faults::QUANTITY));
        assert_eq!(Quantity::new(Decimal::NEGATIVE_ONE, UNIT), Err(faults::QUANTITY));
    }

    #[test]
    fn json_cannot_walk_around_the_bounds() {
        let read = |json| serde_json::from_str::<Quantity>(json).ok();
        assert_eq!(
            read(r#"{"amount":"12.50","unit":"ML"}"#),
            Quantity::parse("12.5", QuantityUnit::Millilitre).ok()
        );
        assert_eq!(read(r#"{"amount":"0","unit":"ML"}"#), None);
        assert_eq!(read(r#"{"amount":12.5,"unit":"ML"}"#), None);
        assert_eq!(read(r#"{"amount":"1","unit":"ML","per":"DAY"}"#), None);
    }

    proptest! {
        #[test]
        fn every_quantity_comes_back(ten_thousandths in 1..=MAX, unit in 0..QuantityUnit::ALL.len()) {
            let unit = QuantityUnit::ALL.get(unit).copied().unwrap_or(UNIT);
            let quantity = Quantity { ten_thousandths, unit };
            prop_assert_eq!(Quantity::parse(&quantity.to_string(), unit), Ok(quantity));
            prop_assert_eq!(Quantity::new(quantity.amount(), unit), Ok(quantity));
            prop_assert_eq!(Quantity::from_ten_thousandths(quantity.to_ten_thousandths(), unit), Ok(quantity));
            let json = serde_json::to_string(&quantity).unwrap_or_default();
            prop_assert_eq!(serde_json::from_str(&json).ok(), Some(quantity));
        }
    }
}
