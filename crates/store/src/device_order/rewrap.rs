//! Rotation of the key ring: data keys of orders under the ring's current key.

use super::row::{TABLE, key_place};
use crate::schema::device_orders::dsl;
use crate::sealing::KeyRing;
use crate::{StoreError, Tx, on_backend};
use diesel::prelude::*;

/// Wraps up to `limit` keys under the ring's current version and tells how many; call it until none.
pub fn rewrap(tx: &mut Tx<'_>, ring: &KeyRing, limit: i64) -> Result<usize, StoreError> {
    let current = i32::try_from(ring.current_version()).unwrap_or(i32::MAX);
    let rows: Vec<(String, Vec<u8>)> = on_backend!(tx, |conn| dsl::device_orders
        .filter(dsl::key_version.ne(current))
        .select((dsl::id, dsl::wrapped_key))
        .limit(limit)
        .load(conn))?;
    let found = rows.len();
    for (id, wrapped) in rows {
        let anew = ring.rewrap(key_place(&id), &wrapped)?.ok_or_else(|| StoreError::corrupt(TABLE, &id))?;
        on_backend!(tx, |conn| diesel::update(dsl::device_orders.find(&id))
            .set((dsl::wrapped_key.eq(&anew.wrapped), dsl::key_version.eq(current)))
            .execute(conn))?;
    }
    Ok(found)
}
