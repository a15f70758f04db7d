//! Who a document is about, as a random id; the identifier itself stands only in sealed columns.

use crate::schema::patients;
use crate::sealing::{BlindIndex, KeyRing};
use crate::statement::statement;
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Binary, Text, Timestamp};
use domain::demand::content::Patient;
use domain::ids::{PatientId, SpaceId};

statement! {
    InsertPatient ['a] for (Pg Sqlite) {
        "INSERT INTO patients (id, space, blind_index, created_at) VALUES ("
        [id: Text = &'a str] ", " [space: Text = &'a str] ", " [blind_index: Binary = &'a [u8]] ", "
        [created_at: Timestamp = NaiveDateTime] ") ON CONFLICT (space, blind_index) DO NOTHING"
    }
}

/// The patient with this identifier, made with `new_id` when the space does not know one. Of two
/// transactions at once the second waits for the first and gets its patient.
pub fn find_or_insert_patient(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    index: &BlindIndex,
    new_id: PatientId,
    now: DateTime<Utc>,
) -> Result<PatientId, StoreError> {
    let statement = InsertPatient {
        id: &new_id.to_string(),
        space: space.as_str(),
        blind_index: index.as_bytes(),
        created_at: timestamp::column(now),
    };
    let inserted = on_backend!(tx, |conn| statement.execute(conn))?;
    if inserted == 1 {
        return Ok(new_id);
    }
    // Under READ COMMITTED this statement sees the row that the insert has met.
    find_patient(tx, space, index)?.ok_or_else(|| StoreError::corrupt("patients", new_id))
}

pub fn find_patient(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    index: &BlindIndex,
) -> Result<Option<PatientId>, StoreError> {
    let found: Option<String> = on_backend!(tx, |conn| patients::table
        .filter(patients::space.eq(space.as_str()))
        .filter(patients::blind_index.eq(index.as_bytes()))
        .select(patients::id)
        .first(conn)
        .optional())?;
    found.map(|id| PatientId::parse(&id).ok_or_else(|| StoreError::corrupt("patients", id))).transpose()
}

/// Nothing changes, but of two who decide about one patient's documents at once the second waits for the first.
pub fn hold(tx: &mut Tx<'_>, patient: PatientId) -> Result<(), StoreError> {
    on_backend!(tx, |conn| diesel::update(patients::table.find(patient.to_string()))
        .set(patients::created_at.eq(patients::created_at))
        .execute(conn))?;
    Ok(())
}

/// Who these patients are, in their order; `new_ids` has one for each, in case the space does not know them yet. A
/// patient without an identifier yet, as a draft may have, is nobody's until one is given.
///
/// They are asked for in the order of their indexes: two documents that name the same new patients in opposite order
/// would wait for each other.
pub(crate) fn identify(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    space: &SpaceId,
    named: &[&Patient],
    new_ids: &[PatientId],
    now: DateTime<Utc>,
) -> Result<Vec<PatientId>, StoreError> {
    let mut ids = new_ids.to_vec();
    let mut indexed: Vec<_> = named
        .iter()
        .zip(&mut ids)
        .filter_map(|(patient, id)| patient.index_identifier().map(|identifier| (identifier, id)))
        .map(|(identifier, id)| (ring.blind_index("patient", identifier.index_text().reveal()), id))
        .collect();
    indexed.sort_by(|(one, _), (other, _)| one.as_bytes().cmp(other.as_bytes()));
    for (index, id) in indexed {
        *id = find_or_insert_patient(tx, space, &index, *id, now)?;
    }
    Ok(ids)
}
