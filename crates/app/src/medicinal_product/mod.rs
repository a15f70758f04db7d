//! The register of medicinal products: read by every client, filled from the published file, and compared with what
//! demands ask for.

mod import;
mod matches;
mod search;

pub use import::{ImportedProducts, ProductImportFault, StepBack, import_products};
pub use matches::ProductMatches;
pub use search::{FoundProducts, ProductSearch};
pub use store::medicinal_product::Edition;

pub(crate) use matches::matches;
