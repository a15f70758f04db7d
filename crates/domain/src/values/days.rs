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
