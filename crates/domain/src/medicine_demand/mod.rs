//! A physician's demand for a medicine that is not on the Polish market (PF art. 4(1)–(2)), or cannot be had
//! there in a disaster (PF art. 4(9)).
//!
//! The physician of an entity performing medical activity issues it, for use in the entity or outside it. Its
//! lifecycle, content, events and refusals are those of every demand ([`crate::demand`]); here is what makes it a
//! *medicine* demand: the product.

pub mod model;

pub use model::Product;

/// The content of a medicine demand.
pub type Content = crate::demand::Content<Product>;
