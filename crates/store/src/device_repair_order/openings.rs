//! Which officers of the payer see a repair order whole for a while (ADR 49).

use crate::openings::openings;
use crate::schema::device_repair_order_openings;
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::ids::{PersonId, RepairOrderId};

openings!(RepairOrderId, device_repair_order_openings);
