//! Time passes over an order: months elapse, a one-off order ends, a hold or a look runs out (DO-16, DO-50).

use super::clocks;
use super::events::DeviceOrderEvent;
use super::lifecycle::{Confirmed, PeriodState, Periods, State};
use super::model::{DeviceOrder, TakeUp, TakeUpState};
use super::take_up::release;
use crate::calendar::warsaw_date;
use crate::decision::Decided;
use crate::ids::{OrganisationId, TakeUpId};
use crate::problem::Sentence;
use crate::rule::RuleEntry;
use crate::values::YearMonth;
use chrono::{DateTime, NaiveDate, Utc};

/// What time does refuses nobody, and stands in the book all the same.
pub fn entries() -> Vec<RuleEntry> {
    vec![RuleEntry {
        operation: "verification, acceptance",
        number: "DO-85",
        legal: "refund act art. 38; NFZ notice on monthly supplies",
        says: Sentence {
            pl: "Miesiące, które minęły przed wynikiem weryfikacji albo akceptacją, przepadają w tej samej chwili; zlecenie, z którego nic nie zostało, wygasa.",
            en: "Months that have passed by the time of the verification's result or the acceptance are lost with it; an order of which nothing is left has expired.",
        },
        code: "–",
    }]
}

/// Applies whatever has run out. A month that is held counts by the day on which goods are issued, so it is lost only
/// with the hold; a free one is lost at its end.
pub fn elapse(order: DeviceOrder, now: DateTime<Utc>) -> Decided<DeviceOrder, DeviceOrderEvent> {
    let State::Positive(mut confirmed) = order.state else {
        return Decided { document: order, events: Vec::new() };
    };
    let today = warsaw_date(now);
    let mut events = run_out_holds(&mut confirmed, today, now);
    let before = confirmed.periods.clone();
    confirmed.periods = lose(confirmed.periods, today);
    if confirmed.periods != before {
        events.push(DeviceOrderEvent::MonthsLost {});
    }
    let (state, ended) = settle(confirmed);
    events.extend(ended);
    let changed_at = if events.is_empty() { order.changed_at } else { now };
    Decided { document: DeviceOrder { changed_at, state, ..order }, events }
}

/// A hold that nobody used is over once nothing can be confirmed of it any more: goods may have been issued on its last
/// day. A look that nobody concludes is over sooner.
fn run_out_holds(confirmed: &mut Confirmed, today: NaiveDate, now: DateTime<Utc>) -> Vec<DeviceOrderEvent> {
    let is_over = |it: &&TakeUp| match it.state {
        TakeUpState::Held => it.confirmed_until() < today,
        TakeUpState::Verifying => it.given_up_at() <= now,
        TakeUpState::Refused { .. }
        | TakeUpState::Realised { .. }
        | TakeUpState::Withdrawn { .. }
        | TakeUpState::Lapsed { .. } => false,
    };
    let over: Vec<(TakeUpId, OrganisationId)> =
        confirmed.take_ups.iter().filter(is_over).map(|it| (it.id, it.provider.id)).collect();
    let lapses = |(take_up, provider)| {
        release(confirmed, take_up, TakeUpState::Lapsed { at: now }).ok()?;
        Some(DeviceOrderEvent::TakeUpLapsed { take_up, provider })
    };
    over.into_iter().filter_map(lapses).collect()
}

fn lose(periods: Periods, today: NaiveDate) -> Periods {
    let last_day = periods.last_day();
    periods.map(|month, state| {
        let is_past = match month {
            Some(month) => month < YearMonth::of(today),
            None => last_day.is_some_and(|last_day| last_day < today),
        };
        (is_past && state == PeriodState::Available).then_some(PeriodState::Lost)
    })
}

/// Once nothing is left to be had, an order is realised where goods were issued of it, else it has expired.
pub(super) fn settle(confirmed: Box<Confirmed>) -> (State, Option<DeviceOrderEvent>) {
    let is_over = confirmed.periods.states().all(PeriodState::is_over);
    let is_realised = confirmed.periods.states().any(PeriodState::is_realised);
    match (is_over, is_realised) {
        (false, _) => (State::Positive(confirmed), None),
        (true, true) => (State::Realised(confirmed), Some(DeviceOrderEvent::OrderRealised {})),
        (true, false) => (State::Expired(confirmed), Some(DeviceOrderEvent::OrderExpired {})),
    }
}

/// When time changes the order next; `None` where it never does.
pub fn next_change(order: &DeviceOrder) -> Option<DateTime<Utc>> {
    clocks::running(order).first().map(|clock| clock.due_at)
}
