//! What every write leaves behind besides its document, in one statement where the database allows it.

use crate::audit::{self, Entry};
use crate::idempotency::{self, Completion};
use crate::outbox::{self, NewEvent};
use crate::sealing::KeyRing;
use crate::{StoreError, Tx};

/// The traces of one write: its audit entry, its events, and the answer to keep under its key.
#[derive(Clone, Debug)]
pub struct WriteRecord<'a> {
    pub entry: &'a Entry,
    pub events: &'a [NewEvent],
    pub completion: Option<Completion<'a>>,
}

/// Adds all of it to the transaction.
pub fn write(tx: &mut Tx<'_>, ring: &KeyRing, record: &WriteRecord<'_>) -> Result<(), StoreError> {
    audit::append(tx, record.entry)?;
    outbox::append_all(tx, record.events)?;
    match &record.completion {
        Some(completion) => idempotency::complete(tx, ring, completion),
        None => Ok(()),
    }
}
