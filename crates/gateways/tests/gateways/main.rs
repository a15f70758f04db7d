//! Fetching from a real HTTP server on the loopback interface, good and bad.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

mod attachment_store;
mod bucket;
mod crl;
mod dss;
mod jwks;
mod product_register;
mod receiver;

use chrono::{DateTime, TimeDelta, Utc};

/// Noon of a day in 2026, and so many seconds.
fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000, 0).unwrap() + TimeDelta::seconds(seconds)
}
