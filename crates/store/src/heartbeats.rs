//! When a process last said that it answers requests: one row for all of them.

use crate::schema::heartbeats;
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;

const SERVING: &str = "serving";

/// Says that somebody serves now. The beat before this one, to whoever took its place: of several who speak after a silence
/// one is told how long it was, and the others go on when what that one wrote is there.
pub fn beat(tx: &mut Tx<'_>, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, StoreError> {
    let now = timestamp::column(now);
    let Some(seen) = stored(tx)? else {
        let row = (heartbeats::name.eq(SERVING), heartbeats::at.eq(now));
        on_backend!(tx, |conn| diesel::insert_into(heartbeats::table)
            .values(row)
            .on_conflict_do_nothing()
            .execute(conn))?;
        return Ok(None);
    };
    // A node whose clock is behind says nothing new.
    if seen >= now {
        return Ok(None);
    }
    let taken = on_backend!(tx, |conn| diesel::update(heartbeats::table.find(SERVING))
        .filter(heartbeats::at.eq(seen))
        .set(heartbeats::at.eq(now))
        .execute(conn))?;
    Ok((taken == 1).then(|| timestamp::instant(seen)))
}

/// The last beat; `None` where nobody has served yet.
pub fn last(tx: &mut Tx<'_>) -> Result<Option<DateTime<Utc>>, StoreError> {
    Ok(stored(tx)?.map(timestamp::instant))
}

fn stored(tx: &mut Tx<'_>) -> Result<Option<NaiveDateTime>, StoreError> {
    let found: Option<NaiveDateTime> = on_backend!(tx, |conn| heartbeats::table
        .find(SERVING)
        .select(heartbeats::at)
        .first(conn)
        .optional())?;
    Ok(found)
}
