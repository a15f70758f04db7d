//! Remembers: one source of queries for two databases, PostgreSQL and SQLite.
//!
//! [`Store::read`] and [`Store::transaction`] are the only doors; every other function takes the
//! [`Tx`] that they hand to a job, so that what must happen together happens in one transaction.

pub mod audit;
pub mod correspondence;
pub mod deadlines;
pub mod demand;
pub mod device_group;
pub mod device_order;
pub mod device_provider;
pub mod device_repair_order;
pub mod directory;
pub mod engine;
mod error;
mod grants;
pub mod heartbeats;
pub mod idempotency;
pub mod leases;
pub mod ledger;
pub mod medicinal_product;
pub mod migrations;
mod openings;
pub mod outages;
pub mod outbox;
mod paper;
pub mod patient_consents;
pub mod patients;
pub mod pending_steps;
pub mod provider_product;
pub mod record;
mod rewrap;
pub mod schema;
pub mod sealing;
pub mod sequencer;
pub mod signatures;
mod statement;
pub mod temporary_authorisation;
mod timestamp;
mod verifications;

pub use engine::{Backend, Store, StoreOptions, Tx};
pub use error::{JobError, StoreError};
pub use verifications::Lease;
