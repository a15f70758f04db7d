//! Figures of groups that officers entered; rows are only ever added.

use crate::schema::device_group_figures as figures;
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::device_group::entry::Entered;
use domain::ids::{OrganisationId, PersonId, SpaceId};
use domain::values::DeviceCode;
use serde_json::Value;

const TABLE: &str = "device_group_figures";

/// The constraint that lets one of two entries at once be made and the other look again.
pub const ONE_NUMBER: &str = "device_group_figures_space_code_number_key";

/// An entry as it is stored, and when it was made by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFigures {
    pub entered: Entered,
    pub entered_at: DateTime<Utc>,
}

/// Adds an entry as the one after `earlier` others of its code.
pub fn insert(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    stored: &StoredFigures,
    by: (PersonId, OrganisationId),
    earlier: usize,
) -> Result<(), StoreError> {
    let entered = &stored.entered;
    let corrupt = || StoreError::corrupt(TABLE, entered.id);
    let number = |count: usize| i32::try_from(count).map_err(|_| corrupt());
    let row = (
        figures::id.eq(entered.id.to_string()),
        figures::space.eq(space.as_str()),
        figures::code.eq(entered.code.as_str()),
        figures::number.eq(number(earlier + 1)?),
        figures::tier.eq(i32::try_from(entered.place.tier).map_err(|_| corrupt())?),
        figures::holds_from.eq(entered.holds_from),
        figures::entered_at.eq(timestamp::column(stored.entered_at)),
        figures::person_id.eq(by.0.to_string()),
        figures::organisation_id.eq(by.1.to_string()),
        figures::details.eq(serde_json::to_value(entered).map_err(|_| corrupt())?),
    );
    on_backend!(tx, |conn| diesel::insert_into(figures::table).values(row).execute(conn))?;
    Ok(())
}

/// The entries of the space, all or of one code, in the order in which they were made.
pub fn entries(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    code: Option<&DeviceCode>,
) -> Result<Vec<StoredFigures>, StoreError> {
    let any = code.is_none();
    let code = code.map(DeviceCode::as_str).unwrap_or_default();
    let rows: Vec<(String, NaiveDateTime, Value)> = on_backend!(tx, |conn| figures::table
        .filter(figures::space.eq(space.as_str()))
        .filter(figures::code.eq(code).or(any.into_sql::<diesel::sql_types::Bool>()))
        .order((figures::code, figures::number))
        .select((figures::id, figures::entered_at, figures::details))
        .load(conn))?;
    rows.into_iter().map(stored).collect()
}

/// The entries of every space.
pub fn everywhere(tx: &mut Tx<'_>) -> Result<Vec<Entered>, StoreError> {
    let rows: Vec<(String, NaiveDateTime, Value)> = on_backend!(tx, |conn| figures::table
        .order((figures::code, figures::space, figures::number))
        .select((figures::id, figures::entered_at, figures::details))
        .load(conn))?;
    rows.into_iter().map(|row| stored(row).map(|stored| stored.entered)).collect()
}

/// How many entries the space has: together with the edition it says whether the catalogue has changed.
pub fn count(tx: &mut Tx<'_>, space: &SpaceId) -> Result<i64, StoreError> {
    Ok(on_backend!(tx, |conn| figures::table
        .filter(figures::space.eq(space.as_str()))
        .count()
        .get_result(conn))?)
}

fn stored((id, at, details): (String, NaiveDateTime, Value)) -> Result<StoredFigures, StoreError> {
    let entered = serde_json::from_value(details).map_err(|_| StoreError::corrupt(TABLE, id))?;
    Ok(StoredFigures { entered, entered_at: timestamp::instant(at) })
}
