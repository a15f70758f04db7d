//! A demand and what its people have put into it.

use super::clarification::Ended;
use super::content::Content;
use super::lifecycle::State;
use crate::ids::{DemandId, OrganisationId, PersonId, SpaceId};
use crate::values::{
    ClientReference, DemandNumber, DemandSeries, FieldOfMedicine, Npwz, PersonName, Quantity,
    ResolutionNumber, Text,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

pub use super::attested::{Attested, Handwritten};
pub use super::signed::{Digest, Named, SignatureKind, SignatureLevel, Signed};

/// What the demand is for; each kind has its own field matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DemandKind {
    Medicine,
    Food,
}

impl DemandKind {
    pub const ALL: [DemandKind; 2] = [Self::Medicine, Self::Food];

    pub fn name(self) -> &'static str {
        match self {
            Self::Medicine => "MEDICINE",
            Self::Food => "FOOD",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The name of its type among all documents.
    pub fn collection(self) -> &'static str {
        match self {
            Self::Medicine => "medicine-demands",
            Self::Food => "food-demands",
        }
    }

    /// The series of its numbers.
    pub fn series(self) -> DemandSeries {
        match self {
            Self::Medicine => DemandSeries::Medicine,
            Self::Food => DemandSeries::Food,
        }
    }
}

/// A demand with everything that is true of it now.
#[derive(Clone, Debug, PartialEq)]
pub struct Demand {
    pub id: DemandId,
    pub number: DemandNumber,
    pub space: SpaceId,
    /// The entity performing medical activity in which it is issued.
    pub entity: OrganisationId,
    /// The physician who holds it.
    pub physician: Npwz,
    /// The software that created it.
    pub client_id: String,
    pub client_reference: Option<ClientReference>,
    pub based_on: Option<DemandId>,
    /// Why another physician of the entity has it now.
    pub taken_over: Option<PhysicianTakeover>,
    /// Consultants who sent it back, first to last: another one may have been chosen since.
    pub assessors: Vec<Npwz>,
    /// How it came on paper (PF art. 4ad(8)).
    pub paper: Option<super::paper::Paper>,
    /// Grows by one with every saved change; the document's ETag.
    pub revision: i64,
    /// Grows when signed content is edited.
    pub content_version: i32,
    pub content: Content,
    /// Questions of the minister that have ended, oldest first.
    pub clarifications: Vec<Ended>,
    /// The Warsaw date of the very first issue, kept over later ones.
    pub first_issued_on: Option<NaiveDate>,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
    pub state: State,
    /// A signature that awaits validation outside.
    pub pending: Option<crate::pending::PendingStep>,
    /// Signed steps whose wait for validation an officer ended, oldest first.
    pub refused_steps: Vec<crate::pending::RefusedStep>,
    /// The later list of treated patients, once something of it was reported.
    pub treated: Option<super::treated::TreatedList>,
}

impl Demand {
    /// Whether this physician holds the demand, has held it, or is named in it as its issuer.
    pub fn is_or_was_of(&self, physician: &Npwz) -> bool {
        let former = self.taken_over.iter().flat_map(|it| it.earlier.iter().chain([&it.from]));
        let mut involved = former.chain([&self.physician]).chain(&self.content.physician.npwz);
        involved.any(|one| one == physician)
    }
}

/// The physician's signature over one version of the content: the issue of the demand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Issue {
    pub signed: Attested,
    pub content_version: i32,
    /// Warsaw date of acceptance; on paper the one that it bears.
    pub issued_on: NaiveDate,
    pub issued_at: DateTime<Utc>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ConsultantKind {
    National,
    Voivodeship,
}

impl ConsultantKind {
    pub fn name(self) -> &'static str {
        match self {
            Self::National => "NATIONAL",
            Self::Voivodeship => "VOIVODESHIP",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        [Self::National, Self::Voivodeship].into_iter().find(|kind| kind.name() == name)
    }
}

/// The chosen consultant with the particulars the register keeps (PF art. 4d(3)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Consultant {
    pub person: PersonId,
    pub npwz: Npwz,
    pub given_names: PersonName,
    pub family_name: PersonName,
    /// Professional title and academic degree.
    pub qualifications: Text<300>,
    pub kind: ConsultantKind,
    pub field: FieldOfMedicine,
    /// Whom they stand in for; nobody where the physician chose them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_place_of: Option<InPlaceOf>,
}

/// The chosen consultant who was away when another answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InPlaceOf {
    pub npwz: Npwz,
    pub given_names: PersonName,
    pub family_name: PersonName,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Verdict {
    Confirmed,
    Refused,
    NotMyField,
    ConflictOfInterest,
}

impl Verdict {
    pub const ALL: [Verdict; 4] =
        [Self::Confirmed, Self::Refused, Self::NotMyField, Self::ConflictOfInterest];

    pub fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "CONFIRMED",
            Self::Refused => "REFUSED",
            Self::NotMyField => "NOT_MY_FIELD",
            Self::ConflictOfInterest => "CONFLICT_OF_INTEREST",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.name() == name)
    }

    /// Whether the consultant judged the merits, and so has to sign (PF art. 4ad(2)).
    pub fn is_on_the_merits(self) -> bool {
        match self {
            Self::Confirmed | Self::Refused => true,
            Self::NotMyField | Self::ConflictOfInterest => false,
        }
    }
}

/// A confirmation by the consultant, with which the case reaches the minister.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Opinion {
    pub consultant: Consultant,
    pub signed: Attested,
    pub justification: Option<Text<8000>>,
    pub given_at: DateTime<Utc>,
}

/// What the minister examines: the issue, the co-signature and the opinion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Examined {
    pub issue: Issue,
    pub approval: Option<Attested>,
    pub opinion: Opinion,
}

/// Why another physician of the entity goes on with a demand, and who had it before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PhysicianTakeover {
    pub from: Npwz,
    /// Who held it before them, first to last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Npwz>,
    pub reason: Text<2000>,
    pub at: DateTime<Utc>,
}

/// An officer of the ministry as the register names them (PF art. 4d(3)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Officer {
    pub person: PersonId,
    pub given_names: PersonName,
    pub family_name: PersonName,
    /// Post in the ministry.
    pub function: Text<200>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Outcome {
    Approved,
    Rejected,
}

impl Outcome {
    pub fn name(self) -> &'static str {
        match self {
            Self::Approved => "APPROVED",
            Self::Rejected => "REJECTED",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        [Self::Approved, Self::Rejected].into_iter().find(|outcome| outcome.name() == name)
    }
}

/// What the preparer puts before the decider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResolutionDraft {
    pub number: ResolutionNumber,
    pub outcome: Outcome,
    pub approved_quantity: Option<Quantity>,
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

/// An organisation of the supply chain by id and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Party {
    pub id: OrganisationId,
    pub name: Text<300>,
}

/// The approved demand passed on to a wholesaler (PF art. 4ad(5)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Handover {
    pub wholesaler: Party,
    pub pharmacy: Party,
    /// Who passed it on: the pharmacy that did, on paper the one that receives.
    pub passed_on_by: OrganisationId,
    /// Warsaw date on which it was passed on.
    pub passed_on: NaiveDate,
    pub recorded_at: DateTime<Utc>,
    pub on_paper: bool,
}

/// Why a hand-over was taken back: declined by the wholesaler or recalled by the pharmacy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HandoverReturn {
    pub by: OrganisationId,
    pub reason: Text<2000>,
    pub at: DateTime<Utc>,
}

/// Why a case passed from one preparer to another (for a medicine KPA art. 66a).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TakenOver {
    pub from: Officer,
    pub reason: Text<2000>,
    pub at: DateTime<Utc>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RevocationDraft {
    pub grounds: Text<8000>,
    pub legal_basis: Text<500>,
    pub prepared_by: Officer,
    pub prepared_at: DateTime<Utc>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Revocation {
    pub draft: RevocationDraft,
    pub decided_by: Officer,
    pub revoked_at: DateTime<Utc>,
}
