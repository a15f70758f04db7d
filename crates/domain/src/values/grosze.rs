//! Money in grosze.

use super::faults;
use crate::problem::ProblemType;
use serde::{Deserialize, Serialize};
use std::fmt;

const MAX: i64 = 99_999_999_999;

/// An amount from 0.00 to 999999999.99 PLN, exact to the grosz.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Grosze(i64);

impl Grosze {
    pub fn new(grosze: i64) -> Result<Self, &'static ProblemType> {
        if (0..=MAX).contains(&grosze) { Ok(Self(grosze)) } else { Err(faults::GROSZE) }
    }

    /// Reads `12.34` or whole złoty, `12`.
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let (zloty, grosze) = text.split_once('.').unwrap_or((text, "00"));
        let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        if !is_number(zloty) || !is_number(grosze) || grosze.len() != 2 {
            return Err(faults::GROSZE);
        }
        format!("{zloty}{grosze}").parse().map_err(|_| faults::GROSZE).and_then(Self::new)
    }

    pub fn get(self) -> i64 {
        self.0
    }

    /// `None` above the greatest amount.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).and_then(|sum| Self::new(sum).ok())
    }
}

impl fmt::Display for Grosze {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

impl TryFrom<String> for Grosze {
    type Error = &'static ProblemType;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Grosze> for String {
    fn from(amount: Grosze) -> Self {
        amount.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_read_to_the_grosz() {
        for (text, grosze) in [
            ("0.00", 0),
            ("0.01", 1),
            ("3.20", 320),
            ("12", 1200),
            ("12.34", 1234),
            ("007.00", 700),
            ("999999999.99", MAX),
        ] {
            assert_eq!(Grosze::parse(text).map(Grosze::get), Ok(grosze), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            ".",
            ".50",
            "12.",
            "12.3",
            "12.345",
            "12,34",
            "-1.00",
            "+1.00",
            "1e3",
            " 1.00",
            "1 000.00",
            "1000000000.00",
            "99999999999999999999.00",
            "١.٠٠",
            "1.2.3",
        ] {
            assert_eq!(Grosze::parse(text), Err(faults::GROSZE), "{text}");
        }
        assert_eq!(Grosze::new(-1), Err(faults::GROSZE));
    }

    #[test]
    fn a_sum_beyond_the_greatest_amount_is_none() {
        assert_eq!(Grosze(1).checked_add(Grosze(2)), Some(Grosze(3)));
        assert_eq!(Grosze(MAX).checked_add(Grosze(1)), None);
    }

    #[test]
    fn json_cannot_walk_around_the_bounds() {
        assert_eq!(serde_json::to_string(&Grosze(320)).ok().as_deref(), Some("\"3.20\""));
        assert!(serde_json::from_str::<Grosze>("\"-3.20\"").is_err());
        assert!(serde_json::from_str::<Grosze>("320").is_err());
    }

    proptest! {
        #[test]
        fn every_amount_comes_back(grosze in 0..=MAX) {
            prop_assert_eq!(Grosze::parse(&Grosze(grosze).to_string()), Ok(Grosze(grosze)));
        }
    }
}
