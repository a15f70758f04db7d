//! Steps whose signature awaits validation outside: written with the document, leased by a worker, removed with the
//! outcome.

use crate::deadlines::Claim;
use crate::schema::pending_steps;
use crate::sealing::{DataKey, Place};
use crate::statement::statement;
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamp};
use domain::ids::SpaceId;

const TABLE: &str = "pending_steps";

/// A step to be kept until its outcome is known.
#[derive(Clone, Debug)]
pub struct NewPendingStep<'a> {
    pub document_id: &'a str,
    pub document_kind: &'a str,
    pub space: &'a SpaceId,
    pub received_at: DateTime<Utc>,
    /// Real time.
    pub next_try_at: DateTime<Utc>,
    /// Names people and repeats the document.
    pub content: &'a [u8],
}

/// A step that a worker has leased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeasedStep {
    pub document_id: String,
    pub document_kind: String,
    /// How often the validation service was asked in vain.
    pub tries: i32,
    /// How often it answered that it fails on this very step.
    pub failures: i32,
    /// Since when it does, later by as long as it was away meanwhile.
    pub failing_since: Option<DateTime<Utc>>,
    /// Since when it is away.
    pub away_since: Option<DateTime<Utc>>,
}

impl LeasedStep {
    /// The service failed on it once more; the time in which it was away does not count (TS-10).
    #[must_use]
    pub fn failed_again(&self, now: DateTime<Utc>) -> Self {
        let away = self.away_since.map_or(TimeDelta::zero(), |since| now - since);
        Self {
            failures: self.failures.saturating_add(1),
            failing_since: Some(self.failing_since.map_or(now, |since| since + away)),
            away_since: None,
            ..self.clone()
        }
    }

    /// The service is away.
    #[must_use]
    pub fn unanswered(&self, now: DateTime<Utc>) -> Self {
        Self { away_since: self.away_since.or(Some(now)), ..self.clone() }
    }
}

/// Keeps the step under the document's key; a second one of the same document is a unique violation.
pub fn insert(tx: &mut Tx<'_>, key: &DataKey, step: &NewPendingStep<'_>) -> Result<(), StoreError> {
    let row = (
        pending_steps::document_id.eq(step.document_id),
        pending_steps::document_kind.eq(step.document_kind),
        pending_steps::space.eq(step.space.as_str()),
        pending_steps::received_at.eq(timestamp::column(step.received_at)),
        pending_steps::next_try_at.eq(timestamp::column(step.next_try_at)),
        pending_steps::tries.eq(0),
        pending_steps::failures.eq(0),
        pending_steps::sealed.eq(key.seal(Place::new(TABLE, "sealed", step.document_id), step.content)?),
    );
    on_backend!(tx, |conn| diesel::insert_into(pending_steps::table).values(row).execute(conn))?;
    Ok(())
}

/// What was kept of the document's pending step.
pub fn find(tx: &mut Tx<'_>, key: &DataKey, document_id: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let sealed: Option<Vec<u8>> = on_backend!(tx, |conn| pending_steps::table
        .find(document_id)
        .select(pending_steps::sealed)
        .first(conn)
        .optional())?;
    sealed.map(|sealed| key.open(Place::new(TABLE, "sealed", document_id), &sealed)).transpose()
}

/// The documents of which a signature was received by then and still awaits validation.
#[diesel::dsl::auto_type(no_type_alias)]
pub(crate) fn received_by(instant: NaiveDateTime) -> _ {
    pending_steps::table.filter(pending_steps::received_at.le(instant)).select(pending_steps::document_id)
}

/// Removes the step of the document; `false` when there is none.
pub fn remove(tx: &mut Tx<'_>, document_id: &str) -> Result<bool, StoreError> {
    let removed =
        on_backend!(tx, |conn| diesel::delete(pending_steps::table.find(document_id)).execute(conn))?;
    Ok(removed == 1)
}

/// Another try at this instant, by whoever is first then, with what is known of its failures by now.
pub fn put_off(
    tx: &mut Tx<'_>,
    step: &LeasedStep,
    holder: &str,
    next_try_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    on_backend!(tx, |conn| diesel::update(pending_steps::table.find(&step.document_id))
        .filter(pending_steps::leased_by.eq(holder))
        .set((
            pending_steps::next_try_at.eq(timestamp::column(next_try_at)),
            pending_steps::tries.eq(step.tries.saturating_add(1)),
            pending_steps::failures.eq(step.failures),
            pending_steps::failing_since.eq(step.failing_since.map(timestamp::column)),
            pending_steps::away_since.eq(step.away_since.map(timestamp::column)),
            pending_steps::leased_by.eq(None::<&str>),
            pending_steps::leased_until.eq(None::<NaiveDateTime>),
        ))
        .execute(conn))?;
    Ok(())
}

/// Whether the next try of any step has come.
pub fn any_due(tx: &mut Tx<'_>, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let now = timestamp::column(now);
    let found: Option<String> = on_backend!(tx, |conn| pending_steps::table
        .filter(pending_steps::next_try_at.le(now))
        .filter(pending_steps::leased_until.is_null().or(pending_steps::leased_until.le(now)))
        .select(pending_steps::document_id)
        .first(conn)
        .optional())?;
    Ok(found.is_some())
}

statement! {
    LeaseSteps ['a] for (Pg Sqlite) {
        "UPDATE pending_steps SET leased_by = " [holder: Text = &'a str]
        ", leased_until = " [until: Timestamp = NaiveDateTime]
        " WHERE document_id IN (SELECT document_id FROM pending_steps WHERE next_try_at <= "
        [due: Timestamp = NaiveDateTime]
        " AND (leased_until IS NULL OR leased_until <= " [free: Timestamp = NaiveDateTime]
        ") ORDER BY next_try_at, document_id LIMIT " [limit: BigInt = i64]
        ") AND (leased_until IS NULL OR leased_until <= " [still: Timestamp = NaiveDateTime] ")"
    }
}

/// Document, its kind, tries, failures, since when the service fails, and since when it is away.
type Row = (String, String, i32, i32, Option<NaiveDateTime>, Option<NaiveDateTime>);

/// Takes up to `limit` steps whose next try has come, the longest waiting first. Of two workers at once each gets steps of
/// its own; those of a worker that fell silent are free again when its lease ends.
pub fn lease(tx: &mut Tx<'_>, claim: Claim<'_>, limit: i64) -> Result<Vec<LeasedStep>, StoreError> {
    let (now, until) = (timestamp::column(claim.now), timestamp::column(claim.until));
    let statement = LeaseSteps { holder: claim.holder, until, due: now, free: now, limit, still: now };
    let taken = on_backend!(tx, |conn| statement.execute(conn))?;
    if taken == 0 {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = on_backend!(tx, |conn| pending_steps::table
        .filter(pending_steps::leased_by.eq(claim.holder))
        .filter(pending_steps::leased_until.eq(until))
        .order((pending_steps::next_try_at, pending_steps::document_id))
        .select((
            pending_steps::document_id,
            pending_steps::document_kind,
            pending_steps::tries,
            pending_steps::failures,
            pending_steps::failing_since,
            pending_steps::away_since,
        ))
        .load(conn))?;
    let leased = |(document_id, document_kind, tries, failures, failing, away): Row| {
        let failing_since = failing.map(timestamp::instant);
        let away_since = away.map(timestamp::instant);
        LeasedStep { document_id, document_kind, tries, failures, failing_since, away_since }
    };
    Ok(rows.into_iter().map(leased).collect())
}
