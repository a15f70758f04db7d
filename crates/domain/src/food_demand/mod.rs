//! A physician's demand for a food for special medical purposes that is not on the Polish market (UBZZ art. 29a).
//!
//! Only infant and follow-on formula and dietary foods for special medical purposes are brought in this way. The
//! minister gives consent, which is no administrative decision and to which the KPA does not apply (UBZZ
//! art. 29a(5)); the sanitary inspectorate sees it at once. No prescription belongs to it. Its lifecycle, content,
//! events and refusals are those of every demand ([`crate::demand`]); here is what makes it a *food* demand: the
//! product.

pub mod model;

pub use model::{FoodGroup, Product};

/// The content of a food demand.
pub type Content = crate::demand::Content<Product>;
