//! Finding products of an edition: page by page by what is known of them, or all of the same substances.

use super::{GTIN, NAME, SUBSTANCE, TABLE};
use crate::schema::{medicinal_product_terms as terms, medicinal_products as products};
use crate::{StoreError, Tx, on_backend};
use diesel::prelude::*;
use domain::medicinal_product::{RegisterId, RegisteredProduct};
use serde_json::Value;

/// What the products of a page have in common; all of it must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProductFilter {
    /// Beginnings of words of the trade or common name, folded.
    pub name: Vec<String>,
    /// Beginnings of moieties.
    pub substances: Vec<String>,
    pub strength_key: Option<String>,
    pub form_key: Option<String>,
    /// As fourteen digits.
    pub gtin: Option<String>,
    /// Continue after this product.
    pub after: Option<RegisterId>,
}

impl ProductFilter {
    /// Kind and range of every term: from the first text on, before the second.
    fn ranges(&self) -> Vec<(&'static str, String, String)> {
        let beginning = |kind: &'static str, text: &String| (kind, text.clone(), format!("{text}\u{10ffff}"));
        let names = self.name.iter().map(|word| beginning(NAME, word));
        let substances = self.substances.iter().map(|base| beginning(SUBSTANCE, base));
        names.chain(substances).chain(self.gtin.iter().map(|code| beginning(GTIN, code))).collect()
    }
}

macro_rules! page {
    ($conn:expr, $backend:ty, $edition:expr, $filter:expr, $limit:expr) => {{
        let mut query = products::table
            .filter(products::edition_id.eq($edition))
            .order(products::register_id)
            .limit($limit)
            .select((products::register_id, products::details))
            .into_boxed::<$backend>();
        if let Some(after) = $filter.after {
            query = query.filter(products::register_id.gt(after.number()));
        }
        if let Some(key) = &$filter.strength_key {
            query = query.filter(products::strength_key.eq(key));
        }
        if let Some(key) = &$filter.form_key {
            query = query.filter(products::form_key.eq(key));
        }
        for (kind, from, before) in $filter.ranges() {
            let named = terms::table
                .filter(terms::edition_id.eq($edition))
                .filter(terms::kind.eq(kind))
                .filter(terms::term.ge(from))
                .filter(terms::term.lt(before))
                .select(terms::register_id);
            query = query.filter(products::register_id.eq_any(named));
        }
        query.load::<(i64, Value)>($conn)
    }};
}

/// Up to `limit` products in the order of their numbers.
pub fn search(
    tx: &mut Tx<'_>,
    edition: &str,
    filter: &ProductFilter,
    limit: i64,
) -> Result<Vec<RegisteredProduct>, StoreError> {
    let rows = match tx {
        Tx::Postgres(conn) => page!(*conn, diesel::pg::Pg, edition, filter, limit),
        Tx::Sqlite(conn) => page!(*conn, diesel::sqlite::Sqlite, edition, filter, limit),
    }?;
    rows.into_iter().map(product).collect()
}

/// Up to `limit` products with exactly these substances.
pub fn of_substances(
    tx: &mut Tx<'_>,
    edition: &str,
    substances_key: &str,
    limit: i64,
) -> Result<Vec<RegisteredProduct>, StoreError> {
    let rows: Vec<(i64, Value)> = on_backend!(tx, |conn| products::table
        .filter(products::edition_id.eq(edition))
        .filter(products::substances_key.eq(substances_key))
        .order(products::register_id)
        .limit(limit)
        .select((products::register_id, products::details))
        .load(conn))?;
    rows.into_iter().map(product).collect()
}

fn product((id, details): (i64, Value)) -> Result<RegisteredProduct, StoreError> {
    serde_json::from_value(details).map_err(|_| StoreError::corrupt(TABLE, id))
}
