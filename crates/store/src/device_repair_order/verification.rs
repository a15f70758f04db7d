//! Repair orders that are being verified: whoever submits one finishes it at once; what nobody finished is leased by a worker.

use super::row::TABLE;
use crate::schema::device_repair_orders as rows;
use crate::verifications::lease_verifications;
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::ids::RepairOrderId;

lease_verifications!(RepairOrderId);
