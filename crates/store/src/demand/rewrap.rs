//! Rotation of the key ring: data keys of demands under the ring's current key.

use super::row::{TABLE, key_place};
use crate::schema::demands;
use crate::sealing::KeyRing;
use crate::{StoreError, Tx, on_backend};
use diesel::prelude::*;

/// Wraps up to `limit` keys under the ring's current version and tells how many; call it until none. What the data
/// keys seal stays as it is, and no revision changes.
pub fn rewrap(tx: &mut Tx<'_>, ring: &KeyRing, limit: i64) -> Result<usize, StoreError> {
    let current = i32::try_from(ring.current_version()).unwrap_or(i32::MAX);
    let rows: Vec<(String, Vec<u8>)> = on_backend!(tx, |conn| demands::table
        .filter(demands::key_version.ne(current))
        .select((demands::id, demands::wrapped_key))
        .limit(limit)
        .load(conn))?;
    let found = rows.len();
    for (id, wrapped) in rows {
        // A row whose version says otherwise than its wrapped key was altered, and would be found again for ever.
        let anew = ring.rewrap(key_place(&id), &wrapped)?.ok_or_else(|| StoreError::corrupt(TABLE, &id))?;
        on_backend!(tx, |conn| diesel::update(demands::table.find(&id))
            .set((demands::wrapped_key.eq(&anew.wrapped), demands::key_version.eq(current)))
            .execute(conn))?;
    }
    Ok(found)
}
