//! An order for a medical device and what has become of it.

mod realisation;

pub use realisation::{
    IssuedItem, IssuedProduct, Method, Realisation, Receipt, Receiver, WithdrawnRealisation,
};

use super::content::{AdditionalEntitlement, Content, RightProof};
use super::lifecycle::State;
use super::money::Terms;
use super::paper::{Channel, Formerly, Reason, Reply, Scan};
use super::pending::{PendingStep, RefusedStep};
use super::release::ReleaseRequest;
use super::verification::Finding;
use crate::demand::model::{Attested, Officer};
use crate::device_group::{AgeRange, Profession};
use crate::ids::{DeviceOrderId, OrganisationId, SpaceId, TakeUpId};
use crate::values::{
    AccessCode, ClientReference, DeviceCode, DeviceOrderNumber, LicenceNumber, PersonName, Pieces, Text,
    YearMonth,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// An order with everything that is true of it now.
#[derive(Clone, Debug, PartialEq)]
pub struct DeviceOrder {
    pub id: DeviceOrderId,
    /// Given when it is registered; kept over corrections.
    pub number: Option<DeviceOrderNumber>,
    pub space: SpaceId,
    /// The entity in which it is issued.
    pub entity: OrganisationId,
    pub prescriber: ByLicence,
    pub client_id: String,
    pub client_reference: Option<ClientReference>,
    /// Grows by one with every saved change.
    pub revision: i64,
    /// Grows with every correction that is sent.
    pub content_version: i32,
    pub content: Content,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
    pub state: State,
    /// Its signature awaits validation outside.
    pub pending: Option<PendingStep>,
    /// Steps whose wait was ended, oldest first.
    pub refused_steps: Vec<RefusedStep>,
}

/// Who orders: the five professions have numbers of their own shape (DO-1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ByLicence {
    pub profession: Profession,
    pub licence_number: LicenceNumber,
}

/// A signature over one version of the content: of the prescriber, or of whom they authorised (DO-7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Issue {
    pub signed: Attested,
    pub signed_by: Signatory,
    pub content_version: i32,
    /// Warsaw date of acceptance; on paper the one that it bears.
    pub issued_on: NaiveDate,
    pub issued_at: DateTime<Utc>,
    pub paper: Option<OnPaper>,
}

/// Whose signature stands under an order; the prescriber is stored beside (DO-7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Signatory {
    Prescriber,
    /// A person authorised by the prescriber, such as a medical assistant.
    Authorised {
        given_names: PersonName,
        family_name: PersonName,
    },
}

/// An order that came on paper and was confirmed at a branch (DO-8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OnPaper {
    /// The payer's branch, 1 to 17.
    pub branch: u8,
    /// The organisation of the officer.
    pub office: OrganisationId,
    pub entered_by: Officer,
    pub entered_at: DateTime<Utc>,
    /// When it reached the branch.
    pub received_on: NaiveDate,
    /// How it came, and so how its number goes back.
    pub channel: Channel,
    pub reason: Reason,
    pub scan: Scan,
    /// What the same paper was entered as before, until that was cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formerly: Option<Formerly>,
    /// The number was sent back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<Reply>,
    /// The one provider at which every part is realised (DO-38); none before the first part.
    pub bound_to: Option<OrganisationId>,
}

/// What the payer confirms of one code and side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConfirmedLine {
    pub code: DeviceCode,
    /// The tier of the group that the figures are of.
    pub tier: u32,
    pub side: Option<Side>,
    /// Of one month where the order is monthly; less than ordered where the tier has a bound of its own.
    pub pieces: Pieces,
    /// Of the patient's band: whoever grows out of it has other terms.
    #[serde(default)]
    pub ages: AgeRange,
    pub terms: Terms,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Side {
    Left,
    Right,
}

impl Side {
    pub const ALL: [Side; 2] = [Self::Left, Self::Right];

    pub fn name(self) -> &'static str {
        match self {
            Self::Left => "LEFT",
            Self::Right => "RIGHT",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|side| side.name() == name)
    }
}

/// How the right to benefits is known (DO-28, DO-29).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Right {
    /// The payer's service confirmed it under that number.
    Confirmed { operation: Text<20> },
    /// What the patient brought stands in.
    Proved,
    /// Nothing shows it: an officer of the payer accepted the order all the same (DO-27).
    Accepted,
}

/// A positive verification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Confirmation {
    pub lines: Vec<ConfirmedLine>,
    pub right: Right,
    /// What the prescriber, the patient or the provider should know.
    pub warnings: Vec<Finding>,
    pub verified_at: DateTime<Utc>,
    /// The officer who accepted what had been found negative (DO-27).
    pub accepted: Option<Acceptance>,
}

/// Why an officer accepted an order that was verified as negative.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Acceptance {
    pub by: Officer,
    pub reason: Text<500>,
    pub at: DateTime<Utc>,
}

/// Consecutive months of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Months {
    pub from: YearMonth,
    pub count: u32,
}

impl Months {
    pub fn each(self) -> impl Iterator<Item = YearMonth> {
        (0..self.count).map(move |month| self.from.plus(month))
    }

    pub fn last(self) -> YearMonth {
        self.from.plus(self.count.saturating_sub(1))
    }

    pub fn overlap(self, other: Self) -> bool {
        self.from <= other.last() && other.from <= self.last()
    }

    pub fn hold(self, month: YearMonth) -> bool {
        (self.from..=self.last()).contains(&month)
    }
}

/// A provider's exclusive hold on months of an order, or on the whole of a one-off one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TakeUp {
    pub id: TakeUpId,
    pub provider: Provider,
    /// None of a one-off order.
    pub months: Option<Months>,
    pub taken_at: DateTime<Utc>,
    /// The last day on which the goods may be issued before the hold ends by itself.
    pub held_until: NaiveDate,
    /// How many days after the hold's last one a confirmation of goods that were issued in time may follow.
    #[serde(default)]
    pub confirmation_days: u32,
    pub entitlement: EntitlementChoice,
    /// What the patient brought to the counter; it stands before the order's own (DO-28, DO-29).
    #[serde(default)]
    pub proof: Option<RightProof>,
    /// What the counter knows of a pregnancy; without it the order's word stands (DO-57).
    #[serde(default)]
    pub pregnant: Option<bool>,
    /// Frozen when it was verified: what the catalogue says later changes nothing (DO-61).
    pub lines: Vec<ConfirmedLine>,
    pub right: Option<Right>,
    pub changes: Vec<LimitChange>,
    /// What the reason `OTHER` means here.
    #[serde(default)]
    pub other_change: Option<Text<500>>,
    /// Confirmations that were taken back (DO-46), oldest first.
    pub withdrawn: Vec<WithdrawnRealisation>,
    /// Who asked the provider to give it back, oldest first.
    #[serde(default)]
    pub release_requests: Vec<ReleaseRequest>,
    pub state: TakeUpState,
}

/// Who supplies, under whose contract (DO-35).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Provider {
    pub id: OrganisationId,
    pub name: Text<300>,
    pub contract: Text<40>,
    /// The place of issue, by its code in the contract.
    pub place: Text<40>,
    /// The contract's holder, where a subcontractor acts under it.
    pub acts_for: Option<OrganisationId>,
}

/// What the provider does with the additional entitlement of the order (DO-39).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum EntitlementChoice {
    Keep,
    Remove,
    Set { entitlement: AdditionalEntitlement },
}

/// Why a limit is another one at take-up, with the payer's letters (DO-34).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LimitChange {
    Age,
    Entitlement,
    Regulation,
    /// The provider issues another code.
    Code,
    /// Described in words.
    Other,
}

impl LimitChange {
    pub fn nfz_letter(self) -> char {
        match self {
            Self::Age => 'W',
            Self::Entitlement => 'D',
            Self::Regulation => 'S',
            Self::Code => 'R',
            Self::Other => 'I',
        }
    }
}

/// Where a take-up stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum TakeUpState {
    Verifying,
    Refused {
        findings: Vec<Finding>,
        at: DateTime<Utc>,
    },
    Held,
    Realised {
        realisation: Box<Realisation>,
    },
    /// Given back, by the provider or an officer.
    Withdrawn {
        reason: Text<500>,
        by: Option<Officer>,
        at: DateTime<Utc>,
    },
    /// Nothing was issued while it was held.
    Lapsed {
        at: DateTime<Utc>,
    },
}

impl TakeUpState {
    pub const NAMES: [&'static str; 6] = ["VERIFYING", "REFUSED", "HELD", "REALISED", "WITHDRAWN", "LAPSED"];

    pub fn name(&self) -> &'static str {
        match self {
            Self::Verifying => "VERIFYING",
            Self::Refused { .. } => "REFUSED",
            Self::Held => "HELD",
            Self::Realised { .. } => "REALISED",
            Self::Withdrawn { .. } => "WITHDRAWN",
            Self::Lapsed { .. } => "LAPSED",
        }
    }
}

/// What opens an order to a provider (DO-15, DO-17).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Access {
    /// Only of a patient with a PESEL.
    pub code: Option<AccessCode>,
}
