//! A wholesaler's notification and what its people have put into it.

use super::clarification::Ended;
use super::content::{Batch, Content};
use super::lifecycle::State;
use super::paper::Paper;
use crate::demand::model::{Attested, Digest, Handover, Issue, Officer, Signed};
use crate::ids::{AuthorisationId, OrganisationId, SpaceId};
use crate::pending::{PendingStep, RefusedStep};
use crate::values::{AuthorisationNumber, ClientReference, Quantity, ResolutionNumber, Text};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A notification with everything that is true of it now.
#[derive(Clone, Debug, PartialEq)]
pub struct Authorisation {
    pub id: AuthorisationId,
    pub number: AuthorisationNumber,
    pub space: SpaceId,
    /// The wholesaler that notifies, and brings in what the minister consents to.
    pub wholesaler: OrganisationId,
    /// The software that created it.
    pub client_id: String,
    pub client_reference: Option<ClientReference>,
    /// The consent to which it adds batches.
    pub adds_to: Option<AuthorisationId>,
    /// Grows by one with every saved change; the document's ETag.
    pub revision: i64,
    /// Grows when content that was signed goes back to a draft.
    pub content_version: i32,
    pub content: Content,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
    /// How it came on paper.
    pub paper: Option<Paper>,
    /// Questions of the minister that have ended, oldest first.
    pub clarifications: Vec<Ended>,
    pub state: State,
    /// A step whose signature awaits validation outside.
    pub pending: Option<PendingStep>,
    /// Signed steps whose wait for validation an officer ended, oldest first.
    pub refused_steps: Vec<RefusedStep>,
}

/// What the minister examines: the notification and the co-signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Examined {
    pub issue: Issue,
    pub approval: Attested,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Outcome {
    Consented,
    Refused,
}

impl Outcome {
    pub const ALL: [Outcome; 2] = [Self::Consented, Self::Refused];

    pub fn name(self) -> &'static str {
        match self {
            Self::Consented => "CONSENTED",
            Self::Refused => "REFUSED",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == name)
    }
}

/// For how long a consent holds, both days counted (PF art. 4(8): «for a fixed period»).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Period {
    pub from: NaiveDate,
    pub until: NaiveDate,
}

impl Period {
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.until
    }
}

/// What the preparer puts before the decider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResolutionDraft {
    pub number: ResolutionNumber,
    pub outcome: Outcome,
    pub approved_quantity: Option<Quantity>,
    pub period: Option<Period>,
    /// On what terms the minister consents.
    pub conditions: Option<Text<8000>>,
    pub grounds: Option<Text<8000>>,
    pub prepared_by: Officer,
    pub prepared_at: DateTime<Utc>,
}

/// The signed resolution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Resolution {
    pub draft: ResolutionDraft,
    pub decided_by: Officer,
    pub signed: Signed,
    /// Warsaw date of the resolution.
    pub resolved_on: NaiveDate,
    pub resolved_at: DateTime<Utc>,
    /// The compact token that proves it offline.
    pub decision_token: String,
}

/// What was consented to, as the decider signed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Terms {
    pub quantity: Quantity,
    pub period: Period,
}

/// What the consent of an addition has added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Added {
    pub authorisation: AuthorisationId,
    pub number: AuthorisationNumber,
    pub resolution_number: ResolutionNumber,
    pub quantity: Quantity,
    pub batches: Vec<Batch>,
    /// On what terms the minister consented to these batches.
    #[serde(default)]
    pub conditions: Option<Text<8000>>,
    pub added_on: NaiveDate,
}

/// A pharmacy's hand-over to the wholesaler, with how many entries of the ledger stand on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PassedOn {
    pub handover: Handover,
    pub entries: u32,
}

/// Why a submission went back to its draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SentBack {
    pub reason: Text<2000>,
    /// What had been signed.
    pub submission_sha256: Digest,
    pub at: DateTime<Utc>,
}
