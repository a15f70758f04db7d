//! Editions: a new one takes the place of the former in one step.

use crate::schema::{device_group_editions as editions, device_groups as groups};
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::device_group::{Listed, Supply};
use domain::values::DeviceCode;
use serde_json::Value;

const TABLE: &str = "device_groups";
const CURRENT: &str = "CURRENT";
const RETIRED: &str = "RETIRED";
/// Rows of one statement, well below what either database takes.
const ROWS: usize = 500;

/// An imported catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    pub id: String,
    pub name: String,
    /// SHA-256 of the imported text, in hexadecimal.
    pub digest: String,
    pub imported_at: DateTime<Utc>,
}

/// The edition that is served; none before the first import.
pub fn current(tx: &mut Tx<'_>) -> Result<Option<Edition>, StoreError> {
    let row: Option<(String, String, String, NaiveDateTime)> = on_backend!(tx, |conn| editions::table
        .filter(editions::state.eq(CURRENT))
        .select((editions::id, editions::name, editions::digest, editions::imported_at))
        .first(conn)
        .optional())?;
    Ok(row.map(|(id, name, digest, at)| Edition { id, name, digest, imported_at: timestamp::instant(at) }))
}

/// Serves these versions from the commit on, and no others.
pub fn make_current(tx: &mut Tx<'_>, edition: &Edition, listed: &[Listed]) -> Result<(), StoreError> {
    on_backend!(tx, |conn| diesel::update(editions::table)
        .filter(editions::state.eq(CURRENT))
        .set(editions::state.eq(RETIRED))
        .execute(conn))?;
    let row = (
        editions::id.eq(&edition.id),
        editions::state.eq(CURRENT),
        editions::name.eq(&edition.name),
        editions::digest.eq(&edition.digest),
        editions::imported_at.eq(timestamp::column(edition.imported_at)),
        editions::versions.eq(i32::try_from(listed.len()).unwrap_or(i32::MAX)),
    );
    on_backend!(tx, |conn| diesel::insert_into(editions::table).values(row).execute(conn))?;
    for some in listed.chunks(ROWS) {
        let rows = some.iter().map(|listed| row_of(&edition.id, listed)).collect::<Result<Vec<_>, _>>()?;
        on_backend!(tx, |conn| diesel::insert_into(groups::table).values(&rows).execute(conn))?;
    }
    Ok(())
}

#[derive(Insertable)]
#[diesel(table_name = groups, treat_none_as_default_value = false)]
struct Row {
    edition_id: String,
    code: String,
    valid_from: chrono::NaiveDate,
    valid_to: Option<chrono::NaiveDate>,
    supply: &'static str,
    details: Value,
}

fn row_of(edition: &str, listed: &Listed) -> Result<Row, StoreError> {
    let group = &listed.group;
    Ok(Row {
        edition_id: edition.to_owned(),
        code: group.code.as_str().to_owned(),
        valid_from: group.valid_from,
        valid_to: group.valid_to,
        supply: match group.supply {
            Supply::Monthly => "MONTHLY",
            Supply::OneOff => "ONE_OFF",
        },
        details: serde_json::to_value(listed).map_err(|_| StoreError::corrupt(TABLE, &group.code))?,
    })
}

/// All versions of an edition in the order of codes and days.
pub fn all(tx: &mut Tx<'_>, edition: &str) -> Result<Vec<Listed>, StoreError> {
    let rows: Vec<(String, Value)> = on_backend!(tx, |conn| groups::table
        .filter(groups::edition_id.eq(edition))
        .order((groups::code, groups::valid_from))
        .select((groups::code, groups::details))
        .load(conn))?;
    rows.into_iter().map(listed).collect()
}

/// The versions of one code by their days.
pub fn versions(tx: &mut Tx<'_>, edition: &str, code: &DeviceCode) -> Result<Vec<Listed>, StoreError> {
    let rows: Vec<(String, Value)> = on_backend!(tx, |conn| groups::table
        .filter(groups::edition_id.eq(edition))
        .filter(groups::code.eq(code.as_str()))
        .order(groups::valid_from)
        .select((groups::code, groups::details))
        .load(conn))?;
    rows.into_iter().map(listed).collect()
}

fn listed((code, details): (String, Value)) -> Result<Listed, StoreError> {
    serde_json::from_value(details).map_err(|_| StoreError::corrupt(TABLE, code))
}
