//! Who supplies devices under which contract: filled from the payer's file, read by every client, and asked by whatever a
//! provider does.

mod file;
mod import;
mod in_force;
mod list_branches;
mod list_providers;

pub use file::ContractsText;
pub use import::{ContractsFault, ImportedContracts, import_contracts};
pub use in_force::{Supplying, supplier};
pub use list_branches::ListedBranch;
pub use list_providers::{ListedProvider, ProviderSearch, Supplies};
