//! Instants as both databases hold them: UTC without a zone, to the microsecond.

use chrono::{DateTime, NaiveDateTime, SubsecRound, Utc};

/// What a `Timestamp` column holds for an instant; PostgreSQL keeps microseconds, so SQLite gets no more.
pub(crate) fn column(at: DateTime<Utc>) -> NaiveDateTime {
    at.trunc_subsecs(6).naive_utc()
}

/// The instant that a `Timestamp` column holds.
pub(crate) fn instant(column: NaiveDateTime) -> DateTime<Utc> {
    column.and_utc()
}
