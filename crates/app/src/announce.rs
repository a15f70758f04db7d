//! What a change of a document leaves behind in its transaction: audit entries, events, and the answer under its key.

use crate::answer::{StoredAnswer, Write};
use crate::caller::Caller;
use crate::demand::{Act, actor, entries, the_clock};
use crate::failure::Failure;
use crate::{Parts, idempotent};
use chrono::{DateTime, Utc};
use domain::ids::{EventId, PatientId, SpaceId};
use domain::values::Text;
use serde_json::{Value, json};
use store::Tx;
use store::audit::{self, Actor, Entry, Outcome};
use store::idempotency::{self, Completion};
use store::outbox::NewEvent;
use store::record::{self, WriteRecord};
use uuid::Uuid;

/// A document as its events name it.
#[derive(Clone, Copy)]
pub(crate) struct Document<'a> {
    pub kind: &'static str,
    pub id: Uuid,
    pub space: &'a SpaceId,
    /// Where it stands after the change.
    pub state: &'static str,
    pub revision: i64,
    pub changed_at: DateTime<Utc>,
}

/// What happened: its word, its version, what it says, and who is told.
pub(crate) struct Happened {
    pub name: &'static str,
    pub version: i32,
    /// With the members of the event under `data`.
    pub told: Result<Value, serde_json::Error>,
    pub audience: Vec<String>,
}

/// An event of the outbox.
pub(crate) fn event(
    parts: &Parts,
    document: Document<'_>,
    happened: Happened,
    by: &Value,
) -> Result<NewEvent, Failure> {
    let Document { kind, id, space, state, revision, changed_at: at } = document;
    let told = happened.told.map_err(|error| Failure::Bug(error.into()))?;
    let data = told.get("data").cloned().unwrap_or_else(|| json!({}));
    Ok(NewEvent {
        id: EventId(parts.entropy.id(at)),
        space: space.clone(),
        kind: happened.name.to_owned(),
        version: happened.version,
        document_kind: kind.to_owned(),
        document_id: id.to_string(),
        at,
        payload: json!({ "state": state, "revision": revision, "by": by, "data": data }),
        audience: happened.audience,
    })
}

/// A change, with everybody whom it concerns.
pub(crate) struct Changed<'a> {
    pub document: Document<'a>,
    pub patient: PatientId,
    pub concerned: &'a [PatientId],
    pub events: &'a [NewEvent],
}

/// A write by a caller: its entries, its events, and the answer under its key; with a purpose that the patient reads.
pub(crate) fn by_a_caller(
    tx: &mut Tx<'_>,
    parts: &Parts,
    (caller, write, operation): (&Caller, &Write, &str),
    purpose: Option<&Text<500>>,
    changed: &Changed<'_>,
    answer: &StoredAnswer,
) -> Result<(), Failure> {
    let Document { kind, id, .. } = changed.document;
    let own = caller.patient.as_ref().map(|_| changed.patient);
    let (outcome, trace_id) = (Outcome::Allowed, Some(write.trace_id.as_str()));
    let purpose = purpose.map(Text::as_str);
    let act = Act { action: operation, document: Some((kind, id)), outcome, purpose, trace_id };
    let entries = entries(parts, &caller.space, &actor(&parts.ring, caller, own), &act, changed.concerned);
    let scope = idempotent::scope(&parts.ring, caller);
    let bytes = idempotent::to_bytes(answer)?;
    let document_id = id.to_string();
    let completion = write.key.as_deref().map(|key| Completion {
        scope: &scope,
        key,
        status: answer.status,
        bytes: &bytes,
        document_id: Some(&document_id),
    });
    leave(tx, parts, &entries, changed.events, completion)
}

/// As whose doing an event stands that nobody asked for.
pub(crate) fn the_service() -> Value {
    json!({ "role": "SERVICE" })
}

/// Nobody asked: a term ran out, or the payer looked at it.
pub(crate) fn by_the_service(
    tx: &mut Tx<'_>,
    parts: &Parts,
    action: &str,
    changed: &Changed<'_>,
) -> Result<(), Failure> {
    let Document { kind, id, space, .. } = changed.document;
    let document = Some((kind, id));
    let act = Act { action, document, outcome: Outcome::Allowed, purpose: None, trace_id: None };
    let entries = entries(parts, space, &the_clock(), &act, changed.concerned);
    leave(tx, parts, &entries, changed.events, None)
}

fn leave(
    tx: &mut Tx<'_>,
    parts: &Parts,
    entries: &[Entry],
    events: &[NewEvent],
    completion: Option<Completion<'_>>,
) -> Result<(), Failure> {
    if let Some((first, rest)) = entries.split_first() {
        record::write(tx, &parts.ring, &WriteRecord { entry: first, events, completion })?;
        audit::append_all(tx, rest)?;
    }
    Ok(())
}

/// What an entry says of a document of which nothing changes.
pub(crate) struct About<'a> {
    pub action: &'a str,
    pub document: (&'static str, Uuid),
    pub outcome: Outcome,
    pub purpose: Option<&'a str>,
    pub trace_id: &'a str,
}

/// The entries of something about a document that changes nothing.
pub(crate) fn entries_of(
    parts: &Parts,
    space: &SpaceId,
    who: &Actor,
    about: About<'_>,
    patients: &[PatientId],
) -> Vec<Entry> {
    let About { action, document, outcome, purpose, trace_id } = about;
    let act = Act { action, document: Some(document), outcome, purpose, trace_id: Some(trace_id) };
    entries(parts, space, who, &act, patients)
}

/// Takes the place of the answer that was kept under the caller's key before.
pub(crate) fn keep_answer(
    tx: &mut Tx<'_>,
    parts: &Parts,
    (caller, write): (&Caller, &Write),
    document_id: &str,
    answer: &StoredAnswer,
) -> Result<(), Failure> {
    let Some(key) = write.key.as_deref() else { return Ok(()) };
    let (scope, bytes) = (idempotent::scope(&parts.ring, caller), idempotent::to_bytes(answer)?);
    let (status, document_id) = (answer.status, Some(document_id));
    let completion = Completion { scope: &scope, key, status, bytes: &bytes, document_id };
    Ok(idempotency::complete(tx, &parts.ring, &completion)?)
}
