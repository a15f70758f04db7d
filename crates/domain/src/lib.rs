//! The law as code: values, lifecycles and rules. No I/O, no clock, no async.

pub mod calendar;
pub mod ids;
pub mod problem;
pub mod redacted;
pub mod values;
