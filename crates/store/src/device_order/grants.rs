//! Which providers have opened an order with its access data (DO-15).

use crate::grants::grants;
use crate::schema::device_order_grants;
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::ids::{DeviceOrderId, OrganisationId};

grants!(DeviceOrderId, device_order_grants, order_id);
