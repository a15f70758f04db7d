//! What a caller is to an order, and loading one as they may see it.

use crate::Parts;
use crate::caller::{Caller, IdSystem, Role};
use crate::demand::own_patient;
use crate::failure::Failure;
use crate::faults::{NOT_YOURS, PERSON_UNKNOWN};
use crate::register;
use domain::calendar::warsaw_date;
use domain::device_group::Profession;
use domain::device_order::model::ByLicence;
use domain::device_order::{Command, DeviceOrder, StateName};
use domain::ids::{DeviceOrderId, PatientId, PersonId};
use domain::values::LicenceNumber;
use store::device_order::Loaded;
use store::{Tx, directory};

/// What the caller is to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    Prescriber,
    /// Of the same entity, and authorised by the prescriber at present (DO-7).
    Assistant,
    Patient,
    /// An officer of the payer, once the order is registered.
    NfzOfficer,
    /// Who has opened it with its access data, or taken something of it up.
    Provider,
}

impl Relation {
    pub const ALL: [Relation; 5] =
        [Self::Prescriber, Self::Assistant, Self::Patient, Self::NfzOfficer, Self::Provider];

    pub fn name(self) -> &'static str {
        match self {
            Self::Prescriber => "PRESCRIBER",
            Self::Assistant => "ASSISTANT",
            Self::Patient => "PATIENT",
            Self::NfzOfficer => "NFZ_OFFICER",
            Self::Provider => "PROVIDER",
        }
    }

    /// Whether this party may carry the command out, in a state that admits it.
    pub fn may(self, command: Command) -> bool {
        match command {
            Command::Edit | Command::Submission | Command::Correction => {
                matches!(self, Self::Prescriber | Self::Assistant)
            }
            Command::Cancellation => matches!(self, Self::Prescriber | Self::Assistant | Self::NfzOfficer),
            Command::Acceptance | Command::Reply => self == Self::NfzOfficer,
            Command::TakeUp | Command::Realisation | Command::Receipt => self == Self::Provider,
            Command::TakeUpWithdrawal | Command::RealisationWithdrawal => {
                matches!(self, Self::Provider | Self::NfzOfficer)
            }
            Command::Verification | Command::VerificationResult | Command::TakeUpResult | Command::Elapse => {
                false
            }
        }
    }
}

/// What the database says of the caller.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// Whose number the token names, where a patient asks.
    pub own_patient: Option<PatientId>,
    /// In whose name the caller may act: their own licence, or those of who has authorised them.
    pub licences: Vec<LicenceNumber>,
    /// Whether the provider has opened this order with its access data.
    pub has_grant: bool,
}

/// What the caller is to it; `None` when they may not even know of it.
fn relation(caller: &Caller, order: &DeviceOrder, patient: PatientId, facts: &Facts) -> Option<Relation> {
    let is_registered = order.state.issue().is_some();
    let is_theirs =
        caller.org_id() == Some(order.entity) && facts.licences.contains(&order.prescriber.licence_number);
    let has_part = |own| {
        order.state.confirmed().is_some_and(|it| it.take_ups.iter().any(|part| part.provider.id == own))
    };
    match caller.role {
        Role::DevicePrescriber => is_theirs.then_some(Relation::Prescriber),
        Role::MedicalAssistant => is_theirs.then_some(Relation::Assistant),
        Role::Patient => (is_registered && facts.own_patient == Some(patient)).then_some(Relation::Patient),
        Role::NfzOfficer => is_registered.then_some(Relation::NfzOfficer),
        Role::DeviceProvider => {
            // What was opened is seen while something of it can be had; what was taken up stays.
            let may_take_up = facts.has_grant && order.state.name() == StateName::Positive;
            caller.org_id().filter(|own| may_take_up || has_part(*own)).map(|_| Relation::Provider)
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

pub(super) fn facts(tx: &mut Tx<'_>, parts: &Parts, caller: &Caller) -> Result<Facts, Failure> {
    let mut facts = Facts::default();
    match caller.role {
        Role::Patient => facts.own_patient = own_patient(tx, &parts.ring, caller)?,
        Role::DevicePrescriber => facts.licences.extend(own_licence(caller)),
        Role::MedicalAssistant => {
            let today = warsaw_date(parts.clock.now(&caller.space));
            if let Some(person) = register::find_person(tx, caller)? {
                for (prescriber, licence) in directory::assisted_by(tx, person.id, today)? {
                    // Whoever authorised them elsewhere, or has left, orders nothing in this entity.
                    if orders_here(tx, caller, prescriber)? {
                        facts.licences.extend(LicenceNumber::parse(&licence).ok());
                    }
                }
            }
        }
        _ => {}
    }
    Ok(facts)
}

/// Whether the prescriber holds that post in the caller's entity.
fn orders_here(tx: &mut Tx<'_>, caller: &Caller, prescriber: PersonId) -> Result<bool, Failure> {
    let Some(entity) = caller.org_id() else { return Ok(false) };
    Ok(directory::find_position(tx, prescriber, Role::DevicePrescriber.name(), entity)?.is_some())
}

/// The licence number in the token.
pub(super) fn own_licence(caller: &Caller) -> Option<LicenceNumber> {
    let person = caller.person.as_ref()?;
    let is_licence = matches!(person.id_system, IdSystem::Npwz | IdSystem::Licence);
    LicenceNumber::parse(&person.id).ok().filter(|_| is_licence)
}

/// Who holds this licence, as the directory has them: a number of the physicians' register is a physician's unless it
/// says otherwise, any other one needs its profession there (DO-1).
pub(super) fn by_licence(
    tx: &mut Tx<'_>,
    caller: &Caller,
    licence: LicenceNumber,
) -> Result<ByLicence, Failure> {
    let unknown = Failure::Denied(PERSON_UNKNOWN);
    for register in [IdSystem::Npwz, IdSystem::Licence] {
        let found = directory::find_person(tx, &caller.space, register.name(), licence.as_str())?;
        let Some(person) = found else { continue };
        let stated = directory::profession_of(tx, person.id)?.as_deref().and_then(Profession::parse);
        let by_register = (register == IdSystem::Npwz).then_some(Profession::Physician);
        let profession = stated.or(by_register).ok_or(unknown)?;
        return Ok(ByLicence { profession, licence_number: licence });
    }
    Err(unknown)
}

/// An order and what its caller is to it.
pub(crate) struct Seen {
    pub loaded: Loaded,
    pub facts: Facts,
    pub relation: Relation,
}

/// Loads the order; 404 for one that is unknown or not the caller's to know of.
pub(super) fn load(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    id: DeviceOrderId,
) -> Result<Seen, Failure> {
    let loaded = store::device_order::find(tx, &parts.ring, id)?.ok_or(Failure::NotFound)?;
    // Each space has its own clock: a month of another's order is not judged by the caller's.
    if loaded.order.space != caller.space {
        return Err(Failure::NotFound);
    }
    let mut facts = facts(tx, parts, caller)?;
    if let (Role::DeviceProvider, Some(own)) = (caller.role, caller.org_id()) {
        facts.has_grant = store::device_order::has_grant(tx, id, own)?;
    }
    let relation = relation(caller, &loaded.order, loaded.patient, &facts).ok_or(Failure::NotFound)?;
    Ok(Seen { loaded, facts, relation })
}

impl Seen {
    /// 404 came before; now 403 when the command is somebody else's.
    pub(super) fn admit(&self, command: Command) -> Result<Relation, Failure> {
        if self.relation.may(command) { Ok(self.relation) } else { Err(Failure::Denied(NOT_YOURS)) }
    }
}
