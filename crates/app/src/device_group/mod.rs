//! The catalogue of device groups: read by every client, filled from a table, and completed by officers of the payer.

mod enter_figures;
mod import;
mod read;
mod snapshot;

pub use enter_figures::EnterFigures;
pub use import::{CatalogueFault, ImportMode, ImportedCatalogue, import_catalogue};
pub use read::{FoundGroups, GroupSearch, Served};
pub use store::device_group::StoredFigures;

pub(crate) use snapshot::{Snapshot, current as snapshot_of};
