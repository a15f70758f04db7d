//! A provider's take-ups, page by page, and those that a worker takes over while the payer looks once more.

use super::list::Summary;
use crate::schema::{device_orders as orders, take_ups as rows};
use crate::verifications::Lease;
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::device_order::model::Months;
use domain::device_order::settlement::Capacity;
use domain::ids::{DeviceOrderId, OrganisationId, SpaceId, TakeUpId};
use domain::values::YearMonth;

const TABLE: &str = "take_ups";

/// A take-up that the payer looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitingTakeUp {
    pub order: DeviceOrderId,
    pub id: TakeUpId,
    /// How often a worker has taken it, this time counted; none while whoever took it up is at it.
    pub tries: i32,
}

/// Up to `limit` take-ups whose turn it is, the longest waiting first, leased as orders are.
pub fn lease_take_ups(
    tx: &mut Tx<'_>,
    now: DateTime<Utc>,
    lease: Lease,
    limit: i64,
) -> Result<Vec<WaitingTakeUp>, StoreError> {
    let found: Vec<(String, String, i32, Option<NaiveDateTime>)> = on_backend!(tx, |conn| rows::table
        .filter(rows::verify_at.le(timestamp::column(now)))
        .order((rows::verify_at, rows::id))
        .limit(limit)
        .select((rows::id, rows::order_id, rows::verify_tries, rows::verify_at))
        .load(conn))?;
    let mut leased = Vec::new();
    for (id, order, earlier, turn) in found {
        let tries = earlier.saturating_add(1);
        let taken = on_backend!(tx, |conn| diesel::update(rows::table.find(&id))
            .filter(rows::verify_at.eq(turn))
            .set((rows::verify_at.eq(timestamp::column(now + lease(tries))), rows::verify_tries.eq(tries)))
            .execute(conn))?;
        if taken == 1 {
            let corrupt = || StoreError::corrupt(TABLE, &id);
            leased.push(WaitingTakeUp {
                order: DeviceOrderId::parse(&order).ok_or_else(corrupt)?,
                id: TakeUpId::parse(&id).ok_or_else(corrupt)?,
                tries,
            });
        }
    }
    Ok(leased)
}

/// Which take-ups of an organisation.
#[derive(Clone, Debug)]
pub struct TakeUpListing {
    pub organisation: OrganisationId,
    /// A holder's are its own and those of its subcontractors.
    pub capacity: Capacity,
    pub state: Option<&'static str>,
    /// Continue after this one.
    pub after: Option<TakeUpId>,
    pub limit: i64,
}

/// One take-up of a list; nothing in it names a patient.
#[derive(Clone, Debug, PartialEq)]
pub struct TakeUpLine {
    pub id: TakeUpId,
    pub order: DeviceOrderId,
    pub number: Option<String>,
    pub provider: TakenUpBy,
    pub state: String,
    pub months: Option<Months>,
    pub taken_at: DateTime<Utc>,
    pub held_until: NaiveDate,
    /// When time changes the order next.
    pub due_at: Option<DateTime<Utc>>,
    pub summary: Summary,
}

/// Who took it up; name and place are not known of the oldest ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenUpBy {
    pub id: OrganisationId,
    pub name: Option<String>,
    pub place: Option<String>,
    /// The contract's holder, where a subcontractor acts under it.
    pub acts_for: Option<OrganisationId>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = rows)]
struct TakeUpRow {
    id: String,
    order_id: String,
    provider_id: String,
    holder_id: Option<String>,
    provider_name: Option<String>,
    place: Option<String>,
    state: String,
    first_month: Option<String>,
    months: Option<i32>,
    taken_at: NaiveDateTime,
    held_until: NaiveDate,
}

type Listed = (TakeUpRow, (Option<String>, Option<NaiveDateTime>, serde_json::Value));

macro_rules! page {
    ($conn:expr, $backend:ty, $space:expr, $wanted:expr) => {{
        let mut query = rows::table
            .inner_join(orders::table.on(orders::id.eq(rows::order_id)))
            .filter(rows::space.eq($space.as_str()))
            .select((TakeUpRow::as_select(), (orders::number, orders::due_at, orders::summary)))
            .order(rows::id.desc())
            .limit($wanted.limit)
            .into_boxed::<$backend>();
        let own = $wanted.organisation.to_string();
        query = match $wanted.capacity {
            Capacity::Supplier => query.filter(rows::provider_id.eq(own)),
            Capacity::Holder => {
                let is_own = rows::holder_id.is_null().and(rows::provider_id.eq(own.clone()));
                query.filter(rows::holder_id.eq(own).or(is_own))
            }
        };
        if let Some(after) = $wanted.after {
            query = query.filter(rows::id.lt(after.to_string()));
        }
        if let Some(state) = $wanted.state {
            query = query.filter(rows::state.eq(state));
        }
        query.load::<Listed>($conn)
    }};
}

/// An organisation's, the newest first.
pub fn list_take_ups(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    wanted: &TakeUpListing,
) -> Result<Vec<TakeUpLine>, StoreError> {
    let found = match tx {
        Tx::Postgres(conn) => page!(*conn, diesel::pg::Pg, space, wanted),
        Tx::Sqlite(conn) => page!(*conn, diesel::sqlite::Sqlite, space, wanted),
    }?;
    found.into_iter().map(line).collect()
}

fn line((row, (number, due_at, summary)): Listed) -> Result<TakeUpLine, StoreError> {
    let corrupt = || StoreError::corrupt(TABLE, &row.id);
    let months = match (row.first_month.as_deref(), row.months) {
        (Some(first), Some(count)) => Some(Months {
            from: YearMonth::parse(first).map_err(|_| corrupt())?,
            count: u32::try_from(count).map_err(|_| corrupt())?,
        }),
        _ => None,
    };
    Ok(TakeUpLine {
        id: TakeUpId::parse(&row.id).ok_or_else(corrupt)?,
        order: DeviceOrderId::parse(&row.order_id).ok_or_else(corrupt)?,
        months,
        summary: serde_json::from_value(summary).map_err(|_| corrupt())?,
        number,
        provider: TakenUpBy {
            id: OrganisationId::parse(&row.provider_id).ok_or_else(corrupt)?,
            acts_for: match row.holder_id.as_deref() {
                Some(holder) => Some(OrganisationId::parse(holder).ok_or_else(corrupt)?),
                None => None,
            },
            name: row.provider_name,
            place: row.place,
        },
        taken_at: timestamp::instant(row.taken_at),
        held_until: row.held_until,
        due_at: due_at.map(timestamp::instant),
        state: row.state,
    })
}
