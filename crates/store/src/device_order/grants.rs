//! Which providers have opened an order with its access data (DO-15).

use crate::schema::device_order_grants as grants;
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::ids::{DeviceOrderId, OrganisationId};

/// Records that the provider opened the order; the first time counts.
pub fn grant(
    tx: &mut Tx<'_>,
    order: DeviceOrderId,
    organisation: OrganisationId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = (
        grants::order_id.eq(order.to_string()),
        grants::organisation_id.eq(organisation.to_string()),
        grants::granted_at.eq(timestamp::column(now)),
    );
    on_backend!(tx, |conn| diesel::insert_into(grants::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(conn))?;
    Ok(())
}

pub fn has_grant(
    tx: &mut Tx<'_>,
    order: DeviceOrderId,
    organisation: OrganisationId,
) -> Result<bool, StoreError> {
    let found: Option<String> = on_backend!(tx, |conn| grants::table
        .find((order.to_string(), organisation.to_string()))
        .select(grants::order_id)
        .first(conn)
        .optional())?;
    Ok(found.is_some())
}
