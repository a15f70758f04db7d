//! Opens and prepares a connection of either database.

use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::sql_types::Text;
use diesel::{Connection, ConnectionError, ConnectionResult, PgConnection, RunQueryDsl, SqliteConnection};
use std::path::Path;
use std::time::Duration;

/// A statement that takes longer than this is not one of ours.
const STATEMENT_TIMEOUT: Duration = Duration::from_secs(30);

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    Read,
    Write,
}

/// What libpq does when the network swallows packets: without limits of its own it waits for the system's, which may
/// be hours. In the order of the address's parameters; what the address says itself stands.
const NETWORK: [(&str, &str); 6] = [
    ("connect_timeout", "5"),
    ("keepalives", "1"),
    ("keepalives_idle", "30"),
    ("keepalives_interval", "10"),
    ("keepalives_count", "3"),
    // Milliseconds.
    ("tcp_user_timeout", "30000"),
];

pub(super) fn postgres(url: &str, access: Access, lock_wait: Duration) -> ConnectionResult<PgConnection> {
    let mut connection = postgres_unprepared(url)?;
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
    english_messages(&mut connection)?;
    Ok(connection)
}

/// A connection without the limits of a request, as migrations need it.
pub(super) fn postgres_unprepared(url: &str) -> ConnectionResult<PgConnection> {
    PgConnection::establish(&with_network_limits(url))
}

fn with_network_limits(url: &str) -> String {
    let given = url.split_once('?').map_or("", |(_, parameters)| parameters);
    let is_given = |name: &str| given.split('&').any(|one| one.split('=').next() == Some(name));
    let mut whole = url.to_owned();
    let mut before = if url.contains('?') { '&' } else { '?' };
    for (name, value) in NETWORK.iter().filter(|(name, _)| !is_given(name)) {
        whole.extend([before.to_string().as_str(), name, "=", value]);
        before = '&';
    }
    whole
}

/// Lock waits are recognised by their message, as diesel keeps the SQLSTATE to itself. The setting needs a grant (`GRANT
/// SET ON PARAMETER lc_messages`), which a server that speaks English anyway does without.
fn english_messages(connection: &mut PgConnection) -> ConnectionResult<()> {
    if connection.batch_execute("SET lc_messages = 'C'").is_ok() {
        return Ok(());
    }
    let effective: String = diesel::select(sql::<Text>("current_setting('lc_messages')"))
        .get_result(connection)
        .map_err(ConnectionError::CouldntSetupConfiguration)?;
    if is_english(&effective) {
        return Ok(());
    }
    Err(ConnectionError::BadConnection(format!(
        "the messages of the database are in another language than English (lc_messages = '{effective}'), and this role \
         may not change that: GRANT SET ON PARAMETER lc_messages TO the role, or set lc_messages = 'C' for it"
    )))
}

/// An empty name means the language of the server's environment, which nobody knows here.
fn is_english(locale: &str) -> bool {
    let language = locale.split(['.', '@']).next().unwrap_or_default();
    matches!(language, "C" | "POSIX" | "en") || language.starts_with("en_") || language.starts_with("English")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_gets_the_limits_that_it_does_not_set_itself() {
        let limits = "connect_timeout=5&keepalives=1&keepalives_idle=30&keepalives_interval=10&keepalives_count=3\
                      &tcp_user_timeout=30000";
        assert_eq!(with_network_limits("postgres://host/soid"), format!("postgres://host/soid?{limits}"));
        let own = with_network_limits("postgres://host/soid?connect_timeout=2&sslmode=require");
        let rest = limits.strip_prefix("connect_timeout=5&").unwrap_or_default();
        assert_eq!(own, format!("postgres://host/soid?connect_timeout=2&sslmode=require&{rest}"));
    }

    #[test]
    fn only_english_messages_can_be_read() {
        for locale in ["C", "POSIX", "C.UTF-8", "en_US.UTF-8", "en_GB", "English_United States.1252"] {
            assert!(is_english(locale), "{locale}");
        }
        for locale in ["pl_PL.UTF-8", "de_DE@euro", ""] {
            assert!(!is_english(locale), "{locale}");
        }
    }
}
