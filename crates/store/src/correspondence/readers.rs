//! Who reads an item, beside the row that holds it: what a list filters by.

use crate::schema::correspondence_readers;
use crate::{StoreError, Tx, on_backend};
use diesel::prelude::*;
use domain::correspondence::Reader;

/// Notes the sender and the recipients of an item.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    item: &str,
    sender: Reader,
    recipients: &[Reader],
) -> Result<(), StoreError> {
    let row = |reader: Reader, is_sender: bool| {
        (
            correspondence_readers::item_id.eq(item.to_owned()),
            correspondence_readers::party.eq(reader.party.name()),
            correspondence_readers::only_id.eq(reader.only.map(|only| only.to_string())),
            correspondence_readers::is_sender.eq(is_sender),
        )
    };
    let recipients = recipients.iter().map(|recipient| row(*recipient, false));
    let rows: Vec<_> = std::iter::once(row(sender, true)).chain(recipients).collect();
    on_backend!(tx, |conn| diesel::insert_into(correspondence_readers::table).values(&rows).execute(conn))?;
    Ok(())
}

/// Which of the items that concern a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Share {
    /// Sent by the reader's party too.
    All,
    Received,
}

/// The items that concern this reader.
#[diesel::dsl::auto_type(no_type_alias)]
pub(super) fn of(reader: Reader, share: Share) -> _ {
    let party: &'static str = reader.party.name();
    let only: String = reader.only.map_or_else(String::new, |only| only.to_string());
    let also_sent: bool = share == Share::All;
    correspondence_readers::table
        .filter(correspondence_readers::party.eq(party))
        .filter(
            correspondence_readers::only_id
                .is_null()
                .or(correspondence_readers::only_id.eq(only).assume_not_null()),
        )
        .filter(
            correspondence_readers::is_sender.eq(false).or(correspondence_readers::is_sender.eq(also_sent)),
        )
        .select(correspondence_readers::item_id)
}
