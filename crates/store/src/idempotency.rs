//! One answer per key: a repeated request gets the bytes of the first one's answer.
//!
//! The claim is the first insert of the business transaction. A second request with the same key waits
//! on the unique index until the first has ended, and then finds its answer or takes its place.

use crate::schema::idempotency;
use crate::sealing::{KeyRing, Place};
use crate::statement::statement;
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Binary, Integer, Nullable, Text, Timestamp};

/// How long answers are kept.
pub const KEPT: TimeDelta = TimeDelta::days(7);

/// Who asks for what, the first time or again.
#[derive(Clone, Debug)]
pub struct KeyClaim<'a> {
    /// Client and acting person, without anything that identifies a patient.
    pub scope: &'a str,
    pub key: &'a str,
    /// SHA-256 over method, path and canonical body.
    pub fingerprint: &'a [u8; 32],
    /// The operation id, for [`look_up`].
    pub operation: &'a str,
    pub now: DateTime<Utc>,
}

/// What the claim of a key has met.
#[derive(Debug, PartialEq, Eq)]
pub enum Claim {
    /// The key is ours; the transaction must end with [`complete`] or roll back.
    New,
    Replay(KeyRecord),
    /// The key was used for another request.
    OtherFingerprint,
}

/// An answer as it was first given.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredAnswerBytes {
    pub status: u16,
    pub bytes: Vec<u8>,
}

/// An answer repeats personal data and is not printed.
impl std::fmt::Debug for StoredAnswerBytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredAnswerBytes").field("status", &self.status).finish_non_exhaustive()
    }
}

/// The answer to keep under a claimed key.
#[derive(Clone, Debug)]
pub struct Completion<'a> {
    pub scope: &'a str,
    pub key: &'a str,
    pub status: u16,
    pub bytes: &'a [u8],
    pub document_id: Option<&'a str>,
}

/// What is known of a key, for «did you get it?».
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRecord {
    pub operation: String,
    pub created_at: DateTime<Utc>,
    pub document_id: Option<String>,
    pub fingerprint: Vec<u8>,
    pub answer: StoredAnswerBytes,
}

statement! {
    ClaimKey ['a] for (Pg Sqlite) {
        "INSERT INTO idempotency (scope, key, fingerprint, operation, created_at) VALUES ("
        [scope: Text = &'a str] ", " [key: Text = &'a str] ", " [fingerprint: Binary = &'a [u8]] ", "
        [operation: Text = &'a str] ", " [created_at: Timestamp = NaiveDateTime]
        ") ON CONFLICT DO NOTHING"
    }
}

statement! {
    KeepAnswer ['a] for (Pg Sqlite) {
        "UPDATE idempotency SET status = " [status: Integer = i32]
        ", document_id = " [document_id: Nullable<Text> = Option<&'a str>]
        ", wrapped_key = " [wrapped_key: Binary = &'a [u8]]
        ", key_version = " [key_version: Integer = i32]
        ", answer = " [answer: Binary = &'a [u8]]
        " WHERE scope = " [scope: Text = &'a str] " AND key = " [key: Text = &'a str]
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = idempotency)]
struct KeyRow {
    fingerprint: Vec<u8>,
    operation: String,
    created_at: NaiveDateTime,
    status: Option<i32>,
    document_id: Option<String>,
    wrapped_key: Option<Vec<u8>>,
    answer: Option<Vec<u8>>,
}

/// Claims the key. On PostgreSQL this waits for another transaction with the same key, at most the
/// store's lock wait, then [`StoreError::Busy`].
pub fn claim(tx: &mut Tx<'_>, ring: &KeyRing, asked: &KeyClaim<'_>) -> Result<Claim, StoreError> {
    let statement = ClaimKey {
        scope: asked.scope,
        key: asked.key,
        fingerprint: asked.fingerprint,
        operation: asked.operation,
        created_at: timestamp::column(asked.now),
    };
    if on_backend!(tx, |conn| statement.execute(conn))? == 1 {
        return Ok(Claim::New);
    }
    let id = row_id(asked.scope, asked.key);
    let row = find(tx, asked.scope, asked.key)?.ok_or_else(|| StoreError::corrupt("idempotency", &id))?;
    if row.fingerprint != asked.fingerprint {
        return Ok(Claim::OtherFingerprint);
    }
    Ok(Claim::Replay(row.known(ring, &id)?))
}

/// Keeps the answer, sealed under a key of its own.
pub fn complete(tx: &mut Tx<'_>, ring: &KeyRing, completion: &Completion<'_>) -> Result<(), StoreError> {
    let sealed = SealedAnswer::new(ring, completion)?;
    let statement = KeepAnswer {
        status: sealed.status,
        document_id: completion.document_id,
        wrapped_key: &sealed.wrapped_key,
        key_version: sealed.key_version,
        answer: &sealed.answer,
        scope: completion.scope,
        key: completion.key,
    };
    let changed = on_backend!(tx, |conn| statement.execute(conn))?;
    if changed == 1 { Ok(()) } else { Err(unclaimed(completion)) }
}

/// The answer that was given under this key, if any.
pub fn look_up(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    scope: &str,
    key: &str,
) -> Result<Option<KeyRecord>, StoreError> {
    let Some(row) = find(tx, scope, key)? else { return Ok(None) };
    row.known(ring, &row_id(scope, key)).map(Some)
}

/// Forgets answers given before `now - age` and tells how many.
pub fn purge_older_than(tx: &mut Tx<'_>, age: TimeDelta, now: DateTime<Utc>) -> Result<usize, StoreError> {
    let oldest = timestamp::column(now - age);
    let gone = on_backend!(tx, |conn| diesel::delete(idempotency::table)
        .filter(idempotency::created_at.lt(oldest))
        .execute(conn))?;
    Ok(gone)
}

/// Wraps up to `limit` keys under the ring's current version and tells how many; call it until none.
pub fn rewrap(tx: &mut Tx<'_>, ring: &KeyRing, limit: i64) -> Result<usize, StoreError> {
    let current = i32::try_from(ring.current_version()).unwrap_or(i32::MAX);
    let rows: Vec<(String, String, Option<Vec<u8>>)> = on_backend!(tx, |conn| idempotency::table
        .filter(idempotency::key_version.ne(current))
        .select((idempotency::scope, idempotency::key, idempotency::wrapped_key))
        .limit(limit)
        .load(conn))?;
    let found = rows.len();
    for (scope, key, wrapped) in rows {
        let id = row_id(&scope, &key);
        let wrapped = wrapped.ok_or_else(|| StoreError::corrupt("idempotency", &id))?;
        // A row whose version says otherwise than its wrapped key was altered, and would be found again for ever.
        let anew = ring.rewrap(key_place(&id), &wrapped)?;
        let anew = anew.ok_or_else(|| StoreError::corrupt("idempotency", &id))?;
        on_backend!(tx, |conn| diesel::update(idempotency::table)
            .filter(idempotency::scope.eq(&scope))
            .filter(idempotency::key.eq(&key))
            .set((idempotency::wrapped_key.eq(&anew.wrapped), idempotency::key_version.eq(current)))
            .execute(conn))?;
    }
    Ok(found)
}

/// The columns of an answer.
pub(crate) struct SealedAnswer {
    pub(crate) status: i32,
    pub(crate) wrapped_key: Vec<u8>,
    pub(crate) key_version: i32,
    pub(crate) answer: Vec<u8>,
}

impl SealedAnswer {
    pub(crate) fn new(ring: &KeyRing, completion: &Completion<'_>) -> Result<Self, StoreError> {
        let id = row_id(completion.scope, completion.key);
        let key = ring.new_data_key()?;
        Ok(Self {
            status: i32::from(completion.status),
            wrapped_key: ring.wrap(key_place(&id), &key)?,
            key_version: i32::try_from(ring.current_version()).unwrap_or(i32::MAX),
            answer: key.seal(answer_place(&id), completion.bytes)?,
        })
    }
}

/// A completion without its claim: the job forgot to claim, or claimed another key.
pub(crate) fn unclaimed(completion: &Completion<'_>) -> StoreError {
    StoreError::corrupt("idempotency", row_id(completion.scope, completion.key))
}

fn find(tx: &mut Tx<'_>, scope: &str, key: &str) -> Result<Option<KeyRow>, StoreError> {
    Ok(on_backend!(tx, |conn| idempotency::table
        .filter(idempotency::scope.eq(scope))
        .filter(idempotency::key.eq(key))
        .select(KeyRow::as_select())
        .first(conn)
        .optional())?)
}

impl KeyRow {
    fn known(self, ring: &KeyRing, id: &str) -> Result<KeyRecord, StoreError> {
        let answer = self.unseal(ring, id)?;
        Ok(KeyRecord {
            operation: self.operation,
            created_at: timestamp::instant(self.created_at),
            document_id: self.document_id,
            fingerprint: self.fingerprint,
            answer,
        })
    }

    fn unseal(&self, ring: &KeyRing, id: &str) -> Result<StoredAnswerBytes, StoreError> {
        let (Some(status), Some(wrapped), Some(answer)) = (self.status, &self.wrapped_key, &self.answer)
        else {
            return Err(StoreError::corrupt("idempotency", id));
        };
        let status = u16::try_from(status).map_err(|_| StoreError::corrupt("idempotency", id))?;
        let bytes = ring.unwrap(key_place(id), wrapped)?.open(answer_place(id), answer)?;
        Ok(StoredAnswerBytes { status, bytes })
    }
}

fn row_id(scope: &str, key: &str) -> String {
    format!("{scope} {key}")
}

fn key_place(id: &str) -> Place<'_> {
    Place::new("idempotency", "wrapped_key", id)
}

fn answer_place(id: &str) -> Place<'_> {
    Place::new("idempotency", "answer", id)
}
