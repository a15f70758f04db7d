//! Orders on paper, which an officer of any branch of the payer enters and confirms (refund act art. 38(4c), DO-8). They
//! are judged by the dates that they bear, go to one provider, and have no access code (DO-9, DO-17, DO-38).

pub mod entry;
pub mod identity;
pub mod refusals;
mod reply;
pub mod rules;

pub use crate::paper::Scan;
pub use entry::{Entry, Numbered, all_faults, enter};
pub use reply::{Reply, Replying, obstacles, reply};
pub use rules::{Asked, Facts, entries, faults};

use crate::ids::{DeviceOrderId, OutageId};
use crate::values::{Address, Email, Text};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How the paper reached the branch. What was found goes back the same way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Channel {
    Counter,
    Post {
        return_address: Address,
    },
    /// A scan by electronic mail.
    EmailScan {
        return_email: Email,
    },
    /// A scan from the patient's account.
    PatientAccountScan,
}

/// A channel by its name alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ChannelName {
    Counter,
    Post,
    EmailScan,
    PatientAccountScan,
}

impl Channel {
    pub fn name(&self) -> ChannelName {
        match self {
            Self::Counter => ChannelName::Counter,
            Self::Post { .. } => ChannelName::Post,
            Self::EmailScan { .. } => ChannelName::EmailScan,
            Self::PatientAccountScan => ChannelName::PatientAccountScan,
        }
    }
}

/// Why the order was not issued electronically (DO-8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Reason {
    /// A recorded time in which the system could not be used.
    Outage { outage: OutageId },
    /// The services could not be used on that day, and no outage is on record.
    ServicesUnavailable { description: Text<1000> },
    /// The prescriber could not sign.
    SigningImpossible { description: Text<1000> },
}

impl Reason {
    pub fn outage(&self) -> Option<OutageId> {
        match self {
            Self::Outage { outage } => Some(*outage),
            Self::ServicesUnavailable { .. } | Self::SigningImpossible { .. } => None,
        }
    }
}

/// What the same paper was entered as before, until that was cancelled: whoever enters it again is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Formerly {
    pub order: DeviceOrderId,
    pub cancelled_on: NaiveDate,
}
