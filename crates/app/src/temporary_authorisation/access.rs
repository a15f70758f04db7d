//! What a caller is to a notification, and loading one as they may see it.

use crate::authorize::office_of;
use crate::caller::{Caller, Role};
use crate::failure::Failure;
use crate::pending_step::may_be_ended;
use crate::{Parts, register};
use domain::clarification::{Office, waiting_for};
use domain::ids::{AuthorisationId, PersonId};
use domain::temporary_authorisation::clarification::Addressee;
use domain::temporary_authorisation::lifecycle::admits;
use domain::temporary_authorisation::{Authorisation, Command, StateName, revocation};
use store::Tx;
use store::temporary_authorisation::{self, Loaded};

/// What the caller is to a notification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// A responsible person of the wholesaler that notifies.
    Notifier,
    /// Who may represent that wholesaler.
    Representative,
    /// The wholesaler itself, which brings in what is consented to.
    Supplier,
    AssignedPreparer,
    OtherPreparer,
    /// A preparer without the case who may draft the revocation of its consent, or has drafted it.
    RevocationPreparer,
    Decider,
    /// Staff of the ministry who only need enough to take the case.
    MinistryStaff,
    /// A pharmacy that retrieved the consent.
    GrantedPharmacy,
    /// A pharmacy that passed it on.
    ReceivingPharmacy,
    /// An office of which the minister has asked something, until it is answered.
    AskedOffice(Office),
}

impl Relation {
    pub const ALL: [Relation; 14] = [
        Self::Notifier,
        Self::Representative,
        Self::Supplier,
        Self::AssignedPreparer,
        Self::OtherPreparer,
        Self::RevocationPreparer,
        Self::Decider,
        Self::MinistryStaff,
        Self::GrantedPharmacy,
        Self::ReceivingPharmacy,
        Self::AskedOffice(Office::Products),
        Self::AskedOffice(Office::Assessment),
        Self::AskedOffice(Office::Agriculture),
        Self::AskedOffice(Office::Sanitary),
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Notifier => "NOTIFIER",
            Self::Representative => "REPRESENTATIVE",
            Self::Supplier => "SUPPLIER",
            Self::AssignedPreparer => "ASSIGNED_PREPARER",
            Self::OtherPreparer => "OTHER_PREPARER",
            Self::RevocationPreparer => "REVOCATION_PREPARER",
            Self::Decider => "DECIDER",
            Self::MinistryStaff => "MINISTRY_STAFF",
            Self::GrantedPharmacy => "GRANTED_PHARMACY",
            Self::ReceivingPharmacy => "RECEIVING_PHARMACY",
            Self::AskedOffice(Office::Products) => "ASKED_PRODUCT_OFFICE",
            Self::AskedOffice(Office::Assessment) => "ASKED_ASSESSMENT_AGENCY",
            Self::AskedOffice(Office::Agriculture) => "ASKED_AGRICULTURE_MINISTRY",
            Self::AskedOffice(Office::Sanitary) => "ASKED_SANITARY_INSPECTORATE",
        }
    }

    /// Whether it is an officer's, with or without the case.
    pub(super) fn is_of_the_ministry(self) -> bool {
        self.is_a_preparers() || matches!(self, Self::Decider | Self::MinistryStaff)
    }

    /// Whether it is a preparer's, with or without the case.
    fn is_a_preparers(self) -> bool {
        matches!(self, Self::AssignedPreparer | Self::OtherPreparer | Self::RevocationPreparer)
    }

    /// Whether this party may carry the command out, in a state that admits it.
    pub fn may(self, command: Command) -> bool {
        match command {
            Command::Edit | Command::Submission | Command::Withdrawal | Command::Addition => {
                self == Self::Notifier
            }
            Command::RepresentativeApproval | Command::RepresentativeRefusal => self == Self::Representative,
            Command::Assignment
            | Command::PaperCorrection
            | Command::Clarification
            | Command::ClarificationClosure
            | Command::ResolutionDraft
            | Command::RevocationDraft => self.is_a_preparers(),
            Command::ClarificationAnswer => matches!(
                self,
                Self::Notifier | Self::Representative | Self::AssignedPreparer | Self::AskedOffice(_)
            ),
            Command::PendingStepRefusal => self.is_of_the_ministry(),
            Command::ResolutionDraftReturn => matches!(self, Self::AssignedPreparer | Self::Decider),
            Command::Resolution | Command::Revocation => self == Self::Decider,
            Command::Handover => matches!(self, Self::GrantedPharmacy | Self::ReceivingPharmacy),
            Command::HandoverReturn | Command::Realisation | Command::RealisationReversal => {
                matches!(self, Self::GrantedPharmacy | Self::ReceivingPharmacy | Self::Supplier)
            }
            Command::Elapse => false,
        }
    }
}

/// What the database says of caller and notification.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Facts {
    /// The caller's organisation retrieved the consent.
    pub has_grant: bool,
    /// The caller's id in the directory.
    pub person: Option<PersonId>,
    /// A signature has awaited validation so long that an officer may end the wait.
    pub wait_may_be_ended: bool,
}

/// What the caller is to it; `None` when they may not even know of it.
fn relation(caller: &Caller, authorisation: &Authorisation, facts: Facts) -> Option<Relation> {
    let state = &authorisation.state;
    let is_own = caller.org_id() == Some(authorisation.wholesaler);
    match caller.role {
        Role::ResponsiblePerson => is_own.then_some(Relation::Notifier),
        Role::EntityRepresentative => (is_own && state.issue().is_some()).then_some(Relation::Representative),
        Role::Wholesaler => (is_own && state.consented().is_some()).then_some(Relation::Supplier),
        // A wait for a validation is seen to before the case reaches the minister, too, once it is one too long.
        Role::MinistryPreparer | Role::MinistryDecider if state.examined().is_none() => {
            (authorisation.pending.is_some() && facts.wait_may_be_ended).then_some(Relation::MinistryStaff)
        }
        Role::MinistryPreparer => state.examined().map(|_| {
            let assigned = state.assigned().map(|officer| officer.person);
            if assigned.is_some() && assigned == facts.person {
                Relation::AssignedPreparer
            } else if may_draft_revocation(authorisation) || has_drafted_revocation(authorisation, facts) {
                Relation::RevocationPreparer
            } else {
                Relation::OtherPreparer
            }
        }),
        Role::MinistryDecider => state.examined().map(|_| {
            if state.name() == StateName::ResolutionPrepared || state.resolution().is_some() {
                Relation::Decider
            } else {
                Relation::MinistryStaff
            }
        }),
        Role::Pharmacy => state.consented().filter(|_| facts.has_grant).map(|consented| {
            let passed_on = caller.org_id().and_then(|own| consented.passed_on_by(own));
            passed_on.map_or(Relation::GrantedPharmacy, |_| Relation::ReceivingPharmacy)
        }),
        Role::SanitaryInspectorate
        | Role::ProductOffice
        | Role::AssessmentAgency
        | Role::AgricultureMinistry => {
            let asked = waiting_for(authorisation).and_then(Addressee::office);
            office_of(caller.role).filter(|own| asked == Some(*own)).map(Relation::AskedOffice)
        }
        Role::Physician
        | Role::Consultant
        | Role::DevicePrescriber
        | Role::MedicalAssistant
        | Role::DeviceProvider
        | Role::NfzOfficer
        | Role::Patient
        | Role::Auditor
        | Role::Admin => None,
    }
}

/// A consent is revoked as a whole: of an addition there is nothing to draft (TA-29).
fn may_draft_revocation(authorisation: &Authorisation) -> bool {
    admits(authorisation.state.name(), Command::RevocationDraft) && authorisation.adds_to.is_none()
}

/// Whoever wrote it still reads it where the consent has ended.
fn has_drafted_revocation(authorisation: &Authorisation, facts: Facts) -> bool {
    let draft = revocation::draft_of(authorisation);
    draft.is_some_and(|draft| Some(draft.prepared_by.person) == facts.person)
}

/// A notification and what its caller is to it.
pub(crate) struct Seen {
    pub loaded: Loaded,
    pub facts: Facts,
    pub relation: Relation,
}

/// Loads the notification; 404 for one that is unknown or not the caller's to know of.
pub(super) fn load(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    id: AuthorisationId,
) -> Result<Seen, Failure> {
    let loaded = temporary_authorisation::find(tx, &parts.ring, id)?.ok_or(Failure::NotFound)?;
    // Each space has its own clock: a period of another's consent is not judged by the caller's.
    if loaded.authorisation.space != caller.space {
        return Err(Failure::NotFound);
    }
    let pending = loaded.authorisation.pending.as_ref();
    let wait_may_be_ended = may_be_ended(parts, pending, parts.clock.now(&caller.space));
    let mut facts = Facts { wait_may_be_ended, ..Facts::default() };
    match (caller.role, caller.org_id()) {
        (Role::Pharmacy, Some(own)) => facts.has_grant = temporary_authorisation::has_grant(tx, id, own)?,
        (Role::MinistryPreparer | Role::MinistryDecider, _) => {
            facts.person = register::find_person(tx, caller)?.map(|person| person.id);
        }
        _ => {}
    }
    let relation = relation(caller, &loaded.authorisation, facts).ok_or(Failure::NotFound)?;
    Ok(Seen { loaded, facts, relation })
}

impl Seen {
    /// 404 came before; now 403 when the command is somebody else's.
    pub(super) fn admit(&self, command: Command) -> Result<Relation, Failure> {
        if self.relation.may(command) {
            Ok(self.relation)
        } else {
            Err(Failure::Denied(crate::faults::NOT_YOURS))
        }
    }

    /// What the caller is to the notification as it is after their change, which may have made them another party.
    pub(super) fn relation_to(&self, caller: &Caller, changed: &Authorisation) -> Relation {
        relation(caller, changed, self.facts).unwrap_or(self.relation)
    }
}
