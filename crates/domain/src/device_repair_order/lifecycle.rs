//! The states of a repair order, what each holds, and which command leads where.

use super::model::{Confirmation, GivenBack, Hold, Issue, Repair};
use crate::device_order::lifecycle::Cancellation;
use crate::device_order::verification::Finding;
use crate::ids::OrganisationId;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Where a repair order stands, with exactly what is true there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    Draft,
    Verifying(Box<Verifying>),
    Negative(Box<Negative>),
    Positive(Box<Confirmed>),
    Held(Box<Held>),
    Realised(Box<Realised>),
    Expired(Box<Confirmed>),
    Cancelled(Box<Cancelled>),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verifying {
    pub issue: Issue,
    pub since: DateTime<Utc>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Negative {
    pub issue: Issue,
    pub findings: Vec<Finding>,
    /// What the prescriber or the patient should know.
    #[serde(default)]
    pub warnings: Vec<Finding>,
    pub verified_at: DateTime<Utc>,
}

/// Confirmed by the payer, and nobody has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Confirmed {
    pub issue: Issue,
    pub confirmation: Confirmation,
    /// The last day on which it can be taken up and the device given out (DO-16).
    pub last_day: NaiveDate,
    pub given_back: Vec<GivenBack>,
    /// Who held it and gave nothing out in time.
    #[serde(default)]
    pub lapsed: Vec<OrganisationId>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Held {
    pub confirmed: Confirmed,
    pub hold: Hold,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Realised {
    pub confirmed: Confirmed,
    pub repair: Repair,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cancelled {
    pub cancellation: Cancellation,
    pub was: State,
}

/// Everything that can be asked of a repair order after its creation; the API path has the same word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Command {
    Edit,
    Submission,
    PendingStepRefusal,
    VerificationResult,
    Correction,
    Cancellation,
    TakeUp,
    TakeUpWithdrawal,
    ReleaseRequest,
    Realisation,
    RealisationWithdrawal,
    Elapse,
}

impl Command {
    pub const ALL: [Command; 12] = [
        Self::Edit,
        Self::Submission,
        Self::PendingStepRefusal,
        Self::VerificationResult,
        Self::Correction,
        Self::Cancellation,
        Self::TakeUp,
        Self::TakeUpWithdrawal,
        Self::ReleaseRequest,
        Self::Realisation,
        Self::RealisationWithdrawal,
        Self::Elapse,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Edit => "edit",
            Self::Submission => "submission",
            Self::PendingStepRefusal => "pending-step/refusal",
            Self::VerificationResult => "verification-result",
            Self::Correction => "correction",
            Self::Cancellation => "cancellation",
            Self::TakeUp => "take-up",
            Self::TakeUpWithdrawal => "take-up-withdrawal",
            Self::ReleaseRequest => "release-requests",
            Self::Realisation => "realisation",
            Self::RealisationWithdrawal => "realisation-withdrawal",
            Self::Elapse => "elapse",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StateName {
    Draft,
    Verifying,
    Negative,
    Positive,
    Held,
    Realised,
    Expired,
    Cancelled,
}

impl StateName {
    pub const ALL: [StateName; 8] = [
        Self::Draft,
        Self::Verifying,
        Self::Negative,
        Self::Positive,
        Self::Held,
        Self::Realised,
        Self::Expired,
        Self::Cancelled,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::Verifying => "VERIFYING",
            Self::Negative => "NEGATIVE",
            Self::Positive => "POSITIVE",
            Self::Held => "HELD",
            Self::Realised => "REALISED",
            Self::Expired => "EXPIRED",
            Self::Cancelled => "CANCELLED",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Whether its client's reference is taken.
    pub fn is_open(self) -> bool {
        match self {
            Self::Draft | Self::Verifying | Self::Negative | Self::Positive | Self::Held => true,
            Self::Realised | Self::Expired | Self::Cancelled => false,
        }
    }
}

impl State {
    pub fn name(&self) -> StateName {
        match self {
            Self::Draft => StateName::Draft,
            Self::Verifying(_) => StateName::Verifying,
            Self::Negative(_) => StateName::Negative,
            Self::Positive(_) => StateName::Positive,
            Self::Held(_) => StateName::Held,
            Self::Realised(_) => StateName::Realised,
            Self::Expired(_) => StateName::Expired,
            Self::Cancelled(_) => StateName::Cancelled,
        }
    }

    /// The signature under the content as it stands, once there is one.
    pub fn issue(&self) -> Option<&Issue> {
        match self {
            Self::Draft => None,
            Self::Verifying(it) => Some(&it.issue),
            Self::Negative(it) => Some(&it.issue),
            Self::Positive(it) | Self::Expired(it) => Some(&it.issue),
            Self::Held(it) => Some(&it.confirmed.issue),
            Self::Realised(it) => Some(&it.confirmed.issue),
            Self::Cancelled(it) => it.was.issue(),
        }
    }

    /// What the payer confirmed, once it has.
    pub fn confirmed(&self) -> Option<&Confirmed> {
        match self {
            Self::Positive(it) | Self::Expired(it) => Some(it),
            Self::Held(it) => Some(&it.confirmed),
            Self::Realised(it) => Some(&it.confirmed),
            Self::Cancelled(it) => it.was.confirmed(),
            Self::Draft | Self::Verifying(_) | Self::Negative(_) => None,
        }
    }

    /// Whoever holds the repair, or has carried it out.
    pub fn hold(&self) -> Option<&Hold> {
        match self {
            Self::Held(it) => Some(&it.hold),
            Self::Realised(it) => Some(&it.repair.hold),
            Self::Draft
            | Self::Verifying(_)
            | Self::Negative(_)
            | Self::Positive(_)
            | Self::Expired(_)
            | Self::Cancelled(_) => None,
        }
    }

    /// The repair, where the device was given out.
    pub fn repair(&self) -> Option<&Repair> {
        match self {
            Self::Realised(it) => Some(&it.repair),
            Self::Draft
            | Self::Verifying(_)
            | Self::Negative(_)
            | Self::Positive(_)
            | Self::Held(_)
            | Self::Expired(_)
            | Self::Cancelled(_) => None,
        }
    }
}

/// One row of the lifecycle: from this state this command leads to one of those.
pub struct Transition {
    pub from: StateName,
    pub command: Command,
    pub to: &'static [StateName],
}

macro_rules! transitions {
    ($($from:ident + $command:ident => $($to:ident)|+;)+) => {
        &[$(Transition { from: StateName::$from, command: Command::$command, to: &[$(StateName::$to),+] }),+]
    };
}

/// The whole lifecycle as data; a test plays every state against every command and compares.
pub const TRANSITIONS: &[Transition] = transitions! {
    Draft + Edit => Draft;
    Draft + Submission => Verifying;
    Draft + PendingStepRefusal => Draft;
    Verifying + VerificationResult => Positive | Negative;
    Verifying + Cancellation => Cancelled;
    Negative + Correction => Verifying;
    Negative + PendingStepRefusal => Negative;
    Negative + Cancellation => Cancelled;
    Positive + TakeUp => Held;
    Positive + Cancellation => Cancelled;
    Positive + Elapse => Expired;
    Held + TakeUpWithdrawal => Positive | Expired;
    Held + ReleaseRequest => Held;
    Held + Realisation => Realised;
    Held + Elapse => Positive | Expired;
    Realised + RealisationWithdrawal => Held;
};

pub fn admits(state: StateName, command: Command) -> bool {
    TRANSITIONS.iter().any(|row| row.from == state && row.command == command)
}

/// The commands that a state admits, whoever gives them.
pub fn commands_in(state: StateName) -> impl Iterator<Item = Command> {
    Command::ALL.into_iter().filter(move |command| admits(state, *command))
}
