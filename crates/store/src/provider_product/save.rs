//! Writing products: the list's revision first, so that changes of one list happen one after another.

use crate::schema::{
    provider_product_entries as entries, provider_product_lists as lists, provider_products as products,
};
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::ids::{OrganisationId, PersonId, SpaceId};
use domain::provider_product::{Entry, Product};
use domain::values::Text;

/// The constraint that gives a number to one product of a list.
pub const ONE_NUMBER: &str = "provider_products_organisation_id_contract_number_key";

/// When a change was entered, and by whom.
#[derive(Clone, Copy, Debug)]
pub struct By {
    pub person: PersonId,
    pub at: DateTime<Utc>,
}

/// The revision of the list: 1 before its first product.
pub fn revision(
    tx: &mut Tx<'_>,
    organisation: OrganisationId,
    contract: &Text<40>,
) -> Result<i64, StoreError> {
    let found: Option<i64> = on_backend!(tx, |conn| lists::table
        .find((organisation.to_string(), contract.as_str()))
        .select(lists::revision)
        .first(conn)
        .optional())?;
    Ok(found.unwrap_or_default() + 1)
}

/// Takes the next revision of the list; whoever changes it at the same time waits for the end of this transaction.
pub fn next_revision(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    organisation: OrganisationId,
    contract: &Text<40>,
) -> Result<i64, StoreError> {
    let row = (
        lists::organisation_id.eq(organisation.to_string()),
        lists::contract.eq(contract.as_str()),
        lists::space.eq(space.as_str()),
        lists::revision.eq(1_i64),
    );
    on_backend!(tx, |conn| diesel::insert_into(lists::table)
        .values(row)
        .on_conflict((lists::organisation_id, lists::contract))
        .do_update()
        .set(lists::revision.eq(lists::revision + 1))
        .execute(conn))?;
    revision(tx, organisation, contract)
}

/// Saves a product whose last entries are new; `known` of them were there before, and may have another last day now.
pub fn save(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    product: &Product,
    known: usize,
    by: By,
) -> Result<(), StoreError> {
    put_product(tx, space, product)?;
    let (old, new) = product.entries.split_at(known.min(product.entries.len()));
    let id = product.id.to_string();
    for entry in old {
        on_backend!(tx, |conn| diesel::update(entries::table.find((&id, entry.number)))
            .set((entries::valid_to.eq(entry.to), entries::is_replaced.eq(entry.is_replaced)))
            .execute(conn))?;
    }
    for entry in new {
        insert_entry(tx, &id, entry, by)?;
    }
    Ok(())
}

fn put_product(tx: &mut Tx<'_>, space: &SpaceId, product: &Product) -> Result<(), StoreError> {
    let id = product.id.to_string();
    let changed = on_backend!(tx, |conn| diesel::update(products::table.find(&id))
        .set(products::revision.eq(product.revision))
        .execute(conn))?;
    if changed == 1 {
        return Ok(());
    }
    let row = (
        products::id.eq(&id),
        products::space.eq(space.as_str()),
        products::organisation_id.eq(product.provider.to_string()),
        products::contract.eq(product.contract.as_str()),
        products::number.eq(product.number.as_str()),
        products::revision.eq(product.revision),
    );
    on_backend!(tx, |conn| diesel::insert_into(products::table).values(row).execute(conn))?;
    Ok(())
}

fn insert_entry(tx: &mut Tx<'_>, product: &str, entry: &Entry, by: By) -> Result<(), StoreError> {
    let corrupt = |_| StoreError::corrupt("provider_product_entries", product);
    let offer = entry.offer.as_ref();
    let row = (
        entries::product_id.eq(product),
        entries::number.eq(entry.number),
        entries::valid_from.eq(entry.from),
        entries::valid_to.eq(entry.to),
        entries::is_replaced.eq(entry.is_replaced),
        entries::code.eq(offer.map(|offer| offer.code.as_str())),
        entries::price.eq(offer.map(|offer| offer.price.get())),
        entries::details.eq(offer.map(serde_json::to_value).transpose().map_err(corrupt)?),
        entries::entered_at.eq(timestamp::column(by.at)),
        entries::person_id.eq(by.person.to_string()),
    );
    on_backend!(tx, |conn| diesel::insert_into(entries::table).values(row).execute(conn))?;
    Ok(())
}
