//! Contracts of the payer for the supply of medical devices: who holds one, where they hand out, and who acts under it
//! (Refund act art. 38; eZWM v2.1.6 pp. 2, 84).
//!
//! Contracts come from the payer's file alone: no provider says of itself that it has one.

mod coverage;
pub mod diff;
mod in_force;
mod model;
pub mod refusals;
pub mod rules;
#[cfg(test)]
pub(crate) mod samples;

pub use coverage::Coverage;
pub use in_force::{InForce, contract_at, contract_in_force, contracts_on};
pub use model::{BranchPoints, Contract, ContractsFile, Place, ServicePoint, Subcontract};
