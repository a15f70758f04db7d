//! The law as code: values, lifecycles and rules. No I/O, no clock, no async.

pub mod problem;
