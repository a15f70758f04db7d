//! To what patients have agreed; contacts stand under seal, each patient's under a key of its own.

use crate::schema::patient_consents::dsl;
use crate::sealing::{KeyRing, NewKey, Place};
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::ids::PatientId;
use domain::patient_consent::Consents;

const TABLE: &str = "patient_consents";

/// The revision of a patient who has never said anything, so that the first change can name what it has seen.
const FIRST: i64 = 1;

/// Consents as they are stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    pub consents: Consents,
    pub revision: i64,
}

impl Default for Stored {
    fn default() -> Self {
        Self { consents: Consents::default(), revision: FIRST }
    }
}

pub fn find(tx: &mut Tx<'_>, ring: &KeyRing, patient: PatientId) -> Result<Stored, StoreError> {
    let id = patient.to_string();
    let found: Option<(i64, Vec<u8>, Vec<u8>)> = on_backend!(tx, |conn| dsl::patient_consents
        .find(&id)
        .select((dsl::revision, dsl::wrapped_key, dsl::sealed))
        .first(conn)
        .optional())?;
    let Some((revision, wrapped, sealed)) = found else { return Ok(Stored::default()) };
    let plain = ring.unwrap(key_place(&id), &wrapped)?.open(sealed_place(&id), &sealed)?;
    let consents = serde_json::from_slice(&plain).map_err(|_| StoreError::corrupt(TABLE, &id))?;
    Ok(Stored { consents, revision })
}

/// Keeps the next revision of what was seen, under a new key; `false` where somebody else was faster.
pub fn put(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    patient: PatientId,
    (seen, consents): (i64, &Consents),
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let id = patient.to_string();
    let made = NewKey::new(ring, key_place(&id))?;
    let plain = serde_json::to_vec(consents).map_err(|_| StoreError::corrupt(TABLE, &id))?;
    let columns = (
        dsl::revision.eq(seen + 1),
        dsl::changed_at.eq(timestamp::column(now)),
        dsl::key_version.eq(made.version),
        dsl::wrapped_key.eq(&made.wrapped),
        dsl::sealed.eq(made.key.seal(sealed_place(&id), &plain)?),
    );
    let written = if seen == FIRST {
        on_backend!(tx, |conn| diesel::insert_into(dsl::patient_consents)
            .values((dsl::patient_id.eq(&id), columns))
            .on_conflict_do_nothing()
            .execute(conn))?
    } else {
        on_backend!(tx, |conn| diesel::update(dsl::patient_consents.find(&id))
            .filter(dsl::revision.eq(seen))
            .set(columns)
            .execute(conn))?
    };
    Ok(written == 1)
}

/// Wraps up to `limit` keys under the ring's current version and tells how many; call it until none.
pub fn rewrap(tx: &mut Tx<'_>, ring: &KeyRing, limit: i64) -> Result<usize, StoreError> {
    let current = i32::try_from(ring.current_version()).unwrap_or(i32::MAX);
    let rows: Vec<(String, Vec<u8>)> = on_backend!(tx, |conn| dsl::patient_consents
        .filter(dsl::key_version.ne(current))
        .select((dsl::patient_id, dsl::wrapped_key))
        .limit(limit)
        .load(conn))?;
    let found = rows.len();
    for (id, wrapped) in rows {
        let anew = ring.rewrap(key_place(&id), &wrapped)?.ok_or_else(|| StoreError::corrupt(TABLE, &id))?;
        on_backend!(tx, |conn| diesel::update(dsl::patient_consents.find(&id))
            .set((dsl::wrapped_key.eq(&anew.wrapped), dsl::key_version.eq(current)))
            .execute(conn))?;
    }
    Ok(found)
}

fn key_place(id: &str) -> Place<'_> {
    Place::new(TABLE, "wrapped_key", id)
}

fn sealed_place(id: &str) -> Place<'_> {
    Place::new(TABLE, "sealed", id)
}
