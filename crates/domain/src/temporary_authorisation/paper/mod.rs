//! Notifications on paper, which an officer enters (PF art. 4ad(8)): in an outage of the system or under force majeure. They
//! are judged by the dates that they bear, as demands on paper are (ADR 31, 34).

pub mod entry;
pub mod identity;
pub mod rules;

pub use entry::{Entry, correct, enter, next_version};
pub use rules::{Asked, Facts, entries, evidence_faults, faults, has_scan};

use crate::paper::Hindrance;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The dates that the paper bears.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Dates {
    /// The date under the responsible person's signature.
    pub issued_on: NaiveDate,
    pub representative_signed_on: NaiveDate,
    /// When it was sent to the minister.
    pub sent_on: NaiveDate,
    /// When it reached the minister.
    pub received_on: NaiveDate,
}

/// How a notification came on paper, and who entered it. A wholesaler is no entity for people deprived of liberty, so
/// that ground is none of its.
pub type Paper = crate::paper::Paper<Hindrance, Dates>;

#[cfg(test)]
mod tests;
