//! Opens and prepares a connection of either database.

use diesel::connection::SimpleConnection;
use diesel::{Connection, ConnectionError, ConnectionResult, PgConnection, SqliteConnection};
use std::path::Path;
use std::time::Duration;

/// A statement that takes longer than this is not one of ours.
const STATEMENT_TIMEOUT: Duration = Duration::from_secs(30);

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    Read,
    Write,
}

pub(super) fn postgres(url: &str, access: Access, lock_wait: Duration) -> ConnectionResult<PgConnection> {
    let mut connection = PgConnection::establish(url)?;
    let read_only = if access == Access::Read { "on" } else { "off" };
    prepare(
        &mut connection,
        &format!(
            "SET statement_timeout = {}; SET lock_timeout = {}; SET idle_in_transaction_session_timeout = {};
             SET default_transaction_read_only = {read_only}; SET TIME ZONE 'UTC'",
            STATEMENT_TIMEOUT.as_millis(),
            lock_wait.as_millis(),
            STATEMENT_TIMEOUT.as_millis(),
        ),
    )?;
    english_messages(&mut connection);
    Ok(connection)
}

/// Lock waits are recognised by their message. The setting needs a grant (`GRANT SET ON PARAMETER
/// lc_messages`), and a server that speaks English anyway does without.
fn english_messages(connection: &mut PgConnection) {
    if connection.batch_execute("SET lc_messages = 'C'").is_err() {
        tracing::debug!("the database keeps its own language of messages");
    }
}

/// A reading connection cannot write; the writing one answers only when the data is on the disk.
pub(super) fn sqlite(path: &Path, access: Access, lock_wait: Duration) -> ConnectionResult<SqliteConnection> {
    let path = path.to_str().ok_or_else(|| ConnectionError::InvalidConnectionUrl("not UTF-8".to_owned()))?;
    let mut connection = SqliteConnection::establish(path)?;
    let wait = lock_wait.as_millis();
    // Without recursive triggers REPLACE removes rows without asking the triggers that guard them.
    prepare(
        &mut connection,
        &format!("PRAGMA busy_timeout = {wait}; PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON"),
    )?;
    prepare(
        &mut connection,
        match access {
            Access::Read => "PRAGMA query_only = ON; PRAGMA temp_store = MEMORY",
            Access::Write => {
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;
                 PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY"
            }
        },
    )?;
    Ok(connection)
}

fn prepare(connection: &mut impl SimpleConnection, sql: &str) -> ConnectionResult<()> {
    connection.batch_execute(sql).map_err(ConnectionError::CouldntSetupConfiguration)
}
