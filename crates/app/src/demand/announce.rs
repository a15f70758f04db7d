//! What every change leaves behind: audit entries, and events for everybody whom it concerns.

use super::access::substitute_of;
use crate::Parts;
use crate::answer::Write;
use crate::caller::{Caller, Role};
use crate::failure::Failure;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use chrono::NaiveDate;
use domain::calendar::warsaw_date;
use domain::demand::DemandEvent;
use domain::demand::clocks::ClockKind;
use domain::demand::model::{Consultant, Demand, DemandKind};
use domain::ids::{EventId, PatientId, SpaceId};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use store::Tx;
use store::audit::{self, ActingPerson, Actor, Entry, Outcome};
use store::idempotency::Completion;
use store::outbox::NewEvent;
use store::record::{self, WriteRecord};
use store::sealing::KeyRing;
use uuid::Uuid;

/// Under which the audit names who acts for a patient.
const REPRESENTATIVE: &str = "REPRESENTATIVE";

/// Who acted, as the audit names them: never by name, a patient only by a random id, and who acts for one, who may be
/// nobody's patient, by a keyed hash.
pub(crate) fn actor(ring: &KeyRing, caller: &Caller, patient: Option<PatientId>) -> Actor {
    let person = match (caller.role, &caller.person) {
        (Role::Patient, _) if caller.representative.is_some() => {
            caller.representative.as_ref().map(|pesel| {
                let index = ring.blind_index("representative", pesel.reveal().reveal());
                let id = BASE64_STANDARD.encode(index.as_bytes());
                ActingPerson { system: REPRESENTATIVE.to_owned(), id }
            })
        }
        (Role::Patient, _) => {
            patient.map(|id| ActingPerson { system: "PATIENT".to_owned(), id: id.to_string() })
        }
        (_, Some(person)) => {
            Some(ActingPerson { system: person.id_system.name().to_owned(), id: person.id.clone() })
        }
        (_, None) => None,
    };
    actor_as(caller, person)
}

fn actor_as(caller: &Caller, person: Option<ActingPerson>) -> Actor {
    Actor {
        client_id: caller.client_id.clone(),
        organisation_id: caller.org_id().map(|id| id.to_string()),
        person,
        role: caller.role.name().to_owned(),
    }
}

/// A caller who is no patient.
pub(crate) fn actor_of(caller: &Caller) -> Actor {
    let person = caller.person.as_ref();
    actor_as(
        caller,
        person.map(|it| ActingPerson { system: it.id_system.name().to_owned(), id: it.id.clone() }),
    )
}

/// Nobody: a term ran out.
pub(crate) fn the_clock() -> Actor {
    Actor { client_id: "service".to_owned(), organisation_id: None, person: None, role: "SERVICE".to_owned() }
}

/// What an entry says besides who and when.
pub(crate) struct Act<'a> {
    pub action: &'a str,
    /// Kind and id of the document, where it is about one.
    pub document: Option<(&'static str, Uuid)>,
    pub outcome: Outcome,
    pub purpose: Option<&'a str>,
    pub trace_id: Option<&'a str>,
}

/// One entry for each patient concerned, so that each finds it in their own list; at least one.
pub(crate) fn entries(
    parts: &Parts,
    space: &SpaceId,
    actor: &Actor,
    act: &Act<'_>,
    patients: &[PatientId],
) -> Vec<Entry> {
    let at = parts.clock.now(space);
    let is_for_another = actor.person.as_ref().is_some_and(|it| it.system == REPRESENTATIVE);
    let entry = |patient: Option<PatientId>| Entry {
        id: parts.entropy.id(at),
        at,
        space: space.clone(),
        actor: actor.clone(),
        on_behalf_of: patient.filter(|_| is_for_another).map(|id| id.to_string()),
        purpose: act.purpose.map(str::to_owned),
        action: act.action.to_owned(),
        document_kind: act.document.map(|(kind, _)| kind.to_owned()),
        document_id: act.document.map(|(_, id)| id.hyphenated().to_string()),
        patient_id: patient,
        outcome: act.outcome.clone(),
        trace_id: act.trace_id.map(str::to_owned),
    };
    let distinct: BTreeSet<PatientId> = patients.iter().copied().collect();
    if distinct.is_empty() {
        vec![entry(None)]
    } else {
        distinct.into_iter().map(|id| entry(Some(id))).collect()
    }
}

/// Whom a change concerns beside those whom the demand itself names.
#[derive(Clone, Copy)]
pub(crate) struct Concerned<'a> {
    pub patients: &'a [PatientId],
    /// Who signed in the consultant's place a step that is not taken.
    pub stood_in: Option<&'a Consultant>,
}

impl<'a> Concerned<'a> {
    pub(crate) fn patients(patients: &'a [PatientId]) -> Self {
        Self { patients, stood_in: None }
    }
}

/// The patients whom the events are on record for; of an approval that ends, those too who were treated by it.
fn patients_of(
    tx: &mut Tx<'_>,
    demand: &Demand,
    events: &[DemandEvent],
    known: &[PatientId],
) -> Result<Vec<PatientId>, Failure> {
    let mut patients = known.to_vec();
    if demand.treated.is_some() && events.iter().any(|event| event.concerns_whoever_holds_it(demand)) {
        patients.extend(store::demand::treated_by(tx, demand.id)?);
    }
    Ok(patients)
}

/// The consultant before whom the demand lies, and whoever stands in for them then (CO-04).
fn consultants(
    tx: &mut Tx<'_>,
    demand: &Demand,
    (today, stood_in): (NaiveDate, Option<&Consultant>),
) -> Result<Vec<String>, Failure> {
    let chosen = demand.state.consultant();
    let substitute = substitute_of(tx, demand, today)?;
    let all = [chosen.map(|it| &it.npwz), substitute.as_ref(), stood_in.map(|it| &it.npwz)];
    Ok(all.into_iter().flatten().map(|npwz| format!("person:NPWZ:{}", npwz.as_str())).collect())
}

/// Whom a change concerns: the physician's organisation and client, then those who hold the case.
fn audience(
    tx: &mut Tx<'_>,
    demand: &Demand,
    event: &DemandEvent,
    (today, concerned): (NaiveDate, Concerned<'_>),
) -> Result<Vec<String>, Failure> {
    let mut audience = BTreeSet::new();
    if event.is_internal_to_ministry() {
        audience.insert("role:MINISTRY".to_owned());
        return Ok(audience.into_iter().collect());
    }
    audience.insert(format!("org:{}", demand.entity));
    if event.is_about_the_treated() {
        audience.insert("role:MINISTRY".to_owned());
        return Ok(audience.into_iter().collect());
    }
    if concerned.stood_in.is_some() || event.concerns_the_consultant(demand) {
        audience.extend(consultants(tx, demand, (today, concerned.stood_in))?);
    }
    if demand.state.examined().is_some() {
        audience.insert("role:MINISTRY".to_owned());
    }
    if let Some(office) = event.asks(demand) {
        audience.insert(format!("role:{}", office.name()));
    }
    if event.reaches_supply(demand) {
        if let Some(handover) = demand.state.handover() {
            audience.insert(format!("org:{}", handover.wholesaler.id));
            audience.insert(format!("org:{}", handover.pharmacy.id));
        }
        for organisation in event.former_holders() {
            audience.insert(format!("org:{organisation}"));
        }
    }
    let in_facility = demand.content.is_in_facility();
    if matches!(event, DemandEvent::TermReminder { clock: ClockKind::Handover, .. }) {
        let pharmacies = store::demand::pharmacies_of(tx, demand.id, demand.entity, in_facility)?;
        audience.extend(pharmacies.into_iter().map(|pharmacy| format!("org:{pharmacy}")));
    }
    let concerns_holders = event.concerns_whoever_holds_it(demand);
    if concerns_holders {
        let supply = store::demand::supply_of(tx, demand.id, demand.entity, in_facility)?;
        audience.extend(supply.into_iter().map(|holder| format!("org:{holder}")));
    }
    if concerns_holders || event.tells_the_patient_the_outcome(demand) {
        audience.extend(concerned.patients.iter().map(|patient| format!("patient:{patient}")));
    }
    // It reads each consent for a food at once (UBZZ art. 29a), and hears what becomes of it.
    let of_a_consent = concerns_holders || matches!(event, DemandEvent::DemandApproved {});
    if of_a_consent && demand.content.kind() == DemandKind::Food {
        audience.insert(format!("role:{}", Role::SanitaryInspectorate.name()));
    }
    Ok(audience.into_iter().collect())
}

/// Who acted, as the hearers of this event may know: those who only heard that an approval had expired do not learn who
/// holds it now (ADR 10).
fn told_by(event: &DemandEvent, by: &Value) -> Value {
    match event {
        DemandEvent::ExpiryLifted {} => json!({ "role": by["role"] }),
        _ => by.clone(),
    }
}

fn events(
    tx: &mut Tx<'_>,
    parts: &Parts,
    demand: &Demand,
    (happened, concerned): (&[DemandEvent], Concerned<'_>),
    by: &Value,
) -> Result<Vec<NewEvent>, Failure> {
    let at = demand.changed_at;
    let today = warsaw_date(parts.clock.now(&demand.space));
    happened
        .iter()
        .map(|event| {
            let told = serde_json::to_value(event).map_err(|error| Failure::Bug(error.into()))?;
            let data = told.get("data").cloned().unwrap_or_else(|| json!({}));
            Ok(NewEvent {
                id: EventId(parts.entropy.id(at)),
                space: demand.space.clone(),
                kind: event.name().to_owned(),
                version: DemandEvent::VERSION,
                document_kind: demand.content.kind().name().to_owned(),
                document_id: demand.id.to_string(),
                at,
                payload: json!({ "state": demand.state.name().name(), "revision": demand.revision, "by": told_by(event, by), "data": data }),
                audience: audience(tx, demand, event, (today, concerned))?,
            })
        })
        .collect()
}

/// A write by a caller: its entries, its events, and the answer under its key, in the caller's transaction.
#[derive(Clone, Copy)]
pub(crate) struct Written<'a> {
    pub caller: &'a Caller,
    pub write: &'a Write,
    pub operation: &'a str,
    pub demand: &'a Demand,
    pub events: &'a [DemandEvent],
    pub patients: &'a [PatientId],
    /// Who signed in the consultant's place a step that is not taken.
    pub stood_in: Option<&'a Consultant>,
    /// The caller, where a patient writes.
    pub own: Option<PatientId>,
    pub answer: &'a crate::answer::StoredAnswer,
}

/// Role and organisation of who acts, as events name them.
pub(crate) fn told_of(caller: &Caller) -> Value {
    json!({ "role": caller.role.name(), "organisation": caller.org_id().map(|id| id.to_string()) })
}

pub(crate) fn by_a_caller(tx: &mut Tx<'_>, parts: &Parts, written: &Written<'_>) -> Result<(), Failure> {
    let Written { caller, demand, .. } = *written;
    let patients = patients_of(tx, demand, written.events, written.patients)?;
    let happened = (written.events, Concerned { patients: &patients, stood_in: written.stood_in });
    let told = events(tx, parts, demand, happened, &told_of(caller))?;
    leave_traces(tx, parts, &Written { patients: &patients, ..*written }, &told)
}

/// The same with events of another kind.
pub(super) fn leave_traces(
    tx: &mut Tx<'_>,
    parts: &Parts,
    written: &Written<'_>,
    events: &[NewEvent],
) -> Result<(), Failure> {
    let Written { caller, write, operation, demand, .. } = written;
    let act = Act {
        action: operation,
        document: Some((demand.content.kind().name(), demand.id.0)),
        outcome: Outcome::Allowed,
        purpose: None,
        trace_id: Some(&write.trace_id),
    };
    let actor = actor(&parts.ring, caller, written.own);
    let entries = entries(parts, &caller.space, &actor, &act, written.patients);
    let scope = crate::idempotent::scope(&parts.ring, caller);
    let bytes = crate::idempotent::to_bytes(written.answer)?;
    let document_id = demand.id.to_string();
    let completion = write.key.as_deref().map(|key| Completion {
        scope: &scope,
        key,
        status: written.answer.status,
        bytes: &bytes,
        document_id: Some(&document_id),
    });
    if let Some((first, rest)) = entries.split_first() {
        record::write(tx, &parts.ring, &WriteRecord { entry: first, events, completion })?;
        audit::append_all(tx, rest)?;
    }
    Ok(())
}

/// A term that ran out or soon will: nobody asked, nobody is answered.
pub(crate) fn by_the_clock(
    tx: &mut Tx<'_>,
    parts: &Parts,
    demand: &Demand,
    action: &str,
    happened: &[DemandEvent],
    concerned: Concerned<'_>,
) -> Result<(), Failure> {
    let patients = patients_of(tx, demand, happened, concerned.patients)?;
    let concerned = Concerned { patients: &patients, ..concerned };
    let act = Act {
        action,
        document: Some((demand.content.kind().name(), demand.id.0)),
        outcome: Outcome::Allowed,
        purpose: None,
        trace_id: None,
    };
    let entries = entries(parts, &demand.space, &the_clock(), &act, &patients);
    let events = events(tx, parts, demand, (happened, concerned), &json!({ "role": "SERVICE" }))?;
    if let Some((first, rest)) = entries.split_first() {
        record::write(tx, &parts.ring, &WriteRecord { entry: first, events: &events, completion: None })?;
        audit::append_all(tx, rest)?;
    }
    Ok(())
}
