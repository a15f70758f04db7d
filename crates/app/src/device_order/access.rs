//! What a caller is to an order, and loading one as they may see it.

use crate::Parts;
use crate::caller::{Caller, IdSystem, Role};
use crate::demand::own_patient;
use crate::failure::Failure;
use crate::faults::NOT_YOURS;
use crate::register;
use chrono::{DateTime, Utc};
use domain::calendar::warsaw_date;
use domain::device_group::Profession;
use domain::device_order::issue::PrescriberOnRecord;
use domain::device_order::model::{ByLicence, TakeUp};
use domain::device_order::officers::has_acted;
use domain::device_order::{Command, DeviceOrder, StateName};
use domain::ids::{DeviceOrderId, PatientId, PersonId, SpaceId};
use domain::values::{LicenceNumber, Text};
use store::Tx;
use store::device_order::Loaded;
use store::directory::{self, Licensed};

/// What the caller is to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    Prescriber,
    /// Of the same entity, and authorised by the prescriber at present (DO-7).
    Assistant,
    Patient,
    /// An officer of the payer, once the order is registered: enough to act on it, and nothing of the patient.
    NfzStaff,
    /// An officer who has acted on it, or who has said why they must see it whole (ADR 49).
    NfzOfficer,
    /// Who has opened it with its access data, holds something of it, or has issued goods.
    Provider,
    /// Who held something of it, issued nothing, and cannot take anything up any more.
    FormerProvider,
}

impl Relation {
    pub const ALL: [Relation; 7] = [
        Self::Prescriber,
        Self::Assistant,
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

    /// Whether an officer of the payer asks, whatever they see of it.
    pub(super) fn is_officer(self) -> bool {
        matches!(self, Self::NfzStaff | Self::NfzOfficer)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Prescriber => "PRESCRIBER",
            Self::Assistant => "ASSISTANT",
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
            Command::Edit | Command::Submission | Command::Correction => {
                matches!(self, Self::Prescriber | Self::Assistant)
            }
            Command::Cancellation => {
                matches!(self, Self::Prescriber | Self::Assistant | Self::NfzStaff | Self::NfzOfficer)
            }
            Command::PendingStepRefusal => self != Self::Patient && !self.is_provider(),
            Command::Acceptance | Command::Reply => matches!(self, Self::NfzStaff | Self::NfzOfficer),
            Command::CodeRenewal => !self.is_provider(),
            // Of whoever held something, too: the state says why it is over.
            Command::TakeUp | Command::Realisation => self.is_provider(),
            Command::ReleaseRequest => matches!(self, Self::Provider | Self::Patient),
            Command::TakeUpWithdrawal | Command::RealisationWithdrawal | Command::Receipt => {
                self.is_provider() || self.is_officer()
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
    /// In whose name the caller may act: their own, or of who has authorised them.
    pub prescribers: Vec<ByLicence>,
    /// Whether the provider has opened this order with its access data.
    pub has_grant: bool,
    /// The officer of the payer who asks.
    pub officer: Option<PersonId>,
    /// Whether they have said why they must see it whole, within the hour.
    pub has_opened: bool,
}

/// What the caller is to it; `None` when they may not even know of it.
fn relation(caller: &Caller, order: &DeviceOrder, patient: PatientId, facts: &Facts) -> Option<Relation> {
    let is_registered = order.state.issue().is_some();
    let is_theirs = caller.org_id() == Some(order.entity) && facts.prescribers.contains(&order.prescriber);
    match caller.role {
        Role::DevicePrescriber => is_theirs.then_some(Relation::Prescriber),
        Role::MedicalAssistant => is_theirs.then_some(Relation::Assistant),
        Role::Patient => (is_registered && facts.own_patient == Some(patient)).then_some(Relation::Patient),
        Role::NfzOfficer => {
            let has_acted = facts.officer.is_some_and(|officer| has_acted(order, officer));
            let sees_whole = facts.has_opened || has_acted;
            let relation = if sees_whole { Relation::NfzOfficer } else { Relation::NfzStaff };
            is_registered.then_some(relation)
        }
        Role::DeviceProvider => {
            // What was opened is seen while something of it can be had; what was issued stays.
            let may_take_up = facts.has_grant && order.state.name() == StateName::Positive;
            let parts = order.state.confirmed().into_iter().flat_map(|it| &it.take_ups);
            let own: Vec<&TakeUp> = parts.filter(|it| caller.org_id() == Some(it.provider.id)).collect();
            let is_present = may_take_up || own.iter().any(|it| it.is_begun());
            let former = (!own.is_empty()).then_some(Relation::FormerProvider);
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

/// What is known of the caller at that time: an assistant is authorised by the day.
pub(crate) fn facts(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    at: DateTime<Utc>,
) -> Result<Facts, Failure> {
    let mut facts = Facts::default();
    match caller.role {
        Role::Patient => facts.own_patient = own_patient(tx, &parts.ring, caller)?,
        Role::NfzOfficer => facts.officer = register::find_person(tx, caller)?.map(|person| person.id),
        Role::DevicePrescriber => facts.prescribers.extend(own(tx, caller)?),
        Role::MedicalAssistant => {
            let today = warsaw_date(at);
            if let Some(person) = register::find_person(tx, caller)? {
                for licensed in directory::assisted_by(tx, person.id, today)? {
                    // Whoever authorised them elsewhere, or has left, orders nothing in this entity.
                    if orders_here(tx, caller, licensed.person)? {
                        facts.prescribers.extend(by_licence(tx, &licensed)?);
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

/// The caller by profession and licence, as token and directory have them.
pub(super) fn own(tx: &mut Tx<'_>, caller: &Caller) -> Result<Option<ByLicence>, Failure> {
    let Some(token) = &caller.person else { return Ok(None) };
    let is_licence = matches!(token.id_system, IdSystem::Npwz | IdSystem::Licence);
    let Some(person) = register::find_person(tx, caller)?.filter(|_| is_licence) else { return Ok(None) };
    let id_system = token.id_system.name().to_owned();
    by_licence(tx, &Licensed { person: person.id, id_system, number: token.id.clone() })
}

/// Who holds this licence, as the directory has them: a number of the physicians' register is a physician's unless it
/// says otherwise, any other one needs its profession there (DO-1).
fn by_licence(tx: &mut Tx<'_>, licensed: &Licensed) -> Result<Option<ByLicence>, Failure> {
    let stated = directory::profession_of(tx, licensed.person)?.as_deref().and_then(Profession::parse);
    let by_register = (licensed.id_system == IdSystem::Npwz.name()).then_some(Profession::Physician);
    let number = LicenceNumber::parse(&licensed.number).ok();
    let known = stated.or(by_register).zip(number);
    Ok(known.map(|(profession, licence_number)| ByLicence { profession, licence_number }))
}

/// Who orders, as the directory has them under profession and number; `None` where it does not.
pub(crate) fn on_record(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    prescriber: &ByLicence,
) -> Result<Option<PrescriberOnRecord>, Failure> {
    for register in [IdSystem::Npwz, IdSystem::Licence] {
        let number = prescriber.licence_number.as_str();
        let Some(person) = directory::find_person(tx, space, register.name(), number)? else { continue };
        let id_system = register.name().to_owned();
        let licensed = Licensed { person: person.id, id_system, number: number.to_owned() };
        if by_licence(tx, &licensed)?.as_ref() == Some(prescriber) {
            let specialties = specialties(tx, person.id)?;
            return Ok(Some(PrescriberOnRecord { name: register::named(person), specialties }));
        }
    }
    Ok(None)
}

fn specialties(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Vec<Text<120>>>, Failure> {
    let Some(known) = directory::specialties_of(tx, person)? else { return Ok(None) };
    let read = known.iter().map(|specialty| Text::parse(specialty)).collect::<Result<_, _>>();
    read.map(Some).map_err(|_| Failure::Bug("a specialty on record cannot be read".into()))
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
    load_at(tx, parts, caller, id, parts.clock.now(&caller.space))
}

/// The same for a step that counts as of an earlier time.
pub(super) fn load_at(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    id: DeviceOrderId,
    at: DateTime<Utc>,
) -> Result<Seen, Failure> {
    let loaded = store::device_order::find(tx, &parts.ring, id)?.ok_or(Failure::NotFound)?;
    // Each space has its own clock: a month of another's order is not judged by the caller's.
    if loaded.order.space != caller.space {
        return Err(Failure::NotFound);
    }
    let mut facts = facts(tx, parts, caller, at)?;
    if let (Role::DeviceProvider, Some(own)) = (caller.role, caller.org_id()) {
        facts.has_grant = store::device_order::has_grant(tx, id, own)?;
    }
    if let Some(officer) = facts.officer {
        facts.has_opened = store::device_order::is_open_to(tx, id, officer, at)?;
    }
    let relation = relation(caller, &loaded.order, loaded.patient, &facts).ok_or(Failure::NotFound)?;
    Ok(Seen { loaded, facts, relation })
}

impl Seen {
    /// What the caller is to it after what they have just done: whoever acts on it sees it whole.
    pub(super) fn relation_to(&self, caller: &Caller, order: &DeviceOrder) -> Relation {
        relation(caller, order, self.loaded.patient, &self.facts).unwrap_or(self.relation)
    }

    /// 404 came before; now 403 when the command is somebody else's.
    pub(super) fn admit(&self, command: Command) -> Result<Relation, Failure> {
        if self.relation.may(command) { Ok(self.relation) } else { Err(Failure::Denied(NOT_YOURS)) }
    }
}
