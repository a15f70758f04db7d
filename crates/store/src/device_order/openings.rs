//! Which officers of the payer see an order whole for a while (ADR 49).

use crate::schema::device_order_openings as openings;
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::ids::{DeviceOrderId, PersonId};

/// Opens the order to the officer until then; a later call moves the end.
pub fn open_to(
    tx: &mut Tx<'_>,
    order: DeviceOrderId,
    officer: PersonId,
    until: DateTime<Utc>,
) -> Result<(), StoreError> {
    let open_until = openings::open_until.eq(timestamp::column(until));
    let row =
        (openings::order_id.eq(order.to_string()), openings::person_id.eq(officer.to_string()), open_until);
    on_backend!(tx, |conn| diesel::insert_into(openings::table)
        .values(row)
        .on_conflict((openings::order_id, openings::person_id))
        .do_update()
        .set(open_until)
        .execute(conn))?;
    Ok(())
}

pub fn is_open_to(
    tx: &mut Tx<'_>,
    order: DeviceOrderId,
    officer: PersonId,
    at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let found: Option<String> = on_backend!(tx, |conn| openings::table
        .find((order.to_string(), officer.to_string()))
        .filter(openings::open_until.gt(timestamp::column(at)))
        .select(openings::order_id)
        .first(conn)
        .optional())?;
    Ok(found.is_some())
}
