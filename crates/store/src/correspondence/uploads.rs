//! Objects that are on their way into the attachment store, so that none is left there that nobody knows.
//!
//! An upload is noted before its first byte is written. The transaction that adds the attachment claims the note; one
//! that was given up cannot be claimed any more, so that its object may be removed.

use crate::schema::attachment_uploads;
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// Notes that an object of this name will be written.
pub fn insert_upload(tx: &mut Tx<'_>, object: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    let row = (
        attachment_uploads::object_name.eq(object),
        attachment_uploads::started_at.eq(timestamp::column(now)),
    );
    on_backend!(tx, |conn| diesel::insert_into(attachment_uploads::table).values(row).execute(conn))?;
    Ok(())
}

/// Takes the note away because the object has its attachment now; `false` when it was given up before.
pub fn claim_upload(tx: &mut Tx<'_>, object: &str) -> Result<bool, StoreError> {
    let gone = on_backend!(tx, |conn| diesel::delete(attachment_uploads::table.find(object))
        .filter(attachment_uploads::given_up_at.is_null())
        .execute(conn))?;
    Ok(gone == 1)
}

/// Gives up to `limit` uploads up that began before `before`, and names those whose objects have to be removed, also
/// those that were given up earlier and are still there.
pub fn give_up_uploads(
    tx: &mut Tx<'_>,
    before: DateTime<Utc>,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<String>, StoreError> {
    let old: Vec<String> = on_backend!(tx, |conn| attachment_uploads::table
        .filter(attachment_uploads::started_at.lt(timestamp::column(before)))
        .order(attachment_uploads::started_at)
        .limit(limit)
        .select(attachment_uploads::object_name)
        .load(conn))?;
    on_backend!(tx, |conn| diesel::update(attachment_uploads::table)
        .filter(attachment_uploads::object_name.eq_any(&old))
        .set(attachment_uploads::given_up_at.eq(timestamp::column(now)))
        .execute(conn))?;
    // One that was claimed in between has its attachment.
    Ok(on_backend!(tx, |conn| attachment_uploads::table
        .filter(attachment_uploads::object_name.eq_any(&old))
        .select(attachment_uploads::object_name)
        .load(conn))?)
}

/// Forgets an upload whose object is not there any more.
pub fn forget_upload(tx: &mut Tx<'_>, object: &str) -> Result<(), StoreError> {
    on_backend!(tx, |conn| diesel::delete(attachment_uploads::table.find(object)).execute(conn))?;
    Ok(())
}
