//! Look-ups by code and PESEL that failed: one row for whoever guesses, one for whose code is guessed, under a keyed hash.

use crate::schema::look_up_tries as rows;
use crate::sealing::BlindIndex;
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use domain::device_order::throttle::{Guessed, Tries};
use domain::ids::SpaceId;

/// Longer than anything is remembered.
const KEPT: TimeDelta = TimeDelta::days(2);

pub fn find_tries(tx: &mut Tx<'_>, counted: &BlindIndex) -> Result<Option<Tries>, StoreError> {
    let found: Option<(i32, NaiveDateTime, Option<NaiveDateTime>)> = on_backend!(tx, |conn| rows::table
        .find(counted.as_bytes().to_vec())
        .select((rows::failed, rows::last_at, rows::not_before))
        .first(conn)
        .optional())?;
    Ok(found.map(|(failed, last_at, not_before)| Tries {
        failed: u32::try_from(failed).unwrap_or_default(),
        last_at: timestamp::instant(last_at),
        not_before: not_before.map(timestamp::instant),
    }))
}

/// Nobody else counts it until this transaction ends, where it is counted already.
pub fn hold_tries(tx: &mut Tx<'_>, counted: &BlindIndex) -> Result<(), StoreError> {
    let key = counted.as_bytes().to_vec();
    on_backend!(tx, |conn| diesel::update(rows::table.find(key))
        .set(rows::failed.eq(rows::failed))
        .execute(conn))?;
    Ok(())
}

/// Forgets what nobody remembers any more. It waits for nobody: what somebody counts just now stays.
pub fn forget_old_tries(tx: &mut Tx<'_>, now: DateTime<Utc>) -> Result<(), StoreError> {
    let old = timestamp::column(now - KEPT);
    match tx {
        Tx::Postgres(conn) => {
            let locked =
                rows::table.select(rows::counted).filter(rows::last_at.lt(old)).for_update().skip_locked();
            let counted: Vec<Vec<u8>> = locked.load(*conn)?;
            diesel::delete(rows::table.filter(rows::counted.eq_any(counted))).execute(*conn)?;
        }
        Tx::Sqlite(conn) => {
            diesel::delete(rows::table.filter(rows::last_at.lt(old))).execute(*conn)?;
        }
    }
    Ok(())
}

/// Keeps what became of what was seen; `false` where somebody else was faster.
pub fn put_tries(
    tx: &mut Tx<'_>,
    (space, of, counted): (&SpaceId, Guessed, &BlindIndex),
    seen: Option<Tries>,
    tries: Tries,
) -> Result<bool, StoreError> {
    let key = counted.as_bytes().to_vec();
    let failed = i32::try_from(tries.failed).unwrap_or(i32::MAX);
    let columns = (
        rows::failed.eq(failed),
        rows::last_at.eq(timestamp::column(tries.last_at)),
        rows::not_before.eq(tries.not_before.map(timestamp::column)),
    );
    let Some(seen) = seen else {
        let row = (rows::counted.eq(key), rows::space.eq(space.as_str()), rows::kind.eq(of.name()), columns);
        let added = on_backend!(tx, |conn| diesel::insert_into(rows::table)
            .values(row)
            .on_conflict_do_nothing()
            .execute(conn))?;
        return Ok(added == 1);
    };
    let not_before = seen.not_before.map(timestamp::column);
    let is_free = seen.not_before.is_none().into_sql::<Bool>();
    let moved = on_backend!(tx, |conn| diesel::update(rows::table.find(key))
        .filter(rows::failed.eq(i32::try_from(seen.failed).unwrap_or(i32::MAX)))
        .filter(rows::last_at.eq(timestamp::column(seen.last_at)))
        .filter(rows::not_before.eq(not_before).or(rows::not_before.is_null().and(is_free)))
        .set(columns)
        .execute(conn))?;
    Ok(moved == 1)
}

/// Whether there was anything to forget.
pub fn forget_tries(tx: &mut Tx<'_>, counted: &BlindIndex) -> Result<bool, StoreError> {
    let gone =
        on_backend!(tx, |conn| diesel::delete(rows::table.find(counted.as_bytes().to_vec())).execute(conn))?;
    Ok(gone == 1)
}
