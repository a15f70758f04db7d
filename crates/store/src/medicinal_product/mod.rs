//! The register of medicinal products in editions: one is served whole while the next one is filled beside it.

mod edition;
mod search;

pub use edition::{Edition, begin, current, discard, has_too_long_a_key, insert, make_current, superseded};
pub use search::{ProductFilter, of_substances, search};

/// For rows that cannot be read.
const TABLE: &str = "medicinal_products";

/// Kinds of [`crate::schema::medicinal_product_terms`].
const GTIN: &str = "GTIN";
const NAME: &str = "NAME";
const SUBSTANCE: &str = "SUBSTANCE";
