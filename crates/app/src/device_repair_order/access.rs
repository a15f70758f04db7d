//! What a caller is to a repair order, and loading one as they may see it.

use crate::Parts;
use crate::caller::{Caller, Role};
use crate::device_order::{Facts, facts};
use crate::failure::Failure;
use crate::faults::NOT_YOURS;
use chrono::{DateTime, Utc};
use domain::device_repair_order::lifecycle::Confirmed;
use domain::device_repair_order::officers::has_acted;
use domain::device_repair_order::{Command, RepairOrder, StateName};
use domain::ids::{OrganisationId, PatientId, RepairOrderId};
use store::Tx;
use store::device_repair_order::Loaded;

/// What the caller is to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    Prescriber,
    /// Of the same entity, and authorised by the prescriber at present (DO-7).
    Assistant,
    /// An officer of the branch that issues it.
    Branch,
    Patient,
    /// An officer of the payer, once it is issued: enough to act on it, and nothing of the patient.
    NfzStaff,
    /// An officer who has acted on it, or who has said why they must see it whole (ADR 49).
    NfzOfficer,
    /// Who has opened it with its access data, holds it, or has carried it out.
    Provider,
    /// Who held it, gave nothing out, and cannot take it up any more.
    FormerProvider,
}

impl Relation {
    pub const ALL: [Relation; 8] = [
        Self::Prescriber,
        Self::Assistant,
        Self::Branch,
        Self::Patient,
        Self::NfzStaff,
        Self::NfzOfficer,
        Self::Provider,
        Self::FormerProvider,
    ];

    /// Whether a provider asks, who is shown its own doings alone.
    pub(super) fn is_provider(self) -> bool {
        matches!(self, Self::Provider | Self::FormerProvider)
    }

    /// Whether the order is theirs to issue.
    pub(super) fn is_issuer(self) -> bool {
        matches!(self, Self::Prescriber | Self::Assistant | Self::Branch)
    }

    /// Whether an officer of the payer asks, whatever they see of it.
    pub(super) fn is_officer(self) -> bool {
        matches!(self, Self::Branch | Self::NfzStaff | Self::NfzOfficer)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Prescriber => "PRESCRIBER",
            Self::Assistant => "ASSISTANT",
            Self::Branch => "BRANCH",
            Self::Patient => "PATIENT",
            Self::NfzStaff => "NFZ_STAFF",
            Self::NfzOfficer => "NFZ_OFFICER",
            Self::Provider => "PROVIDER",
            Self::FormerProvider => "FORMER_PROVIDER",
        }
    }

    /// Whether this party may carry the command out, in a state that admits it.
    pub fn may(self, command: Command) -> bool {
        match command {
            Command::Edit | Command::Submission | Command::Correction => self.is_issuer(),
            Command::Cancellation | Command::PendingStepRefusal => self.is_issuer() || self.is_officer(),
            // Of whoever held it, too: the state says why it is over.
            Command::TakeUp | Command::Realisation => self.is_provider(),
            Command::ReleaseRequest => matches!(self, Self::Provider | Self::Patient),
            Command::TakeUpWithdrawal | Command::RealisationWithdrawal => {
                self.is_provider() || self.is_officer()
            }
            Command::VerificationResult | Command::Elapse => false,
        }
    }
}

/// What the caller is to it; `None` when they may not even know of it.
fn relation(caller: &Caller, order: &RepairOrder, patient: PatientId, facts: &Facts) -> Option<Relation> {
    let is_registered = order.state.issue().is_some();
    let is_of_entity = caller.org_id() == Some(order.entity);
    let by = order.issuer.prescriber();
    let is_theirs = is_of_entity && by.is_some_and(|by| facts.prescribers.contains(by));
    match caller.role {
        Role::DevicePrescriber => is_theirs.then_some(Relation::Prescriber),
        Role::MedicalAssistant => is_theirs.then_some(Relation::Assistant),
        Role::Patient => (is_registered && facts.own_patient == Some(patient)).then_some(Relation::Patient),
        Role::NfzOfficer if by.is_none() && is_of_entity => Some(Relation::Branch),
        Role::NfzOfficer => {
            let has_acted = facts.officer.is_some_and(|officer| has_acted(order, officer));
            let sees_whole = facts.has_opened || has_acted;
            let relation = if sees_whole { Relation::NfzOfficer } else { Relation::NfzStaff };
            is_registered.then_some(relation)
        }
        Role::DeviceProvider => {
            // What was opened is seen while it can be had, or another one has it for a while; what was given out stays.
            let is_to_be_had = matches!(order.state.name(), StateName::Positive | StateName::Held);
            let own = caller.org_id()?;
            let has = order.state.hold().is_some_and(|hold| hold.provider.id == own);
            let is_present = has || (facts.has_grant && is_to_be_had);
            let former = had(order, own).then_some(Relation::FormerProvider);
            if is_present { Some(Relation::Provider) } else { former }
        }
        Role::Physician
        | Role::EntityRepresentative
        | Role::Consultant
        | Role::MinistryPreparer
        | Role::MinistryDecider
        | Role::SanitaryInspectorate
        | Role::ProductOffice
        | Role::AssessmentAgency
        | Role::AgricultureMinistry
        | Role::Pharmacy
        | Role::Wholesaler
        | Role::ResponsiblePerson
        | Role::Auditor
        | Role::Admin => None,
    }
}

/// Whether this provider had the repair, and gave it back or let its hold run out.
fn had(order: &RepairOrder, own: OrganisationId) -> bool {
    let is_back = |it: &Confirmed| it.given_back.iter().any(|back| back.provider == own);
    order.state.confirmed().is_some_and(|it| is_back(it) || it.lapsed.contains(&own))
}

/// An order and what its caller is to it.
pub(super) struct Seen {
    pub loaded: Loaded,
    pub facts: Facts,
    pub relation: Relation,
}

/// Loads the order; 404 for one that is unknown or not the caller's to know of.
pub(super) fn load(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    id: RepairOrderId,
) -> Result<Seen, Failure> {
    load_at(tx, parts, caller, id, parts.clock.now(&caller.space))
}

/// The same for a step that counts as of an earlier time.
pub(super) fn load_at(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    id: RepairOrderId,
    at: DateTime<Utc>,
) -> Result<Seen, Failure> {
    let loaded = store::device_repair_order::find(tx, &parts.ring, id)?.ok_or(Failure::NotFound)?;
    // Each space has its own clock: the year of another's order is not judged by the caller's.
    if loaded.order.space != caller.space {
        return Err(Failure::NotFound);
    }
    let mut facts = facts(tx, parts, caller, at)?;
    if let (Role::DeviceProvider, Some(own)) = (caller.role, caller.org_id()) {
        facts.has_grant = store::device_repair_order::has_grant(tx, id, own)?;
    }
    if let Some(officer) = facts.officer {
        facts.has_opened = store::device_repair_order::is_open_to(tx, id, officer, at)?;
    }
    let relation = relation(caller, &loaded.order, loaded.patient, &facts).ok_or(Failure::NotFound)?;
    Ok(Seen { loaded, facts, relation })
}

impl Seen {
    /// What the caller is to it after what they have just done: whoever acts on it sees it whole.
    pub(super) fn relation_to(&self, caller: &Caller, order: &RepairOrder) -> Relation {
        relation(caller, order, self.loaded.patient, &self.facts).unwrap_or(self.relation)
    }

    /// 404 came before; now 403 when the command is somebody else's.
    pub(super) fn admit(&self, command: Command) -> Result<Relation, Failure> {
        if self.relation.may(command) { Ok(self.relation) } else { Err(Failure::Denied(NOT_YOURS)) }
    }
}
