//! Demands on paper, which an officer enters (PF art. 4ad(8)): in an outage of the system or under force majeure, and of
//! prison health entities always. They are judged by the dates that they bear: what was in time on paper does not expire
//! by being entered late.

pub mod entry;
pub mod identity;
pub mod rules;

pub use crate::paper::{Correction, Hindrance, Scan, refusals};
pub use entry::{Entry, correct, enter, next_version};
pub use rules::{Asked, Facts, IssuingEntity, faults};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Why it came on paper (PF art. 4ad(8)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Grounds {
    /// An entity of those for people deprived of liberty (SIOZ art. 1(3)).
    PrisonEntity,
    /// Whatever keeps anybody from the system.
    #[serde(untagged)]
    Hindered(Hindrance),
}

impl Grounds {
    pub fn hindrance(&self) -> Option<&Hindrance> {
        match self {
            Self::Hindered(hindrance) => Some(hindrance),
            Self::PrisonEntity => None,
        }
    }
}

/// The dates that the paper bears.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Dates {
    pub issued_on: NaiveDate,
    /// When it reached the representative; the day of the issue, where the paper does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub representative_received_on: Option<NaiveDate>,
    /// For use in a facility.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub representative_signed_on: Option<NaiveDate>,
    /// When it reached the consultant.
    pub consultant_received_on: NaiveDate,
    pub opinion_given_on: NaiveDate,
    /// When it was sent to the minister.
    pub sent_on: NaiveDate,
    /// When it reached the minister.
    pub received_on: NaiveDate,
}

/// How a demand came on paper, and who entered it.
pub type Paper = crate::paper::Paper<Grounds, Dates>;

#[cfg(test)]
mod tests;
