//! The catalogue of device groups: one edition is current, and officers' figures stand beside it.

mod edition;
mod figures;

pub use edition::{Edition, all, current, make_current, versions};
pub use figures::{ONE_NUMBER, StoredFigures, count, entries, everywhere, insert};

use crate::{StoreError, Tx};
use chrono::NaiveDate;
use domain::device_group::Listed;
use domain::device_group::entry::effective;
use domain::ids::SpaceId;
use domain::values::DeviceCode;

/// The versions of a code with what officers of the space entered.
pub fn effective_versions(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    code: &DeviceCode,
) -> Result<Vec<Listed>, StoreError> {
    let Some(edition) = current(tx)? else { return Ok(Vec::new()) };
    let listed = versions(tx, &edition.id, code)?;
    let entered: Vec<_> = entries(tx, space, Some(code))?.into_iter().map(|stored| stored.entered).collect();
    Ok(effective(&listed, &entered))
}

/// The group of this code as it is on a day.
pub fn find_on(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    code: &DeviceCode,
    day: NaiveDate,
) -> Result<Option<Listed>, StoreError> {
    Ok(effective_versions(tx, space, code)?.into_iter().find(|listed| listed.is_valid_on(day)))
}
