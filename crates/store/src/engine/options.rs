//! What the one who starts the program decides about the store.

use crate::StoreError;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// How to reach the database and how long to wait for it.
#[derive(Clone)]
pub struct StoreOptions {
    /// `postgres://…` or `sqlite://path`.
    pub url: String,
    pub read_pool_size: u32,
    /// Connections for writing on PostgreSQL; SQLite has one writer.
    pub write_pool_size: u32,
    /// How long a statement waits for another's lock.
    pub lock_wait: Duration,
    /// How long a job waits for a connection or for room in the writer's queue.
    pub pool_wait: Duration,
}

impl StoreOptions {
    /// The usual sizes and waits.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            read_pool_size: 8,
            write_pool_size: 8,
            lock_wait: Duration::from_secs(5),
            pool_wait: Duration::from_secs(3),
        }
    }

    pub(crate) fn address(&self) -> Result<Address, StoreError> {
        if self.url.starts_with("postgres://") || self.url.starts_with("postgresql://") {
            return Ok(Address::Postgres);
        }
        match self.url.strip_prefix("sqlite://") {
            Some(path) if !path.is_empty() => Ok(Address::Sqlite(PathBuf::from(path))),
            _ => Err(StoreError::Address),
        }
    }
}

/// The address may hold a password and is not printed.
impl fmt::Debug for StoreOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreOptions")
            .field("read_pool_size", &self.read_pool_size)
            .field("write_pool_size", &self.write_pool_size)
            .field("lock_wait", &self.lock_wait)
            .field("pool_wait", &self.pool_wait)
            .finish_non_exhaustive()
    }
}

pub(crate) enum Address {
    Postgres,
    Sqlite(PathBuf),
}
