//! Demands on paper, which an officer enters (PF art. 4ad(8)): in an outage of the system or under force majeure, and of
//! prison health entities always. They are judged by the dates that they bear: what was in time on paper does not expire
//! by being entered late.

pub mod entry;
pub mod identity;
pub mod refusals;
pub mod rules;

pub use entry::{Entry, correct, enter, next_version};
pub use rules::{Asked, Facts, IssuingEntity, faults};

use super::model::{Digest, Officer};
use crate::ids::OutageId;
use crate::problem::ProblemType;
use crate::values::Text;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Why it came on paper (PF art. 4ad(8)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Grounds {
    /// A recorded time in which the system could not be used.
    Outage { outage: OutageId },
    /// Whatever else kept its people from the system.
    ForceMajeure { description: Text<2000>, from: NaiveDate, until: NaiveDate },
    /// An entity of those for people deprived of liberty (SIOZ art. 1(3)).
    PrisonEntity,
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

/// The picture of the paper: an attachment of the case, known by its digest before it is added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Scan {
    pub title: Text<200>,
    pub sha256: Digest,
}

impl Scan {
    /// SHA-256 in lower-case hexadecimal.
    pub fn digest(text: &str) -> Result<Digest, &'static ProblemType> {
        let is_hex = |c: u8| c.is_ascii_digit() || (b'a'..=b'f').contains(&c);
        let is_digest = text.len() == 64 && text.bytes().all(is_hex);
        if is_digest { Ok(Digest(text.to_owned())) } else { Err(refusals::SCAN_DIGEST) }
    }
}

/// How a demand came on paper, and who entered it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Paper {
    pub grounds: Grounds,
    pub dates: Dates,
    pub scan: Scan,
    pub entered_by: Officer,
    pub entered_at: DateTime<Utc>,
    /// What was corrected since, oldest first.
    pub corrections: Vec<Correction>,
}

/// An error of typing that an officer put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Correction {
    pub reason: Text<2000>,
    pub by: Officer,
    pub at: DateTime<Utc>,
    /// The version of the content that it made.
    pub content_version: i32,
}

#[cfg(test)]
mod tests;
