//! Rotation of the key ring for a table in which each row has its own data key, whichever it is.

/// Of the table `rows`, named `TABLE`, with the place `key_place` of its keys.
macro_rules! rewrap_keys {
    () => {
        /// Wraps up to `limit` keys under the ring's current version and tells how many; call it until none.
        pub fn rewrap(tx: &mut Tx<'_>, ring: &KeyRing, limit: i64) -> Result<usize, StoreError> {
            let current = i32::try_from(ring.current_version()).unwrap_or(i32::MAX);
            let found: Vec<(String, Vec<u8>)> = on_backend!(tx, |conn| rows::table
                .filter(rows::key_version.ne(current))
                .select((rows::id, rows::wrapped_key))
                .limit(limit)
                .load(conn))?;
            let count = found.len();
            for (id, wrapped) in found {
                let anew = ring.rewrap(key_place(&id), &wrapped)?;
                let anew = anew.ok_or_else(|| StoreError::corrupt(TABLE, &id))?;
                on_backend!(tx, |conn| diesel::update(rows::table.find(&id))
                    .set((rows::wrapped_key.eq(&anew.wrapped), rows::key_version.eq(current)))
                    .execute(conn))?;
            }
            Ok(count)
        }
    };
}

pub(crate) use rewrap_keys;
