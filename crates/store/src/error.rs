//! How a job in the store fails, said alike for both databases.

use diesel::result::{DatabaseErrorKind, Error as DieselError};
use std::sync::Arc;

/// A failure of the store. It is cheap to clone, because one failed commit is told to every job of it.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// `table_columns_key` for constraints and indexes, `table_pkey` for a primary key `id`: the names
    /// that PostgreSQL gives by itself, rebuilt from SQLite's message.
    #[error("a row that must be unique exists already ({constraint})")]
    UniqueViolation { constraint: String },
    #[error("a referenced row does not exist")]
    ForeignKey,
    #[error("a CHECK constraint is broken ({constraint})")]
    Check { constraint: String },
    #[error("a mandatory column is empty")]
    NotNull,
    /// The wait for a connection, a lock or the writer ran out; the same job may succeed later.
    #[error("the database is busy")]
    Busy,
    /// The database cannot be reached or has ended the transaction; nothing is known to be stored.
    #[error("the database is unavailable: {reason}")]
    Unavailable { reason: String },
    /// A row that this program never writes: tampered, undecipherable, or an impossible combination.
    #[error("the row {id} of {table} is corrupt")]
    Corrupt { table: &'static str, id: String },
    #[error("a migration failed: {reason}")]
    Migration { reason: String },
    /// The job panicked; its own changes are rolled back.
    #[error("the job panicked")]
    Panicked,
    #[error("the address of the database is not understood: it must begin with postgres:// or sqlite://")]
    Address,
    #[error("the database refused a statement")]
    Other(#[source] Arc<DieselError>),
}

impl StoreError {
    /// For an impossible row.
    #[expect(clippy::needless_pass_by_value, reason = "callers hand over what they have, as map_err does")]
    pub fn corrupt(table: &'static str, id: impl ToString) -> Self {
        Self::Corrupt { table, id: id.to_string() }
    }

    #[expect(clippy::needless_pass_by_value, reason = "callers hand over what they have, as map_err does")]
    pub(crate) fn unavailable(reason: impl ToString) -> Self {
        Self::Unavailable { reason: reason.to_string() }
    }

    /// Whether the constraint of this name was hit.
    pub fn is_unique_violation_of(&self, name: &str) -> bool {
        matches!(self, Self::UniqueViolation { constraint } if constraint == name)
    }

    /// Whether the database may have lost the transaction around the statement that failed. A broken
    /// constraint undoes one statement; a full disk makes SQLite roll everything back by itself.
    pub(crate) fn endangers_transaction(&self) -> bool {
        match self {
            Self::UniqueViolation { .. }
            | Self::ForeignKey
            | Self::Check { .. }
            | Self::NotNull
            | Self::Corrupt { .. }
            | Self::Panicked => false,
            Self::Busy
            | Self::Unavailable { .. }
            | Self::Migration { .. }
            | Self::Address
            | Self::Other(_) => true,
        }
    }
}

/// The error of a job: it carries a [`StoreError`] when the store failed, and something else when the
/// job itself refused.
pub trait JobError: From<StoreError> + Send + 'static {
    /// The failure of the store, if this is one.
    fn store_error(&self) -> Option<&StoreError>;
}

impl JobError for StoreError {
    fn store_error(&self) -> Option<&StoreError> {
        Some(self)
    }
}

impl From<DieselError> for StoreError {
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::DatabaseError(kind, information) => {
                let message = information.message();
                match kind {
                    DatabaseErrorKind::UniqueViolation => {
                        let named = information.constraint_name().map(str::to_owned);
                        Self::UniqueViolation {
                            constraint: named.unwrap_or_else(|| sqlite_unique_name(message)),
                        }
                    }
                    DatabaseErrorKind::ForeignKeyViolation => Self::ForeignKey,
                    DatabaseErrorKind::NotNullViolation => Self::NotNull,
                    DatabaseErrorKind::CheckViolation => {
                        let named = information.constraint_name().map(str::to_owned);
                        Self::Check { constraint: named.unwrap_or_else(|| after_colon(message).to_owned()) }
                    }
                    DatabaseErrorKind::SerializationFailure => Self::Busy,
                    DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand => {
                        Self::unavailable(message)
                    }
                    _ if is_lock_wait(message) => Self::Busy,
                    // A trigger of ours that speaks for the constraint which REPLACE would pass by.
                    _ if message.starts_with(SQLITE_UNIQUE) => {
                        Self::UniqueViolation { constraint: sqlite_unique_name(message) }
                    }
                    kind => Self::Other(Arc::new(DieselError::DatabaseError(kind, information))),
                }
            }
            // A connection that is lost at the COMMIT cannot roll back either; the first of the two says why.
            DieselError::RollbackErrorOnCommit { commit_error, .. } => Self::from(*commit_error),
            DieselError::BrokenTransactionManager => Self::unavailable("the transaction is broken"),
            other => Self::Other(Arc::new(other)),
        }
    }
}

/// diesel keeps the SQLSTATE (55P03, 40P01, 57014) to itself, so the message must do; connections speak English.
fn is_lock_wait(message: &str) -> bool {
    [
        "due to lock timeout",
        "due to statement timeout",
        "deadlock detected",
        "database is locked",
        "database table is locked",
    ]
    .iter()
    .any(|sign| message.contains(sign))
}

const SQLITE_UNIQUE: &str = "UNIQUE constraint failed: ";

/// `UNIQUE constraint failed: patients.space, patients.blind_index` → `patients_space_blind_index_key`.
fn sqlite_unique_name(message: &str) -> String {
    let columns: Vec<(&str, &str)> =
        after_colon(message).split(", ").filter_map(|column| column.split_once('.')).collect();
    match columns.as_slice() {
        [] => after_colon(message).trim_start_matches("index ").trim_matches('\'').to_owned(),
        [(table, "id")] => format!("{table}_pkey"),
        [(table, _), ..] => {
            let names: Vec<&str> = columns.iter().map(|(_, name)| *name).collect();
            format!("{table}_{}_key", names.join("_"))
        }
    }
}

fn after_colon(message: &str) -> &str {
    message.split_once(": ").map_or(message, |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_that_is_lost_at_the_commit_is_unavailable_and_no_fault_of_the_program() {
        let lost = || {
            let message = Box::new("server closed the connection unexpectedly".to_owned());
            Box::new(DieselError::DatabaseError(DatabaseErrorKind::ClosedConnection, message))
        };
        let both = DieselError::RollbackErrorOnCommit { rollback_error: lost(), commit_error: lost() };
        assert!(matches!(StoreError::from(both), StoreError::Unavailable { .. }));
    }

    #[test]
    fn sqlite_constraints_get_the_names_that_postgresql_gives() {
        assert_eq!(
            sqlite_unique_name("UNIQUE constraint failed: patients.space, patients.blind_index"),
            "patients_space_blind_index_key"
        );
        assert_eq!(sqlite_unique_name("UNIQUE constraint failed: events.id"), "events_pkey");
        assert_eq!(sqlite_unique_name("UNIQUE constraint failed: index 'one_open'"), "one_open");
    }
}
