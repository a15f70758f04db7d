//! What the register holds of the product that a demand asks for (PF art. 4(3)(2)).

use chrono::NaiveDate;
use domain::medicinal_product::{Match, Wanted};
use domain::medicine_demand::model::Product;
use store::medicinal_product::{self, Edition};
use store::{StoreError, Tx};

/// Of one substance the register has some hundreds.
const CANDIDATES: i64 = 2000;
/// Nobody reads more.
const MOST: usize = 100;

/// The matching products, the equivalent ones first, and what was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProductMatches {
    /// `None` while no register has been imported.
    pub edition: Option<Edition>,
    /// Whether the demand says which substances it asks for.
    pub is_comparable: bool,
    pub matches: Vec<Match>,
}

/// Within one view of the database: an edition may be superseded at any time.
pub(crate) fn matches(
    tx: &mut Tx<'_>,
    product: &Product,
    on: NaiveDate,
) -> Result<ProductMatches, StoreError> {
    let edition = medicinal_product::current(tx)?;
    let wanted = Wanted::of(product);
    let is_comparable = wanted.is_some();
    let (Some(wanted), Some(served)) = (wanted, &edition) else {
        return Ok(ProductMatches { edition, is_comparable, matches: Vec::new() });
    };
    let candidates = medicinal_product::of_substances(tx, &served.id, &wanted.substances_key(), CANDIDATES)?;
    let mut matches = wanted.matches(candidates, on);
    matches.truncate(MOST);
    Ok(ProductMatches { edition, is_comparable, matches })
}
