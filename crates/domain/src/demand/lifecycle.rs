//! The states of a demand, what each holds, and which command leads where.

mod commands;

pub use commands::{BEGINNINGS, Command, TRANSITIONS, Transition, admits, commands_in};

use super::clarification::Open;
use super::events::{ExpiryReason, ReturnReason};
use super::ledger::Ledger;
use super::model::{
    Attested, Consultant, Examined, Handover, HandoverReturn, Issue, Officer, Resolution, ResolutionDraft,
    Revocation, RevocationDraft, Signed, TakenOver,
};
use crate::values::Text;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Where a demand stands, with exactly what is true there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    Draft,
    AwaitingRepresentative(AwaitingRepresentative),
    AwaitingConsultant(AwaitingConsultant),
    Returned(Box<Returned>),
    WithMinister(Box<WithMinister>),
    Clarification(Box<Open>),
    ResolutionPrepared(Box<ResolutionPrepared>),
    Approved(Box<Approved>),
    Rejected(Box<Rejected>),
    WithWholesaler(Box<WithWholesaler>),
    Realised(Box<Realised>),
    Expired(Box<Expired>),
    Withdrawn(Box<Withdrawn>),
    Revoked(Box<Revoked>),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AwaitingRepresentative {
    pub issue: Issue,
    pub consultant: Consultant,
    pub since: DateTime<Utc>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AwaitingConsultant {
    pub issue: Issue,
    pub approval: Option<Attested>,
    pub consultant: Consultant,
    pub since: DateTime<Utc>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Returned {
    pub issue: Issue,
    pub approval: Option<Attested>,
    pub consultant: Consultant,
    pub reason: ReturnReason,
    /// The representative's reason or the consultant's justification.
    pub text: Option<Text<8000>>,
    /// The consultant's signature under a refusal on the merits.
    pub refusal: Option<Signed>,
    pub at: DateTime<Utc>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WithMinister {
    pub examined: Examined,
    pub since: DateTime<Utc>,
    pub assigned: Option<Officer>,
    /// Why the last draft was taken back or sent back.
    pub draft_returned: Option<DraftReturned>,
    pub taken_over: Option<TakenOver>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DraftReturned {
    pub by: Officer,
    pub reason: Text<2000>,
    pub at: DateTime<Utc>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResolutionPrepared {
    pub examined: Examined,
    pub since: DateTime<Utc>,
    pub assigned: Officer,
    pub taken_over: Option<TakenOver>,
    pub draft: ResolutionDraft,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Approved {
    pub examined: Examined,
    pub resolution: Resolution,
    /// The first hand-over in time keeps later ones in time (PF art. 4ad(7)).
    pub first_passed_on: Option<NaiveDate>,
    /// Why the last hand-over was taken back.
    pub handover_returned: Option<HandoverReturn>,
    pub revocation_draft: Option<RevocationDraft>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rejected {
    pub examined: Examined,
    pub resolution: Resolution,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WithWholesaler {
    pub approved: Approved,
    pub handover: Handover,
    pub ledger: Ledger,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Realised {
    pub approved: Approved,
    pub handover: Handover,
    pub ledger: Ledger,
    pub at: DateTime<Utc>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(
    clippy::large_enum_variant,
    reason = "a state holds it boxed, so that no other state pays for its size"
)]
pub enum Expired {
    /// Where it stood when the term ran out; a consultant's or representative's reason stays readable.
    NotSubmitted {
        was: Box<State>,
        at: DateTime<Utc>,
    },
    NotRealised {
        approved: Approved,
        at: DateTime<Utc>,
    },
}

impl Expired {
    pub fn reason(&self) -> ExpiryReason {
        match self {
            Self::NotSubmitted { .. } => ExpiryReason::NotSubmitted,
            Self::NotRealised { .. } => ExpiryReason::NotRealised,
        }
    }

    pub fn at(&self) -> DateTime<Utc> {
        match self {
            Self::NotSubmitted { at, .. } | Self::NotRealised { at, .. } => *at,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Withdrawn {
    pub reason: Text<2000>,
    pub at: DateTime<Utc>,
    /// Where it stood; nothing of the examination is lost.
    pub was: State,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Revoked {
    pub approved: Approved,
    pub handover: Option<Handover>,
    pub ledger: Ledger,
    pub revocation: Revocation,
}

/// The name of a state, as the API shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StateName {
    Draft,
    AwaitingRepresentative,
    AwaitingConsultant,
    Returned,
    WithMinister,
    Clarification,
    ResolutionPrepared,
    Approved,
    Rejected,
    WithWholesaler,
    Realised,
    Expired,
    Withdrawn,
    Revoked,
}

impl StateName {
    pub const ALL: [StateName; 14] = [
        Self::Draft,
        Self::AwaitingRepresentative,
        Self::AwaitingConsultant,
        Self::Returned,
        Self::WithMinister,
        Self::Clarification,
        Self::ResolutionPrepared,
        Self::Approved,
        Self::Rejected,
        Self::WithWholesaler,
        Self::Realised,
        Self::Expired,
        Self::Withdrawn,
        Self::Revoked,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::AwaitingRepresentative => "AWAITING_REPRESENTATIVE",
            Self::AwaitingConsultant => "AWAITING_CONSULTANT",
            Self::Returned => "RETURNED",
            Self::WithMinister => "WITH_MINISTER",
            Self::Clarification => "CLARIFICATION",
            Self::ResolutionPrepared => "RESOLUTION_PREPARED",
            Self::Approved => "APPROVED",
            Self::Rejected => "REJECTED",
            Self::WithWholesaler => "WITH_WHOLESALER",
            Self::Realised => "REALISED",
            Self::Expired => "EXPIRED",
            Self::Withdrawn => "WITHDRAWN",
            Self::Revoked => "REVOKED",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Whether the document can still move; a client's own reference is free again once it cannot.
    pub fn is_open(self) -> bool {
        match self {
            Self::Draft
            | Self::AwaitingRepresentative
            | Self::AwaitingConsultant
            | Self::Returned
            | Self::WithMinister
            | Self::Clarification
            | Self::ResolutionPrepared
            | Self::Approved
            | Self::WithWholesaler => true,
            Self::Rejected | Self::Realised | Self::Expired | Self::Withdrawn | Self::Revoked => false,
        }
    }
}

impl State {
    pub fn name(&self) -> StateName {
        match self {
            Self::Draft => StateName::Draft,
            Self::AwaitingRepresentative(_) => StateName::AwaitingRepresentative,
            Self::AwaitingConsultant(_) => StateName::AwaitingConsultant,
            Self::Returned(_) => StateName::Returned,
            Self::WithMinister(_) => StateName::WithMinister,
            Self::Clarification(_) => StateName::Clarification,
            Self::ResolutionPrepared(_) => StateName::ResolutionPrepared,
            Self::Approved(_) => StateName::Approved,
            Self::Rejected(_) => StateName::Rejected,
            Self::WithWholesaler(_) => StateName::WithWholesaler,
            Self::Realised(_) => StateName::Realised,
            Self::Expired(_) => StateName::Expired,
            Self::Withdrawn(_) => StateName::Withdrawn,
            Self::Revoked(_) => StateName::Revoked,
        }
    }
}
