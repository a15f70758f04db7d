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
