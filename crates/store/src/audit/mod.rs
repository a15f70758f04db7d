//! The append-only record of every write, every refusal and every read of a patient's data
//! (RODO art. 5(2), art. 32; UZP art. 23a).
//!
//! An entry is inserted in the business transaction with a digest of its bytes; triggers keep it as it
//! is. The [sequencer](crate::sequencer) numbers committed entries and chains them, an hourly signed
//! root ([`sign_root`]) fixes the chain for outsiders, and [`verify`] checks all of it.

mod batch;
pub(crate) mod chain;
mod entry;
mod roots;
mod verify;

pub use batch::AuditBatch;
pub use entry::{ActingPerson, Actor, Entry, Outcome};
pub use roots::{Root, sign_root};
pub use verify::{Expected, Fault, Report, verify};

pub(crate) use entry::NewRow;

use crate::schema::audit;
use crate::{StoreError, Tx, on_backend};
use diesel::prelude::*;
use domain::ids::PatientId;
use entry::Columns;

/// Rows of one INSERT: far below the limit of parameters of either database.
const ROWS: usize = 500;

/// Adds an entry to the transaction. A write that also has events does all in one statement with
/// [`record::write`](crate::record::write).
pub fn append(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), StoreError> {
    let row = NewRow::of(entry)?;
    on_backend!(tx, |conn| diesel::insert_into(audit::table).values(&row).execute(conn))?;
    Ok(())
}

/// Adds many entries at once.
pub fn append_all(tx: &mut Tx<'_>, entries: &[Entry]) -> Result<(), StoreError> {
    let rows = entries.iter().map(NewRow::of).collect::<Result<Vec<_>, _>>()?;
    for some in rows.chunks(ROWS) {
        on_backend!(tx, |conn| diesel::insert_into(audit::table).values(some).execute(conn))?;
    }
    Ok(())
}

/// An entry with its place in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedEntry {
    pub cursor: i64,
    pub entry: Entry,
}

/// What was done with a patient's data, the latest first; `after` is the cursor of the last entry that
/// the caller has.
pub fn list_for_patient(
    tx: &mut Tx<'_>,
    patient: PatientId,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<ListedEntry>, StoreError> {
    let rows: Vec<(i64, Columns)> = on_backend!(tx, |conn| audit::table
        .filter(audit::patient_id.eq(patient.to_string()))
        .filter(audit::ordinal.lt(after.unwrap_or(i64::MAX)))
        .order(audit::ordinal.desc())
        .limit(limit)
        .select((audit::ordinal, Columns::as_select()))
        .load(conn))?;
    rows.into_iter().map(|(cursor, row)| Ok(ListedEntry { cursor, entry: row.try_into()? })).collect()
}
