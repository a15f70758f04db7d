//! Product lists of providers: each keeps its own, to each of its contracts.

mod change;
mod list_products;
mod replace_products;
mod single;

pub use list_products::{FoundProducts, ProductSearch};
pub use replace_products::{ReplaceProducts, Replaced};
pub use single::{ChangeProduct, NewListed};
pub use store::provider_product::StoredProduct;

use domain::ids::ProviderProductId;
use domain::provider_product::limits::Lacks;

/// A product after a change, and what its list lacks then.
#[derive(Clone, Debug)]
pub struct Saved {
    pub stored: StoredProduct,
    /// The revision of the whole list.
    pub list_revision: i64,
    pub lacks: Lacks,
}

/// Which product, and which revision of it the caller has seen.
#[derive(Clone, Copy, Debug)]
pub struct ProductTarget {
    pub id: ProviderProductId,
    pub if_match: Option<u64>,
}
