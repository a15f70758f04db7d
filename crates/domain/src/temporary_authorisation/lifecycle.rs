//! The states of a notification, what each holds, and which command leads where.

mod commands;

pub use commands::{BEGINNINGS, Command, TRANSITIONS, Transition, admits, commands_in};

use super::clarification::Open;
use super::content::{Batch, Content};
use super::model::{Added, Examined, PassedOn, Resolution, ResolutionDraft, SentBack, Terms};
use crate::demand::ledger::Ledger;
use crate::demand::lifecycle::DraftReturned;
use crate::demand::model::{Issue, Officer, Revocation, RevocationDraft, TakenOver};
use crate::ids::OrganisationId;
use crate::values::{BatchNumber, Quantity, Text};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Where a notification stands, with exactly what is true there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    Draft(Box<Draft>),
    AwaitingRepresentative(Box<AwaitingRepresentative>),
    WithMinister(Box<WithMinister>),
    Clarification(Box<Open>),
    ResolutionPrepared(Box<ResolutionPrepared>),
    Consented(Box<Consented>),
    Refused(Box<Refused>),
    Lapsed(Box<Lapsed>),
    Revoked(Box<Revoked>),
    Withdrawn(Box<Withdrawn>),
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Why the representative sent it back last.
    pub sent_back: Option<SentBack>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AwaitingRepresentative {
    pub issue: Issue,
    pub since: DateTime<Utc>,
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
pub struct ResolutionPrepared {
    pub examined: Examined,
    pub since: DateTime<Utc>,
    pub assigned: Officer,
    pub taken_over: Option<TakenOver>,
    pub draft: ResolutionDraft,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Consented {
    pub examined: Examined,
    pub resolution: Resolution,
    pub terms: Terms,
    /// What additions have added since.
    pub added: Vec<Added>,
    /// Every pharmacy that passed it on, once each.
    pub passed_on: Vec<PassedOn>,
    pub ledger: Ledger,
    pub revocation_draft: Option<RevocationDraft>,
}

impl Consented {
    /// Everything that may be drawn, additions counted; `None` beyond what a quantity can be.
    pub fn quantity(&self) -> Option<Quantity> {
        Quantity::new(self.total(), self.terms.quantity.unit()).ok()
    }

    /// The amount of the consent and its additions together.
    pub fn total(&self) -> Decimal {
        let added: Decimal = self.added.iter().map(|added| added.quantity.amount()).sum();
        self.terms.quantity.amount() + added
    }

    /// Every batch that may be brought in, those of additions last.
    pub fn batches<'a>(&'a self, content: &'a Content) -> impl Iterator<Item = &'a Batch> {
        content.batches.iter().chain(self.added.iter().flat_map(|added| &added.batches))
    }

    /// The addition with which this batch came; none, where the consent itself covers it.
    pub fn addition_of(&self, content: &Content, batch: &BatchNumber) -> Option<&Added> {
        let is_of = |batches: &[Batch]| batches.iter().any(|it| it.number == *batch);
        self.added.iter().find(|added| is_of(&added.batches)).filter(|_| !is_of(&content.batches))
    }

    pub fn passed_on_by(&self, pharmacy: OrganisationId) -> Option<&PassedOn> {
        self.passed_on.iter().find(|passed| passed.handover.pharmacy.id == pharmacy)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refused {
    pub examined: Examined,
    pub resolution: Resolution,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lapsed {
    pub consented: Consented,
    pub at: DateTime<Utc>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Revoked {
    pub consented: Consented,
    pub revocation: Revocation,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Withdrawn {
    pub reason: Text<2000>,
    pub at: DateTime<Utc>,
    /// Where it stood; nothing of the examination is lost.
    pub was: State,
}

/// The name of a state, as the API shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StateName {
    Draft,
    AwaitingRepresentative,
    WithMinister,
    Clarification,
    ResolutionPrepared,
    Consented,
    Refused,
    Lapsed,
    Revoked,
    Withdrawn,
}

impl StateName {
    pub const ALL: [StateName; 10] = [
        Self::Draft,
        Self::AwaitingRepresentative,
        Self::WithMinister,
        Self::Clarification,
        Self::ResolutionPrepared,
        Self::Consented,
        Self::Refused,
        Self::Lapsed,
        Self::Revoked,
        Self::Withdrawn,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::AwaitingRepresentative => "AWAITING_REPRESENTATIVE",
            Self::WithMinister => "WITH_MINISTER",
            Self::Clarification => "CLARIFICATION",
            Self::ResolutionPrepared => "RESOLUTION_PREPARED",
            Self::Consented => "CONSENTED",
            Self::Refused => "REFUSED",
            Self::Lapsed => "LAPSED",
            Self::Revoked => "REVOKED",
            Self::Withdrawn => "WITHDRAWN",
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
            | Self::WithMinister
            | Self::Clarification
            | Self::ResolutionPrepared
            | Self::Consented => true,
            Self::Refused | Self::Lapsed | Self::Revoked | Self::Withdrawn => false,
        }
    }
}

impl State {
    pub fn name(&self) -> StateName {
        match self {
            Self::Draft(_) => StateName::Draft,
            Self::AwaitingRepresentative(_) => StateName::AwaitingRepresentative,
            Self::WithMinister(_) => StateName::WithMinister,
            Self::Clarification(_) => StateName::Clarification,
            Self::ResolutionPrepared(_) => StateName::ResolutionPrepared,
            Self::Consented(_) => StateName::Consented,
            Self::Refused(_) => StateName::Refused,
            Self::Lapsed(_) => StateName::Lapsed,
            Self::Revoked(_) => StateName::Revoked,
            Self::Withdrawn(_) => StateName::Withdrawn,
        }
    }
}
