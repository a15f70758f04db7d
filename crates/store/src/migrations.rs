//! The schema's history, embedded for both databases under the same names.

use crate::StoreError;
use diesel::backend::Backend;
use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::migration::{Migration, MigrationSource};
use diesel::sql_types::Bool;
use diesel::{PgConnection, RunQueryDsl, SqliteConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

pub const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");
pub const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");

/// Held while migrating, so that processes that start together take turns.
const ADVISORY_LOCK: i64 = 0x736f_6964;

pub(crate) fn migrate_postgres(connection: &mut PgConnection) -> Result<Vec<String>, StoreError> {
    locked(connection, |connection| apply(connection, POSTGRES))
}

/// SQLite has one writer anyway: a transaction around all of it is the lock.
pub(crate) fn migrate_sqlite(connection: &mut SqliteConnection) -> Result<Vec<String>, StoreError> {
    connection.immediate_transaction(|connection| apply(connection, SQLITE))
}

/// What [`migrate_postgres`] would apply; changes nothing.
pub(crate) fn pending_postgres(connection: &mut PgConnection) -> Result<Vec<String>, StoreError> {
    locked(connection, |connection| {
        let table = sql::<Bool>("to_regclass('__diesel_schema_migrations') IS NOT NULL");
        let has_history = diesel::select(table).get_result(connection)?;
        pending(connection, POSTGRES, has_history)
    })
}

/// What [`migrate_sqlite`] would apply; changes nothing.
pub(crate) fn pending_sqlite(connection: &mut SqliteConnection) -> Result<Vec<String>, StoreError> {
    let table = sql::<Bool>("EXISTS (SELECT 1 FROM sqlite_master WHERE name = '__diesel_schema_migrations')");
    let has_history = diesel::select(table).get_result(connection)?;
    pending(connection, SQLITE, has_history)
}

fn locked<T>(
    connection: &mut PgConnection,
    work: impl FnOnce(&mut PgConnection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    connection.batch_execute(&format!("SELECT pg_advisory_lock({ADVISORY_LOCK})"))?;
    let done = work(connection);
    // The lock ends with the connection at the latest, and how the work went says more.
    let _kept = connection.batch_execute(&format!("SELECT pg_advisory_unlock({ADVISORY_LOCK})")).is_err();
    done
}

fn apply<C, DB>(connection: &mut C, source: EmbeddedMigrations) -> Result<Vec<String>, StoreError>
where
    DB: Backend,
    C: MigrationHarness<DB>,
    EmbeddedMigrations: MigrationSource<DB>,
{
    let applied = connection.run_pending_migrations(source).map_err(failed)?;
    Ok(applied.iter().map(ToString::to_string).collect())
}

/// diesel makes the table of the history when it looks into it, so without one it must not look.
fn pending<C, DB>(
    connection: &mut C,
    source: EmbeddedMigrations,
    has_history: bool,
) -> Result<Vec<String>, StoreError>
where
    DB: Backend,
    C: MigrationHarness<DB>,
    EmbeddedMigrations: MigrationSource<DB>,
{
    let found: Result<Vec<Box<dyn Migration<DB>>>, _> =
        if has_history { connection.pending_migrations(source) } else { source.migrations() };
    let mut names: Vec<String> =
        found.map_err(failed)?.iter().map(|migration| migration.name().to_string()).collect();
    names.sort();
    Ok(names)
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn failed(error: Box<dyn std::error::Error + Send + Sync>) -> StoreError {
    StoreError::Migration { reason: error.to_string() }
}
