//! Product lists of providers: entries are only added, and a list has one revision for all of it.

mod list;
mod row;
mod save;

pub use list::{Listing, list};
pub use row::{all_of, find, find_numbered};
pub use save::{By, ONE_NUMBER, next_revision, revision, save};

use chrono::{DateTime, Utc};
use domain::provider_product::Product;

/// A product as it is stored, with the time of each of its entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredProduct {
    pub product: Product,
    /// In the order of the entries.
    pub entered_at: Vec<DateTime<Utc>>,
}
