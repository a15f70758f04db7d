//! The store on real databases: SQLite always, PostgreSQL when `TEST_POSTGRES_URL` names one.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

mod audit;
mod batches;
mod correspondence;
mod deadlines;
mod demands;
mod device_groups;
mod device_orders;
mod device_orders_counter;
mod device_providers;
mod device_repair_orders;
mod directory;
mod engine;
mod feed;
mod heartbeats;
mod idempotency;
mod migrations;
mod papers;
mod patient_consents;
mod patients;
mod pending_steps;
mod products;
mod records;
mod schema;
mod sealing;
mod signatures;
mod temporary_authorisations;
mod test_support;
mod treated;
mod waits;
