//! What a provider supplies under a contract, at which price from which day on (eZWM v2.1.6 pp. 91–93; DO-49).
//!
//! A price changes from a day on and what held before stays on record.

pub mod limits;
mod list;
mod model;
pub mod refusals;
pub mod rules;
#[cfg(test)]
pub(crate) mod samples;

pub use list::{Listed, MOST, Replacement, Target, replace};
pub use model::{Entry, Offer, Product};
pub use rules::{NewProduct, change, list_new, withdraw};
