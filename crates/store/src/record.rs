//! What every write leaves behind besides its document, in one statement where the database allows it.

use crate::audit::{self, Entry, NewRow};
use crate::idempotency::{self, Completion, SealedAnswer};
use crate::outbox::{self, EventArrays, NewEvent};
use crate::sealing::KeyRing;
use crate::statement::statement;
use crate::{StoreError, Tx};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::{Array, Binary, Integer, Jsonb, Nullable, Text, Timestamp};
use serde_json::Value;

/// The traces of one write: its audit entry, its events, and the answer to keep under its key.
#[derive(Clone, Debug)]
pub struct WriteRecord<'a> {
    pub entry: &'a Entry,
    pub events: &'a [NewEvent],
    pub completion: Option<Completion<'a>>,
}

/// Adds all of it to the transaction.
pub fn write(tx: &mut Tx<'_>, ring: &KeyRing, record: &WriteRecord<'_>) -> Result<(), StoreError> {
    match tx {
        Tx::Postgres(conn) => write_at_once(conn, ring, record),
        Tx::Sqlite(_) => write_in_turn(tx, ring, record),
    }
}

fn write_in_turn(tx: &mut Tx<'_>, ring: &KeyRing, record: &WriteRecord<'_>) -> Result<(), StoreError> {
    audit::append(tx, record.entry)?;
    outbox::append_all(tx, record.events)?;
    match &record.completion {
        Some(completion) => idempotency::complete(tx, ring, completion),
        None => Ok(()),
    }
}

statement! {
    /// Events come as arrays, so that one text serves any number of them.
    WriteAtOnce ['a] for (Pg) {
        "WITH entry AS (INSERT INTO audit (action, at, client_id, document_id, document_kind, id, on_behalf_of, \
         organisation_id, patient_id, person_id, person_system, purpose, refusal, role, space, trace_id, bytes, \
         digest) VALUES ("
        [action: Text = &'a str] ", " [at: Timestamp = NaiveDateTime] ", " [client_id: Text = &'a str] ", "
        [document_id: Nullable<Text> = Option<&'a str>] ", " [document_kind: Nullable<Text> = Option<&'a str>] ", "
        [entry_id: Text = &'a str] ", " [on_behalf_of: Nullable<Text> = Option<&'a str>] ", "
        [organisation_id: Nullable<Text> = Option<&'a str>] ", " [patient_id: Nullable<Text> = Option<&'a str>] ", "
        [person_id: Nullable<Text> = Option<&'a str>] ", " [person_system: Nullable<Text> = Option<&'a str>] ", "
        [purpose: Nullable<Text> = Option<&'a str>] ", " [refusal: Nullable<Text> = Option<&'a str>] ", "
        [role: Text = &'a str] ", " [space: Text = &'a str] ", " [trace_id: Nullable<Text> = Option<&'a str>] ", "
        [bytes: Binary = &'a [u8]] ", " [digest: Binary = &'a [u8]]
        ")), told AS (INSERT INTO events (id, space, type, version, document_kind, document_id, at, payload) \
         SELECT * FROM unnest("
        [ids: Array<Text> = &'a [String]] ", " [spaces: Array<Text> = &'a [&'a str]] ", "
        [kinds: Array<Text> = &'a [&'a str]] ", " [versions: Array<Integer> = &'a [i32]] ", "
        [document_kinds: Array<Text> = &'a [&'a str]] ", " [document_ids: Array<Text> = &'a [&'a str]] ", "
        [ats: Array<Timestamp> = &'a [NaiveDateTime]] ", " [payloads: Array<Jsonb> = &'a [&'a Value]]
        ")), heard AS (INSERT INTO event_audience (event_id, audience) SELECT * FROM unnest("
        [event_ids: Array<Text> = &'a [String]] ", " [audiences: Array<Text> = &'a [&'a str]]
        ")) UPDATE idempotency SET status = " [status: Nullable<Integer> = Option<i32>]
        ", document_id = " [answered_id: Nullable<Text> = Option<&'a str>]
        ", wrapped_key = " [wrapped_key: Nullable<Binary> = Option<&'a [u8]>]
        ", key_version = " [key_version: Nullable<Integer> = Option<i32>]
        ", answer = " [answer: Nullable<Binary> = Option<&'a [u8]>]
        // Without a key both are NULL and no row is met.
        " WHERE scope = " [scope: Nullable<Text> = Option<&'a str>] " AND key = " [key: Nullable<Text> = Option<&'a str>]
    }
}

fn write_at_once(
    conn: &mut PgConnection,
    ring: &KeyRing,
    record: &WriteRecord<'_>,
) -> Result<(), StoreError> {
    let row = NewRow::of(record.entry)?;
    let events = EventArrays::of(record.events);
    let completion = record.completion.as_ref();
    let sealed = completion.map(|completion| SealedAnswer::new(ring, completion)).transpose()?;
    let answered = WriteAtOnce::of(&row, &events, completion.zip(sealed.as_ref())).execute(conn)?;
    match completion {
        Some(completion) if answered != 1 => Err(idempotency::unclaimed(completion)),
        _ => Ok(()),
    }
}

impl<'a> WriteAtOnce<'a> {
    fn of(
        row: &'a NewRow,
        events: &'a EventArrays<'a>,
        completed: Option<(&'a Completion<'a>, &'a SealedAnswer)>,
    ) -> Self {
        let (completion, sealed) = completed.unzip();
        let columns = &row.columns;
        Self {
            action: &columns.action,
            at: columns.at,
            client_id: &columns.client_id,
            document_id: columns.document_id.as_deref(),
            document_kind: columns.document_kind.as_deref(),
            entry_id: &columns.id,
            on_behalf_of: columns.on_behalf_of.as_deref(),
            organisation_id: columns.organisation_id.as_deref(),
            patient_id: columns.patient_id.as_deref(),
            person_id: columns.person_id.as_deref(),
            person_system: columns.person_system.as_deref(),
            purpose: columns.purpose.as_deref(),
            refusal: columns.refusal.as_deref(),
            role: &columns.role,
            space: &columns.space,
            trace_id: columns.trace_id.as_deref(),
            bytes: &row.bytes,
            digest: &row.digest,
            ids: &events.ids,
            spaces: &events.spaces,
            kinds: &events.kinds,
            versions: &events.versions,
            document_kinds: &events.document_kinds,
            document_ids: &events.document_ids,
            ats: &events.ats,
            payloads: &events.payloads,
            event_ids: &events.event_ids,
            audiences: &events.audiences,
            status: sealed.map(|sealed| sealed.status),
            answered_id: completion.and_then(|completion| completion.document_id),
            wrapped_key: sealed.map(|sealed| sealed.wrapped_key.as_slice()),
            key_version: sealed.map(|sealed| sealed.key_version),
            answer: sealed.map(|sealed| sealed.answer.as_slice()),
            scope: completion.map(|completion| completion.scope),
            key: completion.map(|completion| completion.key),
        }
    }
}
