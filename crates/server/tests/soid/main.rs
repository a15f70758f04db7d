//! The binary as an operator meets it, and the library as the sandbox does.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]

mod database;
mod device_groups;
mod installation;
mod outage;
mod products;
mod providers;
mod refusals;
mod serving;
mod tokens;
mod tools;
mod upkeep;
mod worker;
