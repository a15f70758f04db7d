//! Take-ups and the months that they have, as rows beside the order: of two that reach for one month the key lets one in.

use super::row::TABLE;
use crate::schema::{device_order_periods as periods, take_ups};
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::device_order::DeviceOrder;
use domain::device_order::lifecycle::{Confirmed, PeriodState, Periods};
use domain::device_order::model::{TakeUp, TakeUpState};

/// Under which the whole of a one-off order is taken up.
const ONE_OFF: &str = "ONE_OFF";

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = take_ups, treat_none_as_null = true, treat_none_as_default_value = false)]
struct TakeUpRow<'a> {
    id: String,
    order_id: &'a str,
    space: &'a str,
    provider_id: String,
    state: &'a str,
    first_month: Option<String>,
    months: Option<i32>,
    taken_at: NaiveDateTime,
    held_until: NaiveDate,
    verify_at: Option<NaiveDateTime>,
    verify_tries: i32,
    holder_id: Option<String>,
    provider_name: Option<String>,
    place: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Insertable, Queryable, Selectable)]
#[diesel(table_name = periods)]
struct PeriodRow {
    order_id: String,
    month: String,
    take_up_id: String,
    state: String,
}

fn wanted(order_id: &str, confirmed: &Confirmed) -> Vec<PeriodRow> {
    let row = |month: String, state: PeriodState| {
        state.take_up().map(|take_up| PeriodRow {
            order_id: order_id.to_owned(),
            month,
            take_up_id: take_up.to_string(),
            state: state.name().to_owned(),
        })
    };
    match &confirmed.periods {
        Periods::OneOff { state, .. } => row(ONE_OFF.to_owned(), *state).into_iter().collect(),
        Periods::Monthly { periods } => {
            periods.iter().filter_map(|period| row(period.month.to_string(), period.state)).collect()
        }
    }
}

/// Writes what the order says of its take-ups. A month that another take-up has by now is a unique violation of
/// [`super::PERIOD_KEY`].
pub(super) fn save(tx: &mut Tx<'_>, order: &DeviceOrder, verify_at: DateTime<Utc>) -> Result<(), StoreError> {
    let Some(confirmed) = order.state.confirmed().filter(|it| !it.take_ups.is_empty()) else {
        return Ok(());
    };
    let id = order.id.to_string();
    for take_up in &confirmed.take_ups {
        put_take_up(tx, &id, order, (take_up, verify_at))?;
    }
    let known: Vec<PeriodRow> = on_backend!(tx, |conn| periods::table
        .filter(periods::order_id.eq(&id))
        .select(PeriodRow::as_select())
        .load(conn))?;
    let wanted = wanted(&id, confirmed);
    let is_kept = |row: &PeriodRow| {
        wanted.iter().any(|it| (&it.month, &it.take_up_id) == (&row.month, &row.take_up_id))
    };
    // Of a take-up that this order does not know nothing is removed: that its month is taken is for the key to say.
    let is_own = |row: &PeriodRow| confirmed.take_ups.iter().any(|it| it.id.to_string() == row.take_up_id);
    for gone in known.iter().filter(|row| is_own(row) && !is_kept(row)) {
        on_backend!(tx, |conn| diesel::delete(periods::table.find((&id, &gone.month)))
            .filter(periods::take_up_id.eq(&gone.take_up_id))
            .execute(conn))?;
    }
    for row in wanted.iter().filter(|row| !known.contains(row)) {
        put_period(tx, row)?;
    }
    Ok(())
}

/// A month changes its state while one take-up has it, and comes anew to another.
fn put_period(tx: &mut Tx<'_>, row: &PeriodRow) -> Result<(), StoreError> {
    let moved = on_backend!(tx, |conn| diesel::update(periods::table.find((&row.order_id, &row.month)))
        .filter(periods::take_up_id.eq(&row.take_up_id))
        .set(periods::state.eq(&row.state))
        .execute(conn))?;
    if moved == 0 {
        on_backend!(tx, |conn| diesel::insert_into(periods::table).values(row).execute(conn))?;
    }
    Ok(())
}

fn put_take_up(
    tx: &mut Tx<'_>,
    id: &str,
    order: &DeviceOrder,
    (take_up, verify_at): (&TakeUp, DateTime<Utc>),
) -> Result<(), StoreError> {
    let is_looked_at = take_up.state == TakeUpState::Verifying;
    let months = take_up.months.map(|months| i32::try_from(months.count)).transpose();
    let row = TakeUpRow {
        id: take_up.id.to_string(),
        order_id: id,
        space: order.space.as_str(),
        provider_id: take_up.provider.id.to_string(),
        state: take_up.state.name(),
        first_month: take_up.months.map(|months| months.from.to_string()),
        months: months.map_err(|_| StoreError::corrupt(TABLE, id))?,
        taken_at: timestamp::column(take_up.taken_at),
        held_until: take_up.held_until,
        verify_at: is_looked_at.then(|| timestamp::column(verify_at)),
        verify_tries: 0,
        holder_id: take_up.provider.acts_for.map(|holder| holder.to_string()),
        provider_name: Some(take_up.provider.name.as_str().to_owned()),
        place: Some(take_up.provider.place.as_str().to_owned()),
    };
    on_backend!(tx, |conn| diesel::insert_into(take_ups::table)
        .values(&row)
        .on_conflict(take_ups::id)
        .do_update()
        .set(&row)
        .execute(conn))?;
    Ok(())
}
