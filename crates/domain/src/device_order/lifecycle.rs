//! The states of an order, what each holds, and which command leads where.

mod commands;
mod periods;

pub use commands::{Command, TRANSITIONS, Transition, admits, commands_in};
pub use periods::{Period, PeriodState, Periods};

use super::model::{Access, Confirmation, Issue, Right, TakeUp};
use super::verification::Finding;
use crate::demand::model::Officer;
use crate::values::{Text, YearMonth};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Where an order stands, with exactly what is true there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    Draft,
    Registered(Box<Registered>),
    Verifying(Box<Verifying>),
    Negative(Box<Negative>),
    Positive(Box<Confirmed>),
    Realised(Box<Confirmed>),
    Expired(Box<Confirmed>),
    Cancelled(Box<Cancelled>),
}

/// It has its number, and its verification has not begun.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Registered {
    pub issue: Issue,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verifying {
    pub issue: Issue,
    pub since: DateTime<Utc>,
}

/// Found to stand in the way; it may be corrected, accepted or cancelled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Negative {
    pub issue: Issue,
    pub findings: Vec<Finding>,
    /// What should be known beside, as that the payer did not answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Finding>,
    /// How the right to benefits is known, whatever else stands in the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right: Option<Right>,
    pub verified_at: DateTime<Utc>,
}

/// Confirmed by the payer, with what became of its months since.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Confirmed {
    pub issue: Issue,
    pub confirmation: Confirmation,
    pub access: Access,
    pub periods: Periods,
    /// Every one that there was, oldest first.
    pub take_ups: Vec<TakeUp>,
    /// Set when the months that were left were cancelled (DO-32).
    pub tail: Option<TailCancelled>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TailCancelled {
    pub from: YearMonth,
    pub cancellation: Cancellation,
}

/// Why an order, or the rest of it, is no longer to be had (DO-31).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cancellation {
    pub reason: Text<500>,
    /// The officer who did it at the patient's request; none where the issuing entity did.
    pub by: Option<Officer>,
    pub at: DateTime<Utc>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cancelled {
    pub cancellation: Cancellation,
    pub was: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StateName {
    Draft,
    Registered,
    Verifying,
    Negative,
    Positive,
    Realised,
    Expired,
    Cancelled,
}

impl StateName {
    pub const ALL: [StateName; 8] = [
        Self::Draft,
        Self::Registered,
        Self::Verifying,
        Self::Negative,
        Self::Positive,
        Self::Realised,
        Self::Expired,
        Self::Cancelled,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::Registered => "REGISTERED",
            Self::Verifying => "VERIFYING",
            Self::Negative => "NEGATIVE",
            Self::Positive => "POSITIVE",
            Self::Realised => "REALISED",
            Self::Expired => "EXPIRED",
            Self::Cancelled => "CANCELLED",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// The payer's letter; it has none for a draft and none for what has elapsed.
    pub fn nfz_letter(self) -> Option<char> {
        match self {
            Self::Draft => None,
            Self::Registered => Some('R'),
            Self::Verifying => Some('W'),
            Self::Negative => Some('N'),
            Self::Positive | Self::Expired => Some('P'),
            Self::Realised => Some('Z'),
            Self::Cancelled => Some('A'),
        }
    }

    /// Whether its client's reference is taken.
    pub fn is_open(self) -> bool {
        match self {
            Self::Draft | Self::Registered | Self::Verifying | Self::Negative | Self::Positive => true,
            Self::Realised | Self::Expired | Self::Cancelled => false,
        }
    }

    /// Whether nothing leads out of it.
    pub fn is_final(self) -> bool {
        match self {
            Self::Cancelled | Self::Expired => true,
            Self::Draft
            | Self::Registered
            | Self::Verifying
            | Self::Negative
            | Self::Positive
            | Self::Realised => false,
        }
    }
}

impl State {
    pub fn name(&self) -> StateName {
        match self {
            Self::Draft => StateName::Draft,
            Self::Registered(_) => StateName::Registered,
            Self::Verifying(_) => StateName::Verifying,
            Self::Negative(_) => StateName::Negative,
            Self::Positive(_) => StateName::Positive,
            Self::Realised(_) => StateName::Realised,
            Self::Expired(_) => StateName::Expired,
            Self::Cancelled(_) => StateName::Cancelled,
        }
    }

    /// The signature under the content as it stands, once there is one.
    pub fn issue(&self) -> Option<&Issue> {
        match self {
            Self::Draft => None,
            Self::Registered(it) => Some(&it.issue),
            Self::Verifying(it) => Some(&it.issue),
            Self::Negative(it) => Some(&it.issue),
            Self::Positive(it) | Self::Realised(it) | Self::Expired(it) => Some(&it.issue),
            Self::Cancelled(it) => it.was.issue(),
        }
    }

    pub(super) fn issue_mut(&mut self) -> Option<&mut Issue> {
        match self {
            Self::Draft => None,
            Self::Registered(it) => Some(&mut it.issue),
            Self::Verifying(it) => Some(&mut it.issue),
            Self::Negative(it) => Some(&mut it.issue),
            Self::Positive(it) | Self::Realised(it) | Self::Expired(it) => Some(&mut it.issue),
            Self::Cancelled(it) => it.was.issue_mut(),
        }
    }

    /// What the payer confirmed, in every state that has it.
    pub fn confirmed(&self) -> Option<&Confirmed> {
        match self {
            Self::Positive(it) | Self::Realised(it) | Self::Expired(it) => Some(it),
            Self::Cancelled(it) => it.was.confirmed(),
            Self::Draft | Self::Registered(_) | Self::Verifying(_) | Self::Negative(_) => None,
        }
    }
}
