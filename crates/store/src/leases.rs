//! A task that only one node does at a time: whoever holds its lease.

use crate::schema::leases;
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// Takes or prolongs the lease; `false` while another holds it. The row stays locked until the
/// transaction ends, so that work in the same transaction is done by one node even when clocks differ.
pub fn acquire(
    tx: &mut Tx<'_>,
    name: &str,
    holder: &str,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let (now, until) = (timestamp::column(now), timestamp::column(until));
    let taken = on_backend!(tx, |conn| diesel::update(leases::table)
        .filter(leases::name.eq(name))
        .filter(leases::holder.eq(holder).or(leases::until.le(now)))
        .set((leases::holder.eq(holder), leases::until.eq(until)))
        .execute(conn))?;
    if taken == 1 {
        return Ok(true);
    }
    let row = (leases::name.eq(name), leases::holder.eq(holder), leases::until.eq(until));
    let inserted = on_backend!(tx, |conn| diesel::insert_into(leases::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(conn))?;
    Ok(inserted == 1)
}

/// Gives the lease up, so that another node need not wait until it ends.
pub fn release(tx: &mut Tx<'_>, name: &str, holder: &str) -> Result<(), StoreError> {
    on_backend!(tx, |conn| diesel::delete(leases::table)
        .filter(leases::name.eq(name))
        .filter(leases::holder.eq(holder))
        .execute(conn))?;
    Ok(())
}
