//! How many pieces of a device.

use super::faults;
use crate::problem::ProblemType;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt;

const SCALE: u32 = 2;
const MAX: i64 = 999_999;

/// Above zero, at most 9999.99, exact to the hundredth: the payer's settlement reports carry `DECIMAL(6,2)`, since
/// what is worn for weeks comes to a part of a piece a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pieces(i64);

impl Pieces {
    /// Reads `90`, `4.33`.
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let (whole, part) = match text.split_once('.') {
            Some((whole, part)) if !part.is_empty() => (whole, part),
            Some(_) => return Err(faults::PIECES),
            None => (text, ""),
        };
        let is_number = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || part.len() > 2 || !is_number(whole) || !is_number(part) {
            return Err(faults::PIECES);
        }
        let hundredths = format!("{whole}{part:0<2}").parse().map_err(|_| faults::PIECES)?;
        Self::from_hundredths(hundredths)
    }

    /// The form in which the store keeps it.
    pub fn from_hundredths(hundredths: i64) -> Result<Self, &'static ProblemType> {
        if (1..=MAX).contains(&hundredths) { Ok(Self(hundredths)) } else { Err(faults::PIECES) }
    }

    pub fn to_hundredths(self) -> i64 {
        self.0
    }

    /// So many times over, in hundredths, since a sum may be more than one order can hold.
    pub fn times(self, factor: u32) -> i64 {
        self.0 * i64::from(factor)
    }

    pub fn is_whole(self) -> bool {
        self.0 % 100 == 0
    }
}

impl fmt::Display for Pieces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Decimal::new(self.0, SCALE).normalize().fmt(f)
    }
}

impl TryFrom<String> for Pieces {
    type Error = &'static ProblemType;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Pieces> for String {
    fn from(pieces: Pieces) -> Self {
        pieces.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn parts_of_a_piece_are_read_to_the_hundredth() {
        for (text, hundredths) in [("90", 9_000), ("4.33", 433), ("0.5", 50), ("0.01", 1), ("9999.99", MAX)] {
            assert_eq!(Pieces::parse(text).map(Pieces::to_hundredths), Ok(hundredths), "{text}");
        }
        for text in ["", "0", "0.00", "-1", "1.", ".5", "1.234", "10000", "1,5", "1e2", " 1"] {
            assert_eq!(Pieces::parse(text), Err(faults::PIECES), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_number_comes_back(hundredths in 1..=MAX) {
            prop_assert_eq!(Pieces::parse(&Pieces(hundredths).to_string()), Ok(Pieces(hundredths)));
        }
    }
}
