//! Orders that are being verified: whoever submits one finishes it at once; what nobody finished is leased by a worker.

use super::row::TABLE;
use crate::schema::device_orders as rows;
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::*;
use domain::ids::DeviceOrderId;

/// How long a worker has what it takes for the so manieth time.
pub type Lease = fn(i32) -> TimeDelta;

/// An order that a worker has taken to finish its verification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitingVerification {
    pub id: DeviceOrderId,
    pub revision: i64,
    /// How often a worker has taken it, this time counted; none while whoever submitted it is at it.
    pub tries: i32,
}

/// Up to `limit` orders whose turn it is, the longest waiting first. Nobody else gets them while the lease of so many tries
/// lasts: the turn itself is the lease, so that those of a worker that fell silent come back, and what cannot be finished
/// comes back ever more seldom. Real time.
pub fn lease(
    tx: &mut Tx<'_>,
    now: DateTime<Utc>,
    lease: Lease,
    limit: i64,
) -> Result<Vec<WaitingVerification>, StoreError> {
    let found: Vec<(String, i64, i32, Option<NaiveDateTime>)> = on_backend!(tx, |conn| rows::table
        .filter(rows::verify_at.le(timestamp::column(now)))
        .order((rows::verify_at, rows::id))
        .limit(limit)
        .select((rows::id, rows::revision, rows::verify_tries, rows::verify_at))
        .load(conn))?;
    let mut leased = Vec::new();
    for (id, revision, earlier, turn) in found {
        let tries = earlier.saturating_add(1);
        let taken = on_backend!(tx, |conn| diesel::update(rows::table.find(&id))
            .filter(rows::verify_at.eq(turn))
            .set((rows::verify_at.eq(timestamp::column(now + lease(tries))), rows::verify_tries.eq(tries)))
            .execute(conn))?;
        if taken == 1 {
            let id = DeviceOrderId::parse(&id).ok_or_else(|| StoreError::corrupt(TABLE, &id))?;
            leased.push(WaitingVerification { id, revision, tries });
        }
    }
    Ok(leased)
}
