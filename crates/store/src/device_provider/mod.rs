//! Contracts for the supply of devices: one file of the payer is current in a space.

mod file;
mod search;

pub use file::{ImportedFile, branch_points, contracts_of, current, make_current, whole};
pub use search::{ContractedProvider, Wanted, providers};
