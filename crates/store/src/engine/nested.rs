//! Tells the failure of a transaction's own statements from the failure of the job in it.

use crate::{JobError, StoreError};
use diesel::result::Error as DieselError;

pub(super) enum Nested<E> {
    /// BEGIN, SAVEPOINT, RELEASE, COMMIT or ROLLBACK failed.
    Boundary(DieselError),
    Job(E),
}

impl<E> From<DieselError> for Nested<E> {
    fn from(error: DieselError) -> Self {
        Self::Boundary(error)
    }
}

impl<E: JobError> Nested<E> {
    pub(super) fn into_job_error(self) -> E {
        match self {
            Self::Boundary(error) => E::from(StoreError::from(error)),
            Self::Job(error) => error,
        }
    }
}
