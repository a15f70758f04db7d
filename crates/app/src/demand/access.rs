//! Loading a demand as one caller may see it, with what the database says of the two.

use super::announce::{self, Concerned};
use crate::authorize::{self, Facts, Relation, Standing, person_number};
use crate::caller::{Caller, Role};
use crate::failure::Failure;
use crate::pending_step::may_be_ended;
use crate::register;
use crate::{App, Parts, outage};
use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::warsaw_date;
use domain::demand::clocks::{self, ClockKind, RunningClock};
use domain::demand::examination;
use domain::demand::lifecycle::{Command, StateName};
use domain::demand::model::{Consultant, Demand, DemandKind};
use domain::demand::pending;
use domain::ids::{DemandId, PatientId};
use domain::outage::Holds;
use domain::values::{Npwz, PatientIdentifier};
use store::deadlines::Deadline;
use store::demand::Loaded;
use store::directory::Answering;
use store::sealing::KeyRing;
use store::{Tx, directory, patients};

/// A demand and what its caller is to it.
pub(crate) struct Seen {
    pub loaded: Loaded,
    pub facts: Facts,
}

/// The patient for whom alone the demand is.
pub(crate) fn only_patient(seen: &Seen) -> Option<PatientId> {
    match seen.loaded.patients.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// What the database says of caller and demand.
pub(crate) fn facts(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    caller: &Caller,
    loaded: &Loaded,
) -> Result<Facts, Failure> {
    let mut facts = Facts::default();
    match caller.role {
        Role::Pharmacy | Role::Wholesaler => {
            if let Some(org) = caller.org_id() {
                facts.has_grant = store::demand::has_grant(tx, loaded.demand.id, org)?;
                let known = directory::find_organisation(tx, &caller.space, org)?;
                facts.is_own_hospital_pharmacy =
                    known.is_some_and(|known| known.parent == Some(loaded.demand.entity));
            }
        }
        Role::MinistryPreparer | Role::MinistryDecider => {
            facts.person = register::find_person(tx, caller)?.map(|person| person.id);
        }
        Role::Patient => {
            facts.own_patient = own_patient(tx, ring, caller)?;
            if let Some(own) = facts.own_patient {
                facts.is_patient = loaded.patients.contains(&own)
                    || loaded.demand.treated.is_some()
                        && store::demand::is_treated(tx, loaded.demand.id, own)?;
            }
        }
        Role::Physician
        | Role::EntityRepresentative
        | Role::Consultant
        | Role::SanitaryInspectorate
        | Role::ProductOffice
        | Role::AssessmentAgency
        | Role::AgricultureMinistry
        | Role::ResponsiblePerson
        | Role::DevicePrescriber
        | Role::MedicalAssistant
        | Role::DeviceProvider
        | Role::NfzOfficer
        | Role::Auditor
        | Role::Admin => {}
    }
    Ok(facts)
}

/// The patient whom the token names.
pub(crate) fn own_patient(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    caller: &Caller,
) -> Result<Option<PatientId>, Failure> {
    let Some(pesel) = &caller.patient else { return Ok(None) };
    let identifier = PatientIdentifier::Pesel(pesel.reveal().clone());
    let index = ring.blind_index("patient", identifier.index_text().reveal());
    Ok(patients::find_patient(tx, &caller.space, &index)?)
}

/// A demand as it was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    pub id: DemandId,
    /// Of which kind it has to be; any, where it was found by its numbers.
    pub kind: Option<DemandKind>,
}

impl From<DemandId> for Named {
    fn from(id: DemandId) -> Self {
        Self { id, kind: None }
    }
}

impl Named {
    fn is(self, demand: &Demand) -> bool {
        self.kind.is_none_or(|kind| kind == demand.content.kind())
    }
}

/// Loads the demand; 404 for one that is unknown, of another kind or not the caller's to know of.
pub(crate) fn load(tx: &mut Tx<'_>, parts: &Parts, caller: &Caller, named: Named) -> Result<Seen, Failure> {
    load_at(tx, parts, caller, named, Reception::at(parts.clock.now(&caller.space)))
}

/// As of when a caller is judged: who stands in for whom then.
pub(super) struct Reception {
    pub now: DateTime<Utc>,
    /// Who is known to have stood in then, whatever the directory says of it by now.
    pub stood_in: Option<Consultant>,
}

impl Reception {
    pub(super) fn at(now: DateTime<Utc>) -> Self {
        Self { now, stood_in: None }
    }
}

/// The same as of another time.
pub(super) fn load_at(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    named: Named,
    reception: Reception,
) -> Result<Seen, Failure> {
    let ring = &parts.ring;
    let mut loaded = store::demand::find(tx, ring, named.id)?.ok_or(Failure::NotFound)?;
    // Each space has its own clock: a term of another's demand is not judged by the caller's.
    if loaded.demand.space != caller.space || !named.is(&loaded.demand) {
        return Err(Failure::NotFound);
    }
    if caller.role == Role::Consultant {
        loaded.demand = match reception.stood_in {
            Some(substitute) => examination::stand_in(loaded.demand, substitute),
            None => before_a_substitute(tx, caller, loaded.demand, warsaw_date(reception.now))?,
        };
    }
    let pending = loaded.demand.pending.as_ref().filter(|it| may_be_ended(parts, Some(it), reception.now));
    let waits_too_long_since = pending.map(|it| it.received_at);
    let facts = Facts { waits_too_long_since, ..facts(tx, ring, caller, &loaded)? };
    Ok(Seen { loaded, facts })
}

/// The demand as the substitute of its absent consultant finds it; for everybody else as it is (CO-04).
fn before_a_substitute(
    tx: &mut Tx<'_>,
    caller: &Caller,
    demand: Demand,
    today: NaiveDate,
) -> Result<Demand, Failure> {
    let own = person_number(caller);
    let Some(chosen) = demand.state.consultant().filter(|chosen| Some(chosen.npwz.as_str()) != own) else {
        return Ok(demand);
    };
    Ok(match directory::answering(tx, &caller.space, chosen, today)? {
        Answering::Substitute(found) if Some(found.npwz.as_str()) == own => {
            examination::stand_in(demand, *found)
        }
        Answering::Substitute(_) | Answering::Themselves | Answering::Nobody => demand,
    })
}

/// Who answers in place of the absent consultant for whom the demand waits; nobody, where they issued or held it.
pub(crate) fn substitute_of(
    tx: &mut Tx<'_>,
    demand: &Demand,
    today: NaiveDate,
) -> Result<Option<Npwz>, Failure> {
    if demand.state.name() != StateName::AwaitingConsultant {
        return Ok(None);
    }
    let Some(chosen) = demand.state.consultant() else { return Ok(None) };
    Ok(match directory::answering(tx, &demand.space, chosen, today)? {
        Answering::Substitute(found) => Some(found.npwz).filter(|npwz| !demand.is_or_was_of(npwz)),
        Answering::Themselves | Answering::Nobody => None,
    })
}

impl Seen {
    /// 404 before 403: first whether the caller may know of it, then whether the command is theirs.
    pub(crate) fn admit(&self, caller: &Caller, command: Option<Command>) -> Result<Relation, Failure> {
        match authorize::authorize(caller, command, &self.loaded.demand, &self.facts) {
            Standing::Hidden => Err(Failure::NotFound),
            Standing::NotTheirs(_) => Err(Failure::Denied(crate::faults::NOT_YOURS)),
            Standing::Theirs(relation) => Ok(relation),
        }
    }
}

/// Whether a term has run out that is not applied yet. Outages are asked for only where one would have.
pub(crate) fn has_elapsed(
    tx: &mut Tx<'_>,
    parts: &Parts,
    demand: &Demand,
    now: DateTime<Utc>,
) -> Result<bool, Failure> {
    if !is_due(demand, now) || pending::holds_terms(demand) {
        return Ok(false);
    }
    let holds = outage::holds(tx, parts, &demand.space, now)?;
    Ok(clocks::first_run_out(demand, &holds, now).is_some())
}

/// Whether a term has run out, unless an outage holds it.
fn is_due(demand: &Demand, now: DateTime<Utc>) -> bool {
    clocks::running(demand).first().is_some_and(|clock| clock.due_at <= now)
}

/// The terms that run, with what holds them: a planned outage holds what ends later than today, too.
pub(crate) fn terms(
    tx: &mut Tx<'_>,
    parts: &Parts,
    demand: &Demand,
    now: DateTime<Utc>,
) -> Result<Vec<RunningClock>, Failure> {
    let mut clocks = clocks::running(demand);
    if !clocks.is_empty() {
        clocks = clocks::running_under(demand, &outage::holds(tx, parts, &demand.space, now)?);
    }
    let waits_since = demand.pending.as_ref().map(|pending| pending.received_at);
    for clock in &mut clocks {
        clock.paused_since = waits_since;
    }
    Ok(clocks)
}

impl App {
    /// Applies what has run out before anybody commands or reads the demand, in a transaction of its own that
    /// stands even when the command is then refused.
    pub(crate) async fn apply_elapsed(&self, id: DemandId) -> Result<(), Failure> {
        let parts = self.inner.clone();
        // Overtaken by another node, there is nothing left to do.
        self.inner.store.transaction(move |tx| elapse_in(tx, &parts, id).map(|_| ())).await
    }
}

/// What came of applying the terms that have run out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Elapsed {
    Applied,
    Nothing,
    /// A term would have run out, but an outage holds it, or a signature that awaits validation.
    Held,
    /// The demand changed meanwhile: whoever changed it has seen to the terms, or somebody has to look again.
    Overtaken,
}

/// Applies every term of the demand that has run out.
fn elapse_in(tx: &mut Tx<'_>, parts: &Parts, id: DemandId) -> Result<Elapsed, Failure> {
    let Some(loaded) = store::demand::find(tx, &parts.ring, id)? else { return Ok(Elapsed::Nothing) };
    let now = parts.clock.now(&loaded.demand.space);
    if !is_due(&loaded.demand, now) {
        return Ok(Elapsed::Nothing);
    }
    if pending::holds_terms(&loaded.demand) {
        return Ok(Elapsed::Held);
    }
    let holds = outage::holds(tx, parts, &loaded.demand.space, now)?;
    elapse_until(tx, parts, loaded, &holds, now)
}

/// Applies the term of this row, and what ended before it. What ended later has a row of its own, whose turn comes after
/// those of other documents that ended meanwhile.
pub(crate) fn end_term_in(
    tx: &mut Tx<'_>,
    parts: &Parts,
    id: DemandId,
    row: &Deadline,
) -> Result<Elapsed, Failure> {
    let Some(loaded) = store::demand::find(tx, &parts.ring, id)? else { return Ok(Elapsed::Nothing) };
    let now = parts.clock.now(&loaded.demand.space);
    if pending::holds_terms(&loaded.demand) {
        return Ok(if is_due(&loaded.demand, now) { Elapsed::Held } else { Elapsed::Nothing });
    }
    let holds = outage::holds(tx, parts, &loaded.demand.space, now)?;
    // A column keeps microseconds.
    let begins =
        |clock: &RunningClock| clock.started_at.timestamp_micros() == row.started_at.timestamp_micros();
    let runs = |clock: &RunningClock| clock.kind.name() == row.kind && begins(clock);
    let Some(clock) = clocks::running_under(&loaded.demand, &holds).into_iter().find(runs) else {
        return Ok(Elapsed::Nothing);
    };
    match clock.ends_at().filter(|end| *end <= now) {
        Some(end) => elapse_until(tx, parts, loaded, &holds, end),
        None => Ok(Elapsed::Held),
    }
}

/// Applies what has run out by then, the first first. Each term is a change of its own – a revision, an entry and events with
/// the state and the instant of its own end – whoever applies it, and however many have run out meanwhile.
fn elapse_until(
    tx: &mut Tx<'_>,
    parts: &Parts,
    loaded: Loaded,
    holds: &Holds,
    until: DateTime<Utc>,
) -> Result<Elapsed, Failure> {
    let now = parts.clock.now(&loaded.demand.space);
    let Loaded { mut demand, key, patients, .. } = loaded;
    let mut elapsed = Elapsed::Held;
    loop {
        let ended = clocks::elapse_first(demand, holds, until);
        if ended.events.is_empty() {
            return Ok(elapsed);
        }
        let Some(saved) = store::demand::save(tx, &parts.ring, ended.document, &key, None, now)? else {
            return Ok(Elapsed::Overtaken);
        };
        let concerned = Concerned::patients(&patients);
        announce::by_the_clock(tx, parts, &saved, "elapse", &ended.events, concerned)?;
        (demand, elapsed) = (saved, Elapsed::Applied);
    }
}

/// Tells the parties of a demand that this term ends soon, if it still runs.
pub(crate) fn remind_in(
    tx: &mut Tx<'_>,
    parts: &Parts,
    id: DemandId,
    reminder: &Deadline,
) -> Result<(), Failure> {
    let Some(loaded) = store::demand::find(tx, &parts.ring, id)? else { return Ok(()) };
    // It comes once the signature was refused, if the term still runs then.
    if pending::holds_terms(&loaded.demand) {
        return Err(Failure::Stale);
    }
    let now = parts.clock.now(&loaded.demand.space);
    let holds = outage::holds(tx, parts, &loaded.demand.space, now)?;
    let told = ClockKind::parse(&reminder.kind)
        .and_then(|kind| clocks::remind(&loaded.demand, kind, reminder.started_at, &holds, now));
    let Some(event) = told else { return Ok(()) };
    // It changes nothing, but happens now.
    let demand = Demand { changed_at: now, ..loaded.demand };
    announce::by_the_clock(tx, parts, &demand, "remind", &[event], Concerned::patients(&loaded.patients))
}
