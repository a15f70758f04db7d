//! Rotation of the key ring: data keys of repair orders under the ring's current key.

use super::row::{TABLE, key_place};
use crate::rewrap::rewrap_keys;
use crate::schema::device_repair_orders as rows;
use crate::sealing::KeyRing;
use crate::{StoreError, Tx, on_backend};
use diesel::prelude::*;

rewrap_keys!();
