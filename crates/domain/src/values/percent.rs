//! A share of a price.

use super::faults;
use crate::problem::ProblemType;
use serde::{Deserialize, Serialize};
use std::fmt;

/// 0 to 100 whole percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Percent(u8);

impl Percent {
    pub const ZERO: Self = Self(0);

    pub fn new(percent: u8) -> Result<Self, &'static ProblemType> {
        if percent <= 100 { Ok(Self(percent)) } else { Err(faults::PERCENT) }
    }

    pub fn get(self) -> u8 {
        self.0
    }

    /// What is left of the whole: the payer's share where this is the patient's.
    #[must_use]
    pub fn rest(self) -> Self {
        Self(100 - self.0)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<u8> for Percent {
    type Error = &'static ProblemType;

    fn try_from(percent: u8) -> Result<Self, Self::Error> {
        Self::new(percent)
    }
}

impl From<Percent> for u8 {
    fn from(percent: Percent) -> Self {
        percent.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_at_most_the_whole() {
        assert_eq!(Percent::new(30).map(|share| share.rest().get()), Ok(70));
        assert_eq!(Percent::new(100).map(Percent::rest), Ok(Percent::ZERO));
        assert_eq!(Percent::new(101), Err(faults::PERCENT));
    }
}
