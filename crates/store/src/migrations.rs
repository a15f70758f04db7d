//! The schema's history, embedded for both databases under the same names.

use crate::StoreError;
use diesel::backend::Backend;
use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource};
use diesel::{PgConnection, SqliteConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

pub const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");
pub const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");

/// Held while migrating, so that processes that start together take turns.
const ADVISORY_LOCK: i64 = 0x736f_6964;

pub(crate) fn migrate_postgres(connection: &mut PgConnection) -> Result<Vec<String>, StoreError> {
    connection.batch_execute(&format!("SELECT pg_advisory_lock({ADVISORY_LOCK})"))?;
    let applied = apply(connection, POSTGRES);
    connection.batch_execute(&format!("SELECT pg_advisory_unlock({ADVISORY_LOCK})"))?;
    applied
}

/// SQLite has one writer anyway: a transaction around all of it is the lock.
pub(crate) fn migrate_sqlite(connection: &mut SqliteConnection) -> Result<Vec<String>, StoreError> {
    connection.immediate_transaction(|connection| apply(connection, SQLITE))
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

pub(crate) fn pending<C, DB>(
    connection: &mut C,
    source: EmbeddedMigrations,
) -> Result<Vec<String>, StoreError>
where
    DB: Backend,
    C: MigrationHarness<DB>,
    EmbeddedMigrations: MigrationSource<DB>,
{
    let pending: Vec<Box<dyn Migration<DB>>> = connection.pending_migrations(source).map_err(failed)?;
    Ok(pending.iter().map(|migration| migration.name().to_string()).collect())
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn failed(error: Box<dyn std::error::Error + Send + Sync>) -> StoreError {
    StoreError::Migration { reason: error.to_string() }
}
