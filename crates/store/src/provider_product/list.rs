//! What a list offers on a day, page by page.

use super::StoredProduct;
use super::row::{ProductRow, with_entries};
use crate::schema::{provider_product_entries as entries, provider_products as products};
use crate::{StoreError, Tx, on_backend};
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use domain::device_provider::Coverage;
use domain::ids::{OrganisationId, SpaceId};
use domain::values::{Text, TradeProductNumber};

/// Which part of which list.
#[derive(Clone, Debug)]
pub struct Listing {
    pub organisation: OrganisationId,
    pub contract: Text<40>,
    pub on: NaiveDate,
    /// Products of this code, or of one that begins with its parts.
    pub code: Option<Coverage>,
    /// Continue after this number.
    pub after: Option<TradeProductNumber>,
    pub limit: i64,
}

/// The products that are offered on the day, by number.
pub fn list(tx: &mut Tx<'_>, space: &SpaceId, wanted: &Listing) -> Result<Vec<StoredProduct>, StoreError> {
    let any = wanted.code.is_none().into_sql::<Bool>();
    let code = wanted.code.as_ref().map(Coverage::as_str).unwrap_or_default();
    // Codes hold no sign that LIKE gives a meaning to.
    let narrower = format!("{code}.%");
    let after = wanted.after.as_ref().map(TradeProductNumber::as_str).unwrap_or_default();
    let rows: Vec<ProductRow> = on_backend!(tx, |conn| products::table
        .inner_join(entries::table)
        .filter(products::space.eq(space.as_str()))
        .filter(products::organisation_id.eq(wanted.organisation.to_string()))
        .filter(products::contract.eq(wanted.contract.as_str()))
        .filter(products::number.gt(after))
        .filter(entries::is_replaced.eq(false))
        .filter(entries::valid_from.le(wanted.on))
        .filter(entries::valid_to.is_null().or(entries::valid_to.ge(wanted.on)))
        .filter(entries::code.is_not_null())
        .filter(entries::code.eq(code).or(entries::code.like(&narrower)).assume_not_null().or(any))
        .order(products::number)
        .limit(wanted.limit)
        .select(ProductRow::as_select())
        .load(conn))?;
    with_entries(tx, rows)
}
