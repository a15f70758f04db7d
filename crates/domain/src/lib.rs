//! The law as code: values, lifecycles and rules. No I/O, no clock, no async.

pub mod calendar;
pub mod clarification;
pub mod consultant;
pub mod correspondence;
pub mod decision;
pub mod demand;
pub mod device_group;
pub mod device_order;
pub mod device_provider;
pub mod device_repair_order;
pub mod food_demand;
pub mod ids;
pub mod medicinal_product;
pub mod medicine_demand;
pub mod nfz_branch;
pub mod outage;
pub mod paper;
pub mod patient_consent;
pub mod pending;
pub mod problem;
pub mod provider_product;
pub mod redacted;
pub mod rule;
pub mod temporary_authorisation;
pub mod threat;
pub mod values;

// The samples of the tests name the crate as its users do.
#[cfg(test)]
extern crate self as domain;
#[cfg(test)]
#[path = "../tests/support/mod.rs"]
mod support;
