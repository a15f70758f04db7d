//! What a caller is to a demand, and the one decision about access to it.

use crate::caller::{Caller, IdSystem, OrganisationKind, Role};
use Role::{
    Admin, AgricultureMinistry, AssessmentAgency, Auditor, Consultant, DevicePrescriber, DeviceProvider,
    EntityRepresentative, MedicalAssistant, MinistryDecider, MinistryPreparer, NfzOfficer, Patient, Pharmacy,
    Physician, ProductOffice, ResponsiblePerson, SanitaryInspectorate, Wholesaler,
};
use chrono::{DateTime, Utc};
use domain::clarification::Office;
use domain::demand::clarification::{Addressee, waiting_for};
use domain::demand::lifecycle::{Command, StateName, admits};
use domain::demand::model::{Demand, DemandKind};
use domain::demand::revocation;
use domain::ids::{PatientId, PersonId};

/// What the caller is to a demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    IssuingPhysician,
    /// Another physician of the entity, who may take the demand over and until then sees nothing of it.
    Colleague,
    Representative,
    AssignedConsultant,
    AssignedPreparer,
    OtherPreparer,
    /// A preparer without the case who may draft the revocation of its approval, or has drafted it.
    RevocationPreparer,
    Decider,
    /// Staff of the ministry who only need enough to take the case.
    MinistryStaff,
    Patient,
    /// A pharmacy that retrieved it, or the entity's own hospital pharmacy.
    GrantedPharmacy,
    /// The same where the demand has ended, so that nothing is left to hand out.
    FormerPharmacy,
    /// The pharmacy that will receive the product.
    ReceivingPharmacy,
    GrantedWholesaler,
    /// The wholesaler to whom it was passed on.
    HoldingWholesaler,
    /// Whom every consent for a food reaches at once (UBZZ art. 29a(5)).
    Inspectorate,
    /// An office of which the minister has asked something, until it is answered.
    AskedOffice(Office),
}

/// The office for which this role answers the minister.
pub(crate) fn office_of(role: Role) -> Option<Office> {
    Office::ALL.into_iter().find(|office| office.name() == role.name())
}

impl Relation {
    pub const ALL: [Relation; 20] = [
        Self::IssuingPhysician,
        Self::Colleague,
        Self::Representative,
        Self::AssignedConsultant,
        Self::AssignedPreparer,
        Self::OtherPreparer,
        Self::RevocationPreparer,
        Self::Decider,
        Self::MinistryStaff,
        Self::Patient,
        Self::GrantedPharmacy,
        Self::FormerPharmacy,
        Self::ReceivingPharmacy,
        Self::GrantedWholesaler,
        Self::HoldingWholesaler,
        Self::Inspectorate,
        Self::AskedOffice(Office::Products),
        Self::AskedOffice(Office::Assessment),
        Self::AskedOffice(Office::Agriculture),
        Self::AskedOffice(Office::Sanitary),
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::IssuingPhysician => "ISSUING_PHYSICIAN",
            Self::Colleague => "COLLEAGUE",
            Self::Representative => "REPRESENTATIVE",
            Self::AssignedConsultant => "ASSIGNED_CONSULTANT",
            Self::AssignedPreparer => "ASSIGNED_PREPARER",
            Self::OtherPreparer => "OTHER_PREPARER",
            Self::RevocationPreparer => "REVOCATION_PREPARER",
            Self::Decider => "DECIDER",
            Self::MinistryStaff => "MINISTRY_STAFF",
            Self::Patient => "PATIENT",
            Self::GrantedPharmacy => "GRANTED_PHARMACY",
            Self::FormerPharmacy => "FORMER_PHARMACY",
            Self::ReceivingPharmacy => "RECEIVING_PHARMACY",
            Self::GrantedWholesaler => "GRANTED_WHOLESALER",
            Self::HoldingWholesaler => "HOLDING_WHOLESALER",
            Self::Inspectorate => "INSPECTORATE",
            Self::AskedOffice(Office::Products) => "ASKED_PRODUCT_OFFICE",
            Self::AskedOffice(Office::Assessment) => "ASKED_ASSESSMENT_AGENCY",
            Self::AskedOffice(Office::Agriculture) => "ASKED_AGRICULTURE_MINISTRY",
            Self::AskedOffice(Office::Sanitary) => "ASKED_SANITARY_INSPECTORATE",
        }
    }

    /// Whether it is an officer's, with or without the case.
    pub(crate) fn is_of_the_ministry(self) -> bool {
        self.is_a_preparers() || matches!(self, Self::Decider | Self::MinistryStaff)
    }

    /// Whether it is a preparer's, with or without the case.
    fn is_a_preparers(self) -> bool {
        matches!(self, Self::AssignedPreparer | Self::OtherPreparer | Self::RevocationPreparer)
    }

    /// Whether it is a pharmacy's; proof that a demand was passed on in time may come when it has ended.
    pub(crate) fn is_a_pharmacys(self) -> bool {
        matches!(self, Self::GrantedPharmacy | Self::FormerPharmacy | Self::ReceivingPharmacy)
    }

    /// Whether this party may carry the command out, in a state that admits it.
    pub fn may(self, command: Command) -> bool {
        match command {
            Command::Edit
            | Command::Submission
            | Command::Withdrawal
            | Command::TreatedPatients
            | Command::TreatedPatientReversal
            | Command::PatientListReopening => self == Self::IssuingPhysician,
            Command::Takeover => self == Self::Colleague,
            Command::RepresentativeApproval | Command::RepresentativeRefusal => self == Self::Representative,
            Command::Opinion => self == Self::AssignedConsultant,
            Command::Assignment
            | Command::PaperCorrection
            | Command::Clarification
            | Command::ClarificationClosure
            | Command::ResolutionDraft
            | Command::RevocationDraft => self.is_a_preparers(),
            Command::ClarificationAnswer => {
                matches!(
                    self,
                    Self::IssuingPhysician
                        | Self::AssignedConsultant
                        | Self::AssignedPreparer
                        | Self::AskedOffice(_)
                )
            }
            Command::PendingStepRefusal => self.is_of_the_ministry(),
            Command::ResolutionDraftReturn => matches!(self, Self::AssignedPreparer | Self::Decider),
            Command::Resolution | Command::Revocation => self == Self::Decider,
            Command::Handover => self.is_a_pharmacys(),
            Command::HandoverReturn => self.is_a_pharmacys() || self == Self::HoldingWholesaler,
            Command::Realisation | Command::RealisationReversal => {
                matches!(self, Self::ReceivingPharmacy | Self::HoldingWholesaler)
            }
            Command::PaperReceipt => {
                matches!(self, Self::GrantedWholesaler | Self::HoldingWholesaler)
            }
            Command::Elapse => false,
        }
    }
}

/// What the database says of caller and demand.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The caller's organisation retrieved the demand with two numbers.
    pub has_grant: bool,
    /// The caller's organisation is a pharmacy of the demand's entity.
    pub is_own_hospital_pharmacy: bool,
    /// The caller as a patient, whether of this demand or not.
    pub own_patient: Option<PatientId>,
    /// The caller is one of the demand's patients.
    pub is_patient: bool,
    /// The caller's id in the directory.
    pub person: Option<PersonId>,
    /// Since when a signature has awaited validation, where that is so long that an officer may end the wait.
    pub waits_too_long_since: Option<DateTime<Utc>>,
}

/// What the caller is to this demand; `None` when they may not even know of it.
pub fn relation(caller: &Caller, demand: &Demand, facts: &Facts) -> Option<Relation> {
    if caller.space != demand.space {
        return None;
    }
    let state = demand.state.name();
    let same_entity = caller.org_id() == Some(demand.entity);
    let issued = demand.state.issue().is_some();
    let asked = waiting_for(demand);
    let asked_office = office_of(caller.role).filter(|own| asked.and_then(Addressee::office) == Some(*own));
    match caller.role {
        Physician => (same_entity && person_number(caller) == Some(demand.physician.as_str()))
            .then_some(Relation::IssuingPhysician),
        EntityRepresentative => {
            (same_entity && issued && demand.content.is_in_facility()).then_some(Relation::Representative)
        }
        Consultant => {
            let chosen = demand.state.consultant().map(|consultant| consultant.npwz.as_str());
            let waits = state == StateName::AwaitingConsultant || asked == Some(Addressee::Consultant);
            (waits && chosen.is_some() && chosen == person_number(caller))
                .then_some(Relation::AssignedConsultant)
        }
        // A wait for a validation is seen to before the case reaches the minister, too, once it is one too long.
        MinistryPreparer | MinistryDecider if demand.state.examined().is_none() => {
            demand.pending.as_ref().and(facts.waits_too_long_since).map(|_| Relation::MinistryStaff)
        }
        MinistryPreparer => demand.state.examined().map(|_| {
            let assigned = demand.state.assigned().map(|officer| officer.person);
            if assigned.is_some() && assigned == facts.person {
                Relation::AssignedPreparer
            } else if admits(state, Command::RevocationDraft) || has_drafted_revocation(demand, facts) {
                Relation::RevocationPreparer
            } else {
                Relation::OtherPreparer
            }
        }),
        MinistryDecider => demand.state.examined().map(|_| {
            if state == StateName::ResolutionPrepared || demand.state.resolution().is_some() {
                Relation::Decider
            } else {
                Relation::MinistryStaff
            }
        }),
        Patient => (issued && facts.is_patient).then_some(Relation::Patient),
        Pharmacy => pharmacy_relation(caller, demand, facts),
        Wholesaler => wholesaler_relation(caller, demand, facts),
        SanitaryInspectorate
            if demand.content.kind() == DemandKind::Food && demand.state.approved().is_some() =>
        {
            Some(Relation::Inspectorate)
        }
        SanitaryInspectorate | ProductOffice | AssessmentAgency | AgricultureMinistry => {
            asked_office.map(Relation::AskedOffice)
        }
        ResponsiblePerson | DevicePrescriber | MedicalAssistant | DeviceProvider | NfzOfficer | Auditor
        | Admin => None,
    }
}

/// Whoever wrote it still reads it where its approval has ended.
fn has_drafted_revocation(demand: &Demand, facts: &Facts) -> bool {
    revocation::draft_of(demand).is_some_and(|draft| Some(draft.prepared_by.person) == facts.person)
}

/// The licence number of a physician or consultant; a number of another register opens nothing.
pub(crate) fn person_number(caller: &Caller) -> Option<&str> {
    let person = caller.person.as_ref()?;
    (person.id_system == IdSystem::Npwz).then_some(person.id.as_str())
}

fn pharmacy_relation(caller: &Caller, demand: &Demand, facts: &Facts) -> Option<Relation> {
    demand.state.approved()?;
    let own = caller.org_id();
    if own.is_some() && demand.state.handover().map(|handover| handover.pharmacy.id) == own {
        return Some(Relation::ReceivingPharmacy);
    }
    let hospital = facts.is_own_hospital_pharmacy
        && demand.content.is_in_facility()
        && caller.org.as_ref().is_some_and(|org| org.kind == OrganisationKind::HospitalPharmacy);
    let ended = matches!(
        demand.state.name(),
        StateName::Realised | StateName::Revoked | StateName::Expired | StateName::Withdrawn
    );
    let relation = if ended { Relation::FormerPharmacy } else { Relation::GrantedPharmacy };
    (facts.has_grant || hospital).then_some(relation)
}

fn wholesaler_relation(caller: &Caller, demand: &Demand, facts: &Facts) -> Option<Relation> {
    demand.state.approved()?;
    let own = caller.org_id();
    if own.is_some() && demand.state.handover().map(|handover| handover.wholesaler.id) == own {
        return Some(Relation::HoldingWholesaler);
    }
    facts.has_grant.then_some(Relation::GrantedWholesaler)
}

/// Whoever of them holds the demand already is told so by its rules.
fn is_physician_of_the_entity(caller: &Caller, demand: &Demand) -> bool {
    caller.space == demand.space
        && caller.role == Physician
        && caller.org_id() == Some(demand.entity)
        && person_number(caller).is_some()
}

/// How a caller stands to a command on a demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not the caller's to know of.
    Hidden,
    /// Visible, but somebody else's to do.
    NotTheirs(Relation),
    Theirs(Relation),
}

/// The one decision about access to a demand.
pub fn authorize(caller: &Caller, command: Option<Command>, demand: &Demand, facts: &Facts) -> Standing {
    if command == Some(Command::Takeover) && is_physician_of_the_entity(caller, demand) {
        return Standing::Theirs(Relation::Colleague);
    }
    let Some(relation) = relation(caller, demand, facts) else { return Standing::Hidden };
    match command {
        Some(command) if !relation.may(command) => Standing::NotTheirs(relation),
        Some(_) | None => Standing::Theirs(relation),
    }
}
