//! A patient's own orders, with what is left of each, who has it, and what opens it. Whom they name stays sealed.

use super::access::Relation;
use super::names::Names;
use super::throttle;
use super::view::{self, AccessView};
use super::visibility::{Group, sees};
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::demand::{Page, own_patient};
use crate::failure::Failure;
use crate::recorded::Read;
use crate::{App, Parts};
use chrono::{DateTime, NaiveDate, Utc};
use domain::device_order::clocks::{self, RunningClock};
use domain::device_order::content::{Content, Prescriber};
use domain::device_order::lifecycle::{PeriodState, Periods};
use domain::device_order::model::{Provider, TakeUp};
use domain::device_order::release::{Party, requested_by};
use domain::device_order::{DeviceOrder, StateName, take_up};
use domain::ids::{DeviceOrderId, OrganisationId, PatientId, TakeUpId};
use domain::values::{DeviceCode, DeviceOrderNumber, Text, YearMonth};
use store::{StoreError, Tx};

/// A page of them, and until when look-ups by code and PESEL wait.
#[derive(Clone, Debug)]
pub struct OwnDeviceOrders {
    pub page: Page<OwnDeviceOrder>,
    pub slowed_until: Option<DateTime<Utc>>,
}

/// One order as its patient finds it in a list.
#[derive(Clone, Debug)]
pub struct OwnDeviceOrder {
    pub id: DeviceOrderId,
    pub number: Option<DeviceOrderNumber>,
    pub state: StateName,
    /// Each code once, as the list calls it.
    pub items: Vec<(DeviceCode, Option<String>)>,
    pub prescriber: Prescriber,
    pub place: Option<Text<255>>,
    pub entity: OrganisationId,
    pub issued_on: Option<NaiveDate>,
    /// The last day on which something of it can be supplied.
    pub valid_until: Option<NaiveDate>,
    pub access: Option<AccessView>,
    pub clocks: Vec<RunningClock>,
    pub periods: Vec<OwnPeriod>,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
}

/// A month, or the one supply of a one-off order.
#[derive(Clone, Debug)]
pub struct OwnPeriod {
    pub month: Option<YearMonth>,
    pub state: PeriodState,
    pub last_day: NaiveDate,
    /// Who holds it, or issued the goods.
    pub taken_by: Option<TakenBy>,
}

#[derive(Clone, Debug)]
pub struct TakenBy {
    pub take_up: TakeUpId,
    pub provider: Provider,
    /// The last day of the hold; none once goods were issued.
    pub held_until: Option<NaiveDate>,
    /// When it is free again by itself; none once goods were issued.
    pub free_from: Option<DateTime<Utc>>,
    /// When the patient asked for its release.
    pub release_requested_at: Option<DateTime<Utc>>,
}

impl App {
    /// Everything that was issued for this patient, the newest first.
    #[tracing::instrument(name = "list_patient_device_orders", skip_all)]
    pub async fn list_patient_device_orders(
        &self,
        caller: &Caller,
        after: Option<DeviceOrderId>,
        limit: u16,
        trace_id: &str,
    ) -> Result<Read<OwnDeviceOrders>, Failure> {
        authorize_role(caller, Action::ReadAccessLog).map_err(Failure::Denied)?;
        let list = async || {
            let (parts, asking) = (self.inner.clone(), caller.clone());
            self.inner.store.read(move |tx| page(tx, &parts, &asking, (after, limit))).await
        };
        let found = self.elapsed_page(list, |found: &Found| found.due.clone()).await?;
        let record = self.record_of_list(caller, "list_patient_device_orders", trace_id, found.patient);
        Ok(Read { told: found.told, record })
    }
}

/// A page, and of what is on it a term has run out that is not applied yet.
struct Found {
    patient: Option<PatientId>,
    told: OwnDeviceOrders,
    due: Vec<DeviceOrderId>,
}

fn page(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    (after, limit): (Option<DeviceOrderId>, u16),
) -> Result<Found, Failure> {
    let slowed_until = slowed_until(tx, parts, caller)?;
    let patient = own_patient(tx, &parts.ring, caller)?;
    let found = match patient {
        Some(own) => {
            let wanted = (after, i64::from(limit) + 1);
            store::device_order::page_of_patient(tx, &parts.ring, own, wanted)?
        }
        None => Vec::new(),
    };
    let now = parts.clock.now(&caller.space);
    let due = found.iter().filter(|order| clocks::is_due(order, now)).map(|order| order.id).collect();
    let names = Names::of(tx, &caller.space, found.iter().map(|order| &order.content))?;
    let items = found.iter().map(|order| own(order, &names)).collect();
    Ok(Found { patient, told: OwnDeviceOrders { page: Page::cut(items, limit), slowed_until }, due })
}

/// Until when the next look-up by code and this patient's PESEL waits, in real time.
fn slowed_until(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    let Some(pesel) = &caller.patient else { return Ok(None) };
    let counted = throttle::of_patient(parts, &caller.space, pesel.reveal());
    let not_before = store::device_order::find_tries(tx, &counted)?.and_then(|tries| tries.not_before);
    Ok(not_before.filter(|until| *until > parts.clock.real_now()))
}

fn own(order: &DeviceOrder, names: &Names) -> OwnDeviceOrder {
    let content = &order.content;
    let issued_on = order.state.issue().map(|issue| issue.issued_on);
    let periods = order.state.confirmed().map(|it| &it.periods);
    OwnDeviceOrder {
        id: order.id,
        number: order.number.clone(),
        state: order.state.name(),
        items: issued_on.map(|day| items(content, names, day)).unwrap_or_default(),
        prescriber: content.prescriber.clone(),
        place: content.place.name.clone(),
        entity: order.entity,
        issued_on,
        valid_until: periods.map(valid_until),
        access: view::access(order).filter(|_| sees(Relation::Patient, Group::AccessData)),
        clocks: clocks::running(order),
        periods: periods.map(|periods| own_periods(order, periods)).unwrap_or_default(),
        created_at: order.created_at,
        changed_at: order.changed_at,
    }
}

fn items(content: &Content, names: &Names, day: NaiveDate) -> Vec<(DeviceCode, Option<String>)> {
    let mut codes: Vec<DeviceCode> = content.items().into_iter().map(|item| item.code).collect();
    codes.dedup();
    let item = |code: DeviceCode| {
        let name = names.name(&code, day).map(str::to_owned);
        (code, name)
    };
    codes.into_iter().map(item).collect()
}

/// The last day on which something of it can, or could, be supplied.
pub(super) fn valid_until(periods: &Periods) -> NaiveDate {
    match periods {
        Periods::OneOff { last_day, .. } => *last_day,
        Periods::Monthly { periods } => {
            let is_cancelled = |state: PeriodState| state == PeriodState::Cancelled;
            let months = periods.iter().filter(|period| !is_cancelled(period.state)).map(|it| it.month);
            months.max().map(YearMonth::last_day).unwrap_or_default()
        }
    }
}

fn own_periods(order: &DeviceOrder, periods: &Periods) -> Vec<OwnPeriod> {
    let own = |month, state: PeriodState, last_day| {
        let taken_by = state.take_up().and_then(|id| taken_by(order, id));
        OwnPeriod { month, state, last_day, taken_by }
    };
    match periods {
        Periods::OneOff { last_day, state } => vec![own(None, *state, *last_day)],
        Periods::Monthly { periods } => {
            periods.iter().map(|it| own(Some(it.month), it.state, it.month.last_day())).collect()
        }
    }
}

fn taken_by(order: &DeviceOrder, id: TakeUpId) -> Option<TakenBy> {
    let take_up = take_up::find(order, id)?;
    let held = Some(take_up).filter(|it| it.is_open());
    Some(TakenBy {
        take_up: id,
        provider: take_up.provider.clone(),
        held_until: held.map(|it| it.held_until),
        free_from: held.map(TakeUp::frees_at),
        release_requested_at: held.and_then(|it| requested_by(&it.release_requests, Party::Patient)),
    })
}
