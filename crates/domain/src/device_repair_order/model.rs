//! A repair order and what has become of it.

use super::content::Content;
use super::lifecycle::State;
use crate::demand::model::{Attested, Officer};
use crate::device_order::model::{ByLicence, Method, Provider, Receipt, Right, Signatory};
use crate::device_order::money::{Amounts, Terms};
use crate::device_order::pending::{PendingStep, RefusedStep};
use crate::device_order::release::ReleaseRequest;
use crate::device_order::verification::Finding;
use crate::ids::{OrganisationId, RepairOrderId, SpaceId, TakeUpId};
use crate::values::{ClientReference, DeviceOrderNumber, Grosze, Text};
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A repair order with everything that is true of it now.
#[derive(Clone, Debug, PartialEq)]
pub struct RepairOrder {
    pub id: RepairOrderId,
    /// Given with the first signature; kept over corrections.
    pub number: Option<DeviceOrderNumber>,
    pub space: SpaceId,
    /// The entity, or the branch of the payer, in which it is issued.
    pub entity: OrganisationId,
    pub issuer: Issuer,
    pub client_id: String,
    pub client_reference: Option<ClientReference>,
    pub revision: i64,
    pub content_version: i32,
    pub content: Content,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
    pub state: State,
    /// A signature that awaits validation outside.
    pub pending: Option<PendingStep>,
    /// Steps whose wait was ended, oldest first.
    pub refused_steps: Vec<RefusedStep>,
}

/// Who orders a repair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Issuer {
    Prescriber {
        by: ByLicence,
    },
    /// A branch of the payer, at the patient's request.
    Branch {
        branch: u8,
        officer: Officer,
    },
}

impl Issuer {
    /// Who prescribes; nobody where a branch orders.
    pub fn prescriber(&self) -> Option<&ByLicence> {
        match self {
            Self::Prescriber { by } => Some(by),
            Self::Branch { .. } => None,
        }
    }
}

/// A signature over one version of the content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Issue {
    pub signed: Attested,
    /// Whoever signed for the issuer, who is kept beside (DO-7).
    pub signed_by: Signatory,
    pub content_version: i32,
    /// Warsaw date of acceptance.
    pub issued_on: NaiveDate,
    pub issued_at: DateTime<Utc>,
}

/// A positive verification: what the payer bears of the repair, frozen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Confirmation {
    pub terms: RepairTerms,
    pub right: Right,
    pub warnings: Vec<Finding>,
    pub verified_at: DateTime<Utc>,
}

/// The repair limit of the group, what is left of it, and the payer's share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RepairTerms {
    /// Of the whole period of use.
    pub limit: Grosze,
    /// What earlier repairs have left of it, with the payer's share of that.
    pub left: Terms,
}

/// The provider's hold on the repair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Hold {
    pub id: TakeUpId,
    pub provider: Provider,
    pub taken_at: DateTime<Utc>,
    /// The last day on which the repaired device may be given out before the hold ends by itself.
    pub held_until: NaiveDate,
    /// For how many days after that what was given out in time may still be confirmed.
    #[serde(default)]
    pub confirmation_days: u32,
    /// Who asked the provider to give it back, oldest first.
    #[serde(default)]
    pub release_requests: Vec<ReleaseRequest>,
}

impl Hold {
    /// The last day on which it has the repair.
    pub fn confirmed_until(&self) -> NaiveDate {
        self.held_until + Days::new(u64::from(self.confirmation_days))
    }
}

/// What was repaired, and what it cost (part III).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Repair {
    pub hold: Hold,
    pub description: Text<1000>,
    pub amounts: Amounts,
    /// What was left of the repair limit by then; where nothing is said, what the verification found.
    #[serde(default)]
    pub left: Option<Grosze>,
    /// How much of the repair limit it used (DO-48).
    pub used: Grosze,
    pub guarantee_months: u32,
    pub issued_on: NaiveDate,
    pub method: Method,
    pub staff: Text<120>,
    pub receipt: Receipt,
    pub confirmed_at: DateTime<Utc>,
    /// By what it lengthened the period of use; none where the list has no such period in months.
    #[serde(default)]
    pub extension: Option<Extension>,
}

/// By how much a repair lengthened the period of use (DO-48).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Extension {
    pub months: u32,
    /// The day from which the next device is borne; none where it is not known here when the period began.
    pub extended_to: Option<NaiveDate>,
}

/// A hold or a confirmation that was given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GivenBack {
    pub provider: OrganisationId,
    pub reason: Text<500>,
    /// Of a confirmation that was an error, what it was worth.
    pub amounts: Option<Amounts>,
    pub by: Option<Officer>,
    pub at: DateTime<Utc>,
}
