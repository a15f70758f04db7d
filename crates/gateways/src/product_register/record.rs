//! What a record turned out to be.

use domain::medicinal_product::RegisteredProduct;

#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    Product(Box<RegisteredProduct>),
    /// The register says that it has been struck off.
    Removed,
    Faulty(Faulty),
}

/// A record that is left out, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faulty {
    /// The register's number as it stands there, if it does.
    pub id: Option<String>,
    /// The byte at which the record begins.
    pub position: u64,
    pub reason: String,
}
