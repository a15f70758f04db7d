//! A transaction on PostgreSQL that is acknowledged only when the server has committed it.
//!
//! After a failed statement the server answers COMMIT with ROLLBACK and no error, so a job that hides the failure
//! would be told that its changes stand. A statement just before the COMMIT, in the same message, fails instead.

use super::nested::Nested;
use super::tx::Tx;
use crate::{JobError, StoreError};
use diesel::PgConnection;
use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::result::{Error as DieselError, QueryResult};

type Manager = AnsiTransactionManager;

pub(super) fn in_transaction<T, E, F>(connection: &mut PgConnection, job: F) -> Result<T, E>
where
    E: JobError,
    F: FnOnce(&mut Tx<'_>) -> Result<T, E>,
{
    let begun = <Manager as TransactionManager<PgConnection>>::begin_transaction(connection);
    begun.map_err(StoreError::from)?;
    match job(&mut Tx::Postgres(connection)) {
        Ok(value) => commit(connection).map(|()| value).map_err(E::from),
        Err(error) => Err(match roll_back(connection) {
            // The connection's end is known already, and the job's failure says more.
            Ok(()) | Err(DieselError::BrokenTransactionManager) => error,
            Err(failure) => Nested::<E>::Boundary(failure).into_job_error(),
        }),
    }
}

fn commit(connection: &mut PgConnection) -> Result<(), StoreError> {
    let Err(failure) = connection.batch_execute("SELECT 1; COMMIT") else { return Ok(()) };
    if !is_open(connection) {
        return Err(failure.into());
    }
    let _lost = roll_back(connection).is_err();
    Err(StoreError::unavailable("the job went on after a statement had failed"))
}

fn roll_back(connection: &mut PgConnection) -> QueryResult<()> {
    <Manager as TransactionManager<PgConnection>>::rollback_transaction(connection)
}

/// The manager follows what the server says of the transaction.
fn is_open(connection: &mut PgConnection) -> bool {
    let status = <Manager as TransactionManager<PgConnection>>::transaction_manager_status_mut(connection);
    matches!(status.transaction_depth(), Ok(Some(_)))
}
