//! A length of treatment.

use super::faults;
use crate::problem::ProblemType;
use serde::{Deserialize, Serialize};
use std::fmt;

/// 1 to 3650 days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Days(u32);

impl Days {
    pub fn new(days: u32) -> Result<Self, &'static ProblemType> {
        if (1..=3650).contains(&days) { Ok(Self(days)) } else { Err(faults::DAYS) }
    }

    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let is_plain = text.bytes().all(|b| b.is_ascii_digit());
        text.parse().ok().filter(|_| is_plain).ok_or(faults::DAYS).and_then(Self::new)
    }

    pub fn get(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<u32> for Days {
    type Error = &'static ProblemType;

    fn try_from(days: u32) -> Result<Self, Self::Error> {
        Self::new(days)
    }
}

impl From<Days> for u32 {
    fn from(days: Days) -> Self {
        days.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_to_ten_years_are_accepted() {
        assert_eq!(Days::new(1).map(Days::get), Ok(1));
        assert_eq!(Days::parse("3650").map(Days::get), Ok(3650));
        assert_eq!(Days::new(0), Err(faults::DAYS));
        assert_eq!(Days::new(3651), Err(faults::DAYS));
        for text in ["", "0", "-1", "+1", "1.5", "3651", "99999999999", " 1"] {
            assert_eq!(Days::parse(text), Err(faults::DAYS), "{text}");
        }
    }

    #[test]
    fn json_holds_a_number_and_cannot_walk_around_the_bounds() {
        assert_eq!(serde_json::to_string(&Days(30)).ok().as_deref(), Some("30"));
        assert_eq!(serde_json::from_str::<Days>("30").ok(), Some(Days(30)));
        assert!(serde_json::from_str::<Days>("0").is_err());
    }

    #[test]
    fn every_number_of_days_comes_back() {
        for days in (1..=3650).map(Days) {
            assert_eq!(Days::parse(&days.to_string()), Ok(days));
        }
    }
}
