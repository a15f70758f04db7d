//! Start-up: configuration, telemetry, clock and wiring.

pub mod clock;
pub mod config;
pub mod new_keys;
pub mod rule_book;
pub mod service;
pub mod telemetry;
