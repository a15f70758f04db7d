//! What was read, with the audit entries that are kept before it leaves.

use crate::App;
use crate::failure::Failure;
use store::audit::Entry;

/// Something read that may not leave before its record is kept. Whoever has the same representation already is
/// shown nothing: then the record is dropped.
#[derive(Debug)]
pub struct Read<T> {
    pub told: T,
    pub record: AccessRecord,
}

/// The entries of one read.
#[derive(Debug)]
#[must_use = "what was read leaves after its record was kept"]
pub struct AccessRecord(Vec<Entry>);

impl AccessRecord {
    pub(crate) fn of(entries: Vec<Entry>) -> Self {
        Self(entries)
    }
}

impl App {
    /// Returns when the read is on record.
    pub async fn keep(&self, record: AccessRecord) -> Result<(), Failure> {
        Ok(self.inner.audit.record_all(record.0).await?)
    }

    /// For what is shown whatever the caller has already.
    pub(crate) async fn kept<T>(&self, read: Read<T>) -> Result<T, Failure> {
        self.keep(read.record).await?;
        Ok(read.told)
    }
}
