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

/// Gives an upload up; `false` when its attachment is there.
pub fn give_up_upload(tx: &mut Tx<'_>, object: &str, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let given_up = on_backend!(tx, |conn| diesel::update(attachment_uploads::table.find(object))
        .set(attachment_uploads::given_up_at.eq(timestamp::column(now)))
        .execute(conn))?;
    Ok(given_up == 1)
}

/// Gives every upload up that began before `before`.
pub fn give_up_uploads(
    tx: &mut Tx<'_>,
    before: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<usize, StoreError> {
    Ok(on_backend!(tx, |conn| diesel::update(attachment_uploads::table)
        .filter(attachment_uploads::started_at.lt(timestamp::column(before)))
        .filter(attachment_uploads::given_up_at.is_null())
        .set(attachment_uploads::given_up_at.eq(timestamp::column(now)))
        .execute(conn))?)
}

/// Up to `limit` objects of uploads that were given up, which have to be removed.
pub fn list_given_up(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<String>, StoreError> {
    Ok(on_backend!(tx, |conn| attachment_uploads::table
        .filter(attachment_uploads::given_up_at.is_not_null())
        .order(attachment_uploads::started_at)
        .limit(limit)
        .select(attachment_uploads::object_name)
        .load(conn))?)
}

/// Forgets an upload whose object is not there any more.
pub fn forget_upload(tx: &mut Tx<'_>, object: &str) -> Result<(), StoreError> {
    on_backend!(tx, |conn| diesel::delete(attachment_uploads::table.find(object)).execute(conn))?;
    Ok(())
}
