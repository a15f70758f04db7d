//! Which database, how many connections and how long to wait.

use super::reader::Reader;
use super::variable::variables;
use domain::redacted::Redacted;
use std::time::Duration;

variables! {
    DATABASE_URL = "DATABASE_URL", required "postgres://soid:secret@db.przyklad.pl/soid",
        "Where the data are: postgres://… or sqlite://path.";
    READ_CONNECTIONS = "SOID_DATABASE_READ_CONNECTIONS", default "8",
        "Connections for reading.";
    WRITE_CONNECTIONS = "SOID_DATABASE_WRITE_CONNECTIONS", default "8",
        "Connections for writing on PostgreSQL; SQLite has one writer.";
    POOL_WAIT_SECONDS = "SOID_DATABASE_POOL_WAIT_SECONDS", default "3",
        "How long a request waits for a connection before it is answered with 503.";
    LOCK_WAIT_SECONDS = "SOID_DATABASE_LOCK_WAIT_SECONDS", default "5",
        "How long a statement waits for a lock that another one holds.";
    MIGRATE_ON_START = "SOID_MIGRATE_ON_START", default "true",
        "Whether the server brings the schema up to date when it starts; if false, run soid migrate.";
}

#[derive(Clone, Debug)]
pub struct DatabaseConfig {
    /// `DATABASE_URL`; it may hold a password
    pub url: Redacted<String>,
    /// `SOID_DATABASE_READ_CONNECTIONS`
    pub read_connections: u32,
    /// `SOID_DATABASE_WRITE_CONNECTIONS`
    pub write_connections: u32,
    /// `SOID_DATABASE_POOL_WAIT_SECONDS`
    pub pool_wait: Duration,
    /// `SOID_DATABASE_LOCK_WAIT_SECONDS`
    pub lock_wait: Duration,
    /// `SOID_MIGRATE_ON_START`
    pub migrate_on_start: bool,
}

pub(super) fn read(reader: &mut Reader<'_>) -> Option<DatabaseConfig> {
    let url = reader.parsed(&DATABASE_URL, address);
    let read_connections = reader.number(&READ_CONNECTIONS, 1, 500);
    let write_connections = reader.number(&WRITE_CONNECTIONS, 1, 500);
    let pool_wait = reader.seconds(&POOL_WAIT_SECONDS, 1, 60);
    let lock_wait = reader.seconds(&LOCK_WAIT_SECONDS, 1, 60);
    let migrate_on_start = reader.switch(&MIGRATE_ON_START);
    Some(DatabaseConfig {
        url: url?,
        read_connections: read_connections?,
        write_connections: write_connections?,
        pool_wait: pool_wait?,
        lock_wait: lock_wait?,
        migrate_on_start: migrate_on_start?,
    })
}

/// The message does not repeat the value, since it may hold a password.
fn address(text: &str) -> Result<Redacted<String>, &'static str> {
    let has_rest = |scheme| text.strip_prefix(scheme).is_some_and(|rest: &str| !rest.is_empty());
    if ["postgres://", "postgresql://", "sqlite://"].into_iter().any(has_rest) {
        return Ok(Redacted::new(text.to_owned()));
    }
    Err("must begin with postgres://, postgresql:// or sqlite:// and say where the database is")
}
