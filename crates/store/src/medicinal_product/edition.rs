//! The life of an edition: begun, filled in batches, made current in one step, taken away in batches.

use super::{GTIN, NAME, SUBSTANCE};
use crate::schema::{medicinal_product_terms as terms, medicinal_products as products, product_editions};
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use domain::medicinal_product::RegisteredProduct;
use domain::medicinal_product::normalise::{Form, Strength, words};
use domain::values::Gtin;
use std::collections::BTreeSet;

const LOADING: &str = "LOADING";
const CURRENT: &str = "CURRENT";
const RETIRED: &str = "RETIRED";
/// Rows of one statement: a fraction of the values that either database takes in one, whatever a product lists.
const ROWS: usize = 1000;
/// Of one key by which products are found, in bytes: an index of PostgreSQL takes 2704 with the columns beside it.
const LONGEST_KEY: usize = 2000;

/// An edition that is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    pub id: String,
    /// The day of which the register says it is.
    pub as_of: NaiveDate,
    pub current_since: DateTime<Utc>,
    pub products: i64,
}

/// The edition that searches look at.
pub fn current(tx: &mut Tx<'_>) -> Result<Option<Edition>, StoreError> {
    let row: Option<(String, NaiveDate, Option<chrono::NaiveDateTime>, i64)> =
        on_backend!(tx, |conn| product_editions::table
            .filter(product_editions::state.eq(CURRENT))
            .select((
                product_editions::id,
                product_editions::as_of,
                product_editions::current_since,
                product_editions::products,
            ))
            .first(conn)
            .optional())?;
    let Some((id, as_of, since, products)) = row else { return Ok(None) };
    let since = since.ok_or_else(|| StoreError::corrupt("product_editions", &id))?;
    Ok(Some(Edition { id, as_of, current_since: timestamp::instant(since), products }))
}

/// Opens an edition that nobody sees yet.
pub fn begin(tx: &mut Tx<'_>, id: &str, as_of: NaiveDate, now: DateTime<Utc>) -> Result<(), StoreError> {
    let row = (
        product_editions::id.eq(id),
        product_editions::state.eq(LOADING),
        product_editions::as_of.eq(as_of),
        product_editions::started_at.eq(timestamp::column(now)),
        product_editions::products.eq(0),
    );
    on_backend!(tx, |conn| diesel::insert_into(product_editions::table).values(row).execute(conn))?;
    Ok(())
}

/// Puts products into an edition that is being filled; none of them may be in it yet.
pub fn insert(tx: &mut Tx<'_>, edition: &str, some: &[RegisteredProduct]) -> Result<(), StoreError> {
    let (mut rows, mut found_by) = (Vec::with_capacity(some.len()), Vec::new());
    for product in some {
        let id = product.id.number();
        let details = serde_json::to_value(product).map_err(|_| StoreError::corrupt(super::TABLE, id))?;
        let strength = product.strengths().first().map(Strength::key).unwrap_or_default();
        rows.push((
            products::edition_id.eq(edition),
            products::register_id.eq(id),
            products::name.eq(&product.name),
            products::substances_key.eq(product.substances().key()),
            products::strength_key.eq(strength),
            products::form_key.eq(product.form().as_ref().map(Form::key).unwrap_or_default()),
            products::details.eq(details),
        ));
        found_by.extend(terms_of(product).into_iter().map(|(kind, term)| {
            (
                terms::edition_id.eq(edition),
                terms::kind.eq(kind),
                terms::term.eq(term),
                terms::register_id.eq(id),
            )
        }));
    }
    for some in rows.chunks(ROWS) {
        on_backend!(tx, |conn| diesel::insert_into(products::table).values(some).execute(conn))?;
    }
    for some in found_by.chunks(ROWS) {
        on_backend!(tx, |conn| diesel::insert_into(terms::table).values(some).execute(conn))?;
    }
    Ok(())
}

/// Whether the product would be found by a key that is too long to be kept in an index.
pub fn has_too_long_a_key(product: &RegisteredProduct) -> bool {
    let all_substances = product.substances().key();
    let mut keys = terms_of(product).into_iter().map(|(_, term)| term).chain([all_substances]);
    keys.any(|key| key.len() > LONGEST_KEY)
}

fn terms_of(product: &RegisteredProduct) -> BTreeSet<(&'static str, String)> {
    let names = [Some(product.name.as_str()), product.common_name.as_deref()];
    let mut found: BTreeSet<(&'static str, String)> =
        names.into_iter().flatten().flat_map(words).map(|word| (NAME, word)).collect();
    for substance in product.substances().iter() {
        found.insert((SUBSTANCE, substance.base().to_owned()));
        found.extend(substance.base().split(' ').map(|word| (SUBSTANCE, word.to_owned())));
    }
    let codes = product.packs.iter().filter_map(|pack| Gtin::parse(pack.gtin.as_deref()?).ok());
    found.extend(codes.map(|gtin| (GTIN, gtin.to_string())));
    found
}

/// Serves this edition from the commit on, and no other; `false`, with nothing changed, where it is not being filled.
pub fn make_current(
    tx: &mut Tx<'_>,
    id: &str,
    products: i64,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let filled = on_backend!(tx, |conn| diesel::update(product_editions::table)
        .filter(product_editions::id.eq(id))
        .filter(product_editions::state.eq(LOADING))
        .set(product_editions::products.eq(products))
        .execute(conn))?;
    if filled == 0 {
        return Ok(false);
    }
    on_backend!(tx, |conn| diesel::update(product_editions::table)
        .filter(product_editions::state.eq(CURRENT))
        .set(product_editions::state.eq(RETIRED))
        .execute(conn))?;
    let change =
        (product_editions::state.eq(CURRENT), product_editions::current_since.eq(timestamp::column(now)));
    on_backend!(tx, |conn| diesel::update(product_editions::table.find(id)).set(change).execute(conn))?;
    Ok(true)
}

/// Editions that nobody needs: former ones, and those whose filling ended half-way.
pub fn superseded(tx: &mut Tx<'_>) -> Result<Vec<String>, StoreError> {
    Ok(on_backend!(tx, |conn| product_editions::table
        .filter(product_editions::state.ne(CURRENT))
        .order(product_editions::started_at)
        .select(product_editions::id)
        .load(conn))?)
}

/// Takes about `some` rows of an edition away; `true` once nothing of it is left. The current one stays.
pub fn discard(tx: &mut Tx<'_>, id: &str, some: i64) -> Result<bool, StoreError> {
    let marked = on_backend!(tx, |conn| diesel::update(product_editions::table)
        .filter(product_editions::id.eq(id))
        .filter(product_editions::state.ne(CURRENT))
        .set(product_editions::state.eq(RETIRED))
        .execute(conn))?;
    if marked == 0 {
        return Ok(true);
    }
    if discard_terms(tx, id, some)? || discard_products(tx, id, some)? {
        return Ok(false);
    }
    on_backend!(tx, |conn| diesel::delete(product_editions::table.find(id)).execute(conn))?;
    Ok(true)
}

/// Whether there was one at all.
fn discard_terms(tx: &mut Tx<'_>, id: &str, some: i64) -> Result<bool, StoreError> {
    let last: Option<(String, String)> = on_backend!(tx, |conn| terms::table
        .filter(terms::edition_id.eq(id))
        .order((terms::kind, terms::term, terms::register_id))
        .offset(some)
        .select((terms::kind, terms::term))
        .first(conn)
        .optional())?;
    // Products that share the last term go together.
    let deleted = match last {
        None => on_backend!(tx, |conn| diesel::delete(terms::table)
            .filter(terms::edition_id.eq(id))
            .execute(conn))?,
        Some((kind, term)) => on_backend!(tx, |conn| diesel::delete(terms::table)
            .filter(terms::edition_id.eq(id))
            .filter(terms::kind.lt(&kind).or(terms::kind.eq(&kind).and(terms::term.le(&term))))
            .execute(conn))?,
    };
    Ok(deleted > 0)
}

fn discard_products(tx: &mut Tx<'_>, id: &str, some: i64) -> Result<bool, StoreError> {
    let last: Option<i64> = on_backend!(tx, |conn| products::table
        .filter(products::edition_id.eq(id))
        .order(products::register_id)
        .offset(some)
        .select(products::register_id)
        .first(conn)
        .optional())?;
    let deleted = on_backend!(tx, |conn| diesel::delete(products::table)
        .filter(products::edition_id.eq(id))
        .filter(products::register_id.le(last.unwrap_or(i64::MAX)))
        .execute(conn))?;
    Ok(deleted > 0)
}
