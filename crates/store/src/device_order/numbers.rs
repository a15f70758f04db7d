//! Numbers that were given: of two documents that draw the same one, of whichever kind, the key lets one have it.

use crate::schema::device_order_numbers as numbers;
use crate::{StoreError, Tx, on_backend};
use diesel::prelude::*;
use domain::values::DeviceOrderNumber;

/// Gives the number to the document; one that is given already is a unique violation of [`super::GIVEN_NUMBER_KEY`].
pub(crate) fn give(
    tx: &mut Tx<'_>,
    number: &DeviceOrderNumber,
    (kind, id): (&str, &str),
) -> Result<(), StoreError> {
    let row =
        (numbers::number.eq(number.as_str()), numbers::document_kind.eq(kind), numbers::document_id.eq(id));
    on_backend!(tx, |conn| diesel::insert_into(numbers::table).values(row).execute(conn))?;
    Ok(())
}
