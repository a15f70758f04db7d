//! Which officers of the payer see an order whole for a while (ADR 49).

use crate::openings::openings;
use crate::schema::device_order_openings;
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::ids::{DeviceOrderId, PersonId};

openings!(DeviceOrderId, device_order_openings);
