//! The law as code: values, lifecycles and rules. No I/O, no clock, no async.

pub mod calendar;
pub mod decision;
pub mod demand;
pub mod ids;
pub mod medicine_demand;
pub mod problem;
pub mod redacted;
pub mod rule;
pub mod values;
