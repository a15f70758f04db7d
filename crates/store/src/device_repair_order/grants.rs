//! Which providers have opened a repair order with its access data (DO-15).

use crate::grants::grants;
use crate::schema::device_repair_order_grants;
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::ids::{OrganisationId, RepairOrderId};

grants!(RepairOrderId, device_repair_order_grants, order_id);
