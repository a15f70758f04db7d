//! The open transaction of either database, and the macro that writes a query once for both.

use diesel::{PgConnection, SqliteConnection};

/// A connection with what a job does on it.
pub enum Tx<'c> {
    Postgres(&'c mut PgConnection),
    Sqlite(&'c mut SqliteConnection),
}

/// Compiles one query body for both databases: `on_backend!(tx, |conn| query.execute(conn))`.
///
/// The connection is reborrowed, so that the same `tx` serves the next query.
#[macro_export]
macro_rules! on_backend {
    ($tx:expr, |$conn:ident| $body:expr) => {
        match $tx {
            $crate::Tx::Postgres(connection) => {
                let $conn: &mut ::diesel::PgConnection = connection;
                $body
            }
            $crate::Tx::Sqlite(connection) => {
                let $conn: &mut ::diesel::SqliteConnection = connection;
                $body
            }
        }
    };
}
