//! Start-up: configuration, telemetry, clock and wiring.

pub mod clock;
pub mod config;
pub mod service;
pub mod telemetry;
