//! What is due when: rows written with their document, leased by a worker, removed when fired.

use crate::schema::{deadlines, demands, outages, pending_steps};
use crate::statement::statement;
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::dsl::{exists, min, not};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamp};
use domain::ids::{DemandId, SpaceId};
use domain::temporary_authorisation::clocks::ClockKind;
use domain::{demand, device_order, device_repair_order};

/// Whether a term ends, or somebody is reminded of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    Term,
    Reminder,
}

impl Purpose {
    pub fn name(self) -> &'static str {
        match self {
            Self::Term => "TERM",
            Self::Reminder => "REMINDER",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        [Self::Term, Self::Reminder].into_iter().find(|purpose| purpose.name() == name)
    }
}

/// One row: of this document, what ends or is reminded of, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    pub document_kind: String,
    pub document_id: String,
    pub purpose: Purpose,
    /// The kind of the term.
    pub kind: String,
    /// When the term began; another beginning is another term.
    pub started_at: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
}

/// The terms of a document as they run after a change: what they were before is known from the rows.
pub fn replace(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    document_id: &str,
    wanted: &[Deadline],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let known = of_document(tx, document_id)?;
    let same_term = |one: &Deadline, other: &Deadline| {
        one.purpose == other.purpose && one.kind == other.kind && one.started_at == other.started_at
    };
    for gone in known.iter().filter(|row| !wanted.iter().any(|new| same_term(row, new))) {
        remove(tx, gone)?;
    }
    // A reminder whose hour has passed was sent, or would come too late.
    let is_new = |row: &&Deadline| {
        let is_known = known.iter().any(|old| same_term(old, row));
        !is_known && (row.purpose == Purpose::Term || row.due_at > now)
    };
    let rows: Vec<_> = wanted.iter().filter(is_new).map(|row| values(space, row)).collect();
    if rows.is_empty() {
        return Ok(());
    }
    on_backend!(tx, |conn| diesel::insert_into(deadlines::table).values(&rows).execute(conn))?;
    Ok(())
}

#[derive(Insertable)]
#[diesel(table_name = deadlines)]
struct NewRow<'a> {
    document_id: &'a str,
    purpose: &'static str,
    kind: &'a str,
    document_kind: &'a str,
    space: &'a str,
    started_at: NaiveDateTime,
    due_at: NaiveDateTime,
}

fn values<'a>(space: &'a SpaceId, row: &'a Deadline) -> NewRow<'a> {
    NewRow {
        document_id: &row.document_id,
        purpose: row.purpose.name(),
        kind: &row.kind,
        document_kind: &row.document_kind,
        space: space.as_str(),
        started_at: timestamp::column(row.started_at),
        due_at: timestamp::column(row.due_at),
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = deadlines)]
struct Row {
    document_id: String,
    purpose: String,
    kind: String,
    document_kind: String,
    started_at: NaiveDateTime,
    due_at: NaiveDateTime,
}

impl TryFrom<Row> for Deadline {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let purpose =
            Purpose::parse(&row.purpose).ok_or_else(|| StoreError::corrupt("deadlines", &row.document_id))?;
        Ok(Self {
            document_kind: row.document_kind,
            document_id: row.document_id,
            purpose,
            kind: row.kind,
            started_at: timestamp::instant(row.started_at),
            due_at: timestamp::instant(row.due_at),
        })
    }
}

/// What is still to come of this document.
pub fn of_document(tx: &mut Tx<'_>, document_id: &str) -> Result<Vec<Deadline>, StoreError> {
    let rows: Vec<Row> = on_backend!(tx, |conn| deadlines::table
        .filter(deadlines::document_id.eq(document_id))
        .order((deadlines::due_at, deadlines::purpose, deadlines::kind))
        .select(Row::as_select())
        .load(conn))?;
    rows.into_iter().map(Deadline::try_from).collect()
}

/// Removes a row; `false` when it is gone already, so that of two who fired it one learns that it was late.
pub fn remove(tx: &mut Tx<'_>, row: &Deadline) -> Result<bool, StoreError> {
    let removed = on_backend!(tx, |conn| diesel::delete(deadlines::table)
        .filter(deadlines::document_id.eq(&row.document_id))
        .filter(deadlines::purpose.eq(row.purpose.name()))
        .filter(deadlines::kind.eq(&row.kind))
        .filter(deadlines::started_at.eq(timestamp::column(row.started_at)))
        .execute(conn))?;
    Ok(removed == 1)
}

statement! {
    LeaseDue ['a] for (Pg Sqlite) {
        "WITH due AS (SELECT document_id, purpose, kind FROM deadlines WHERE space = " [space: Text = &'a str]
        " AND due_at <= " [due: Timestamp = NaiveDateTime]
        // What a recorded outage holds at present is nobody's turn (OU-06), nor what waits with a signature (TS-02).
        // The last day of a consent is the minister's: no outage moves it, nor the months of an order for a device.
        " AND NOT (purpose = 'TERM' AND kind <> 'CONSENT_PERIOD' AND document_kind NOT IN ('DEVICE_ORDER', 'DEVICE_REPAIR_ORDER') AND EXISTS (SELECT 1 FROM outages WHERE outages.space = deadlines.space \
         AND outages.holds_after < deadlines.due_at \
         AND (outages.holds_through IS NULL OR outages.holds_through >= deadlines.due_at) \
         AND (outages.holds_until IS NULL OR outages.holds_until > " [held: Timestamp = NaiveDateTime] "))) \
         AND NOT EXISTS (SELECT 1 FROM pending_steps WHERE pending_steps.document_id = deadlines.document_id) \
         AND (leased_until IS NULL OR leased_until <= " [free: Timestamp = NaiveDateTime]
        ") ORDER BY due_at, document_id LIMIT " [limit: BigInt = i64]
        // Many documents have rows here, and nobody holds those documents: whoever writes one of them at this moment is not
        // waited for, since they may want another of these rows next. SQLite has one writer.
        (Pg " FOR UPDATE OF deadlines SKIP LOCKED")
        ") UPDATE deadlines SET leased_by = " [holder: Text = &'a str]
        ", leased_until = " [until: Timestamp = NaiveDateTime]
        " WHERE (document_id, purpose, kind) IN (SELECT document_id, purpose, kind FROM due)"
    }
}

/// The rows of the space that are due by then and that neither an outage holds at that time (OU-06) nor a signature that
/// awaits validation (TS-02).
#[diesel::dsl::auto_type]
#[expect(
    clippy::elidable_lifetime_names,
    reason = "the macro writes the type of the answer and needs the name"
)]
fn free_rows<'a>(space: &'a str, by: NaiveDateTime) -> _ {
    let holding = outages::table
        .filter(outages::space.eq(deadlines::space))
        .filter(outages::holds_after.lt(deadlines::due_at))
        .filter(outages::holds_through.is_null().or(outages::holds_through.ge(deadlines::due_at.nullable())))
        .filter(outages::holds_until.is_null().or(outages::holds_until.gt(by)));
    let waiting = pending_steps::table.filter(pending_steps::document_id.eq(deadlines::document_id));
    let (reminder, consent, order): (&'static str, &'static str, &'static str) =
        (Purpose::Reminder.name(), ClockKind::ConsentPeriod.name(), device_order::KIND);
    let repair: &'static str = device_repair_order::KIND;
    let is_never_held = deadlines::purpose
        .eq(reminder)
        .or(deadlines::kind.eq(consent))
        .or(deadlines::document_kind.eq(order))
        .or(deadlines::document_kind.eq(repair));
    deadlines::table
        .filter(deadlines::space.eq(space))
        .filter(deadlines::due_at.le(by))
        .filter(is_never_held.or(not(exists(holding))))
        .filter(not(exists(waiting)))
}

/// The documents of which a term is among them.
#[diesel::dsl::auto_type(no_type_alias)]
pub(crate) fn free_terms<'a>(space: &'a str, by: NaiveDateTime) -> _ {
    let rows: free_rows<'a> = free_rows(space, by);
    let term: &'static str = Purpose::Term.name();
    rows.filter(deadlines::purpose.eq(term)).select(deadlines::document_id)
}

/// A worker's claim on what is due: whoever it is, and until when nobody else takes it.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    pub holder: &'a str,
    /// Real time: leases do not follow a tester's clock.
    pub now: DateTime<Utc>,
    pub until: DateTime<Utc>,
}

/// Takes up to `limit` rows of the space that are due by then, which is its present, the longest overdue first. Of two workers at once
/// each gets rows of its own; those of a worker that fell silent are free again when its lease ends. A row that somebody else
/// writes at this moment is passed by ([`is_left`]).
pub fn lease(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    due_by: DateTime<Utc>,
    claim: Claim<'_>,
    limit: i64,
) -> Result<Vec<Deadline>, StoreError> {
    let (now, until) = (timestamp::column(claim.now), timestamp::column(claim.until));
    let statement = LeaseDue {
        space: space.as_str(),
        due: timestamp::column(due_by),
        held: timestamp::column(due_by),
        free: now,
        limit,
        holder: claim.holder,
        until,
    };
    let taken = on_backend!(tx, |conn| statement.execute(conn))?;
    if taken == 0 {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = on_backend!(tx, |conn| deadlines::table
        .filter(deadlines::space.eq(space.as_str()))
        .filter(deadlines::leased_by.eq(claim.holder))
        .filter(deadlines::leased_until.eq(until))
        .order((deadlines::due_at, deadlines::document_id, deadlines::purpose))
        .select(Row::as_select())
        .load(conn))?;
    rows.into_iter().map(Deadline::try_from).collect()
}

/// Whether a row that is due by then is free although a lease took none: somebody else writes it at this moment, to lease or to
/// replace it.
pub fn is_left(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    due_by: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let (by, now) = (timestamp::column(due_by), timestamp::column(now));
    let found: Option<String> = on_backend!(tx, |conn| free_rows(space.as_str(), by)
        .filter(deadlines::leased_until.is_null().or(deadlines::leased_until.le(now)))
        .select(deadlines::document_id)
        .first(conn)
        .optional())?;
    Ok(found.is_some())
}

/// Whether somebody else is firing what is due in this space by then, so that it is not over yet.
pub fn is_fired_by_another(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    due_by: DateTime<Utc>,
    (holder, now): (&str, DateTime<Utc>),
) -> Result<bool, StoreError> {
    let found: Option<String> = on_backend!(tx, |conn| deadlines::table
        .filter(deadlines::space.eq(space.as_str()))
        .filter(deadlines::due_at.le(timestamp::column(due_by)))
        .filter(deadlines::leased_by.ne(holder))
        .filter(deadlines::leased_until.gt(timestamp::column(now)))
        .select(deadlines::document_id)
        .first(conn)
        .optional())?;
    Ok(found.is_some())
}

/// Every space in which something is due by then and free; in production there is one.
pub fn spaces_due(
    tx: &mut Tx<'_>,
    due_by: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<SpaceId>, StoreError> {
    let now = timestamp::column(now);
    let spaces: Vec<String> = on_backend!(tx, |conn| deadlines::table
        .filter(deadlines::due_at.le(timestamp::column(due_by)))
        .filter(deadlines::leased_until.is_null().or(deadlines::leased_until.le(now)))
        .select(deadlines::space)
        .distinct()
        .load(conn))?;
    spaces
        .into_iter()
        .map(|space| SpaceId::parse(&space).ok_or_else(|| StoreError::corrupt("deadlines", space)))
        .collect()
}

/// The first instant after `after` and up to `through` at which something of the space is due: of its own, or because an
/// outage holds it no longer (OU-06).
pub fn next_due(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    after: DateTime<Utc>,
    through: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    let (after, through) = (timestamp::column(after), timestamp::column(through));
    let due: Option<NaiveDateTime> = on_backend!(tx, |conn| deadlines::table
        .filter(deadlines::space.eq(space.as_str()))
        .filter(deadlines::due_at.gt(after))
        .filter(deadlines::due_at.le(through))
        .select(min(deadlines::due_at))
        .first(conn))?;
    let freed: Option<NaiveDateTime> = on_backend!(tx, |conn| outages::table
        .filter(outages::space.eq(space.as_str()))
        .filter(outages::holds_until.gt(after))
        .filter(outages::holds_until.le(through))
        .select(min(outages::holds_until))
        .first(conn))?;
    Ok(due.into_iter().chain(freed).min().map(timestamp::instant))
}

/// The instants up to `through` at which terms of the space end that an outage can hold and that are not applied yet, of
/// those that end anything. One that waits with a signature is among them: if that is refused, it ran all the while (TS-02).
pub fn ends_until(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    through: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>, StoreError> {
    let not_held = [ClockKind::ConsentPeriod.name(), demand::clocks::ClockKind::PatientList.name()];
    let ends: Vec<NaiveDateTime> = on_backend!(tx, |conn| deadlines::table
        .filter(deadlines::space.eq(space.as_str()))
        .filter(deadlines::purpose.eq(Purpose::Term.name()))
        .filter(deadlines::kind.ne_all(not_held))
        .filter(deadlines::document_kind.ne_all([device_order::KIND, device_repair_order::KIND]))
        .filter(deadlines::due_at.le(timestamp::column(through)))
        .select(deadlines::due_at)
        .distinct()
        .order(deadlines::due_at)
        .load(conn))?;
    Ok(ends.into_iter().map(timestamp::instant).collect())
}

/// Up to `limit` demands after this one on which a term runs that has no row, in the order of their ids.
pub fn without_rows(
    tx: &mut Tx<'_>,
    after: Option<DemandId>,
    limit: i64,
) -> Result<Vec<DemandId>, StoreError> {
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    let has_row = deadlines::table
        .filter(deadlines::document_id.eq(demands::id))
        .filter(deadlines::purpose.eq(Purpose::Term.name()));
    let rows: Vec<String> = on_backend!(tx, |conn| demands::table
        .filter(demands::due_at.is_not_null())
        .filter(demands::id.gt(&after))
        .filter(not(exists(has_row)))
        .order(demands::id)
        .limit(limit)
        .select(demands::id)
        .load(conn))?;
    rows.into_iter()
        .map(|id| DemandId::parse(&id).ok_or_else(|| StoreError::corrupt("demands", id)))
        .collect()
}
