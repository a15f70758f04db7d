//! Reading products with all their entries.

use super::StoredProduct;
use crate::schema::{provider_product_entries as entries, provider_products as products};
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use domain::ids::{OrganisationId, ProviderProductId, SpaceId};
use domain::provider_product::{Entry, Product};
use domain::values::{Text, TradeProductNumber};
use serde_json::Value;
use std::collections::BTreeMap;

const PRODUCTS: &str = "provider_products";
const ENTRIES: &str = "provider_product_entries";

#[derive(Queryable, Selectable)]
#[diesel(table_name = products)]
pub(super) struct ProductRow {
    pub id: String,
    organisation_id: String,
    contract: String,
    number: String,
    revision: i64,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = entries)]
struct EntryRow {
    product_id: String,
    number: i32,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
    is_replaced: bool,
    details: Option<Value>,
    entered_at: NaiveDateTime,
}

/// A product of the organisation.
pub fn find(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    organisation: OrganisationId,
    id: ProviderProductId,
) -> Result<Option<StoredProduct>, StoreError> {
    let row: Option<ProductRow> = on_backend!(tx, |conn| products::table
        .find(id.to_string())
        .filter(products::space.eq(space.as_str()))
        .filter(products::organisation_id.eq(organisation.to_string()))
        .select(ProductRow::as_select())
        .first(conn)
        .optional())?;
    Ok(with_entries(tx, row.into_iter().collect())?.pop())
}

/// The whole list to a contract, withdrawn products included, by number.
pub fn all_of(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    organisation: OrganisationId,
    contract: &Text<40>,
) -> Result<Vec<StoredProduct>, StoreError> {
    let rows: Vec<ProductRow> = on_backend!(tx, |conn| products::table
        .filter(products::space.eq(space.as_str()))
        .filter(products::organisation_id.eq(organisation.to_string()))
        .filter(products::contract.eq(contract.as_str()))
        .order(products::number)
        .select(ProductRow::as_select())
        .load(conn))?;
    with_entries(tx, rows)
}

pub(super) fn with_entries(tx: &mut Tx<'_>, rows: Vec<ProductRow>) -> Result<Vec<StoredProduct>, StoreError> {
    let mut by_product: BTreeMap<String, Vec<EntryRow>> = BTreeMap::new();
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    // As many values as SQLite takes in one statement are some thousands more.
    for ids in ids.chunks(500) {
        let found: Vec<EntryRow> = on_backend!(tx, |conn| entries::table
            .filter(entries::product_id.eq_any(ids))
            .order((entries::product_id, entries::number))
            .select(EntryRow::as_select())
            .load(conn))?;
        for row in found {
            by_product.entry(row.product_id.clone()).or_default().push(row);
        }
    }
    rows.into_iter().map(|row| stored(by_product.remove(&row.id).unwrap_or_default(), &row)).collect()
}

fn stored(entries: Vec<EntryRow>, row: &ProductRow) -> Result<StoredProduct, StoreError> {
    let corrupt = || StoreError::corrupt(PRODUCTS, &row.id);
    let entered_at = entries.iter().map(|entry| timestamp::instant(entry.entered_at)).collect();
    let product = Product {
        id: ProviderProductId::parse(&row.id).ok_or_else(corrupt)?,
        provider: OrganisationId::parse(&row.organisation_id).ok_or_else(corrupt)?,
        contract: Text::parse(&row.contract).map_err(|_| corrupt())?,
        number: TradeProductNumber::parse(&row.number).map_err(|_| corrupt())?,
        revision: row.revision,
        entries: entries.into_iter().map(entry).collect::<Result<_, _>>()?,
    };
    Ok(StoredProduct { product, entered_at })
}

fn entry(row: EntryRow) -> Result<Entry, StoreError> {
    let EntryRow { product_id, number, valid_from, valid_to, is_replaced, details, .. } = row;
    let offer = details
        .map(serde_json::from_value)
        .transpose()
        .map_err(|_| StoreError::corrupt(ENTRIES, product_id))?;
    Ok(Entry { number, from: valid_from, to: valid_to, offer, is_replaced })
}

/// The product of this number on a list.
pub fn find_numbered(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    (organisation, contract): (OrganisationId, &Text<40>),
    number: &TradeProductNumber,
) -> Result<Option<ProviderProductId>, StoreError> {
    let id: Option<String> = on_backend!(tx, |conn| products::table
        .filter(products::space.eq(space.as_str()))
        .filter(products::organisation_id.eq(organisation.to_string()))
        .filter(products::contract.eq(contract.as_str()))
        .filter(products::number.eq(number.as_str()))
        .select(products::id)
        .first(conn)
        .optional())?;
    id.map(|id| ProviderProductId::parse(&id).ok_or_else(|| StoreError::corrupt(PRODUCTS, id))).transpose()
}
