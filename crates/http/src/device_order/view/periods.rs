//! What is left of an order, and what opens it.

use crate::device_order::choices::PeriodStateView;
use app::device_order::DeviceOrderView;
use app::device_order::view::{AccessView, HeldView};
use chrono::{DateTime, NaiveDate, Utc};
use domain::device_order::lifecycle::{PeriodState, Periods};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What opens the order to a provider (DO-15, DO-17).
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceOrderAccess)]
pub struct OrderAccessView {
    /// Only of a patient with a PESEL.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, pattern = "^[0-9]{4}$", example = "0427")]
    pub code: Option<String>,
    /// Without a code an information print has to be handed out.
    pub information_print_obligatory: bool,
}

impl OrderAccessView {
    pub(crate) fn of(it: &AccessView) -> Self {
        Self {
            code: it.code.as_ref().map(|code| code.reveal().to_owned()),
            information_print_obligatory: it.print_is_obligatory,
        }
    }
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceOrderPeriod)]
pub struct OrderPeriodView {
    /// Absent of a one-off order.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "2026-12")]
    pub month: Option<String>,
    pub state: PeriodStateView,
    /// The payer's letter; a month that has elapsed has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "B")]
    pub nfz_status: Option<String>,
    /// The last day on which it can be taken up or goods issued of it.
    pub last_day: NaiveDate,
    /// The last day of the hold that somebody has on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub held_until: Option<NaiveDate>,
    /// Whose hold that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub held_by: Option<PeriodHoldView>,
    /// Which take-up has it, where the caller may name it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub take_up_id: Option<Uuid>,
}

/// Who has a month, and until when.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceOrderPeriodHold)]
pub struct PeriodHoldView {
    pub organisation_id: Uuid,
    #[schema(example = "Sklep Medyczny Przykład")]
    pub name: String,
    /// When it is free again by itself: goods that were issued in time may be confirmed until then.
    pub free_from: DateTime<Utc>,
    /// When the caller asked for its release (`…/release-requests`).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub release_requested_at: Option<DateTime<Utc>>,
}

impl PeriodHoldView {
    fn of(it: &HeldView) -> Self {
        Self {
            organisation_id: it.provider.0,
            name: it.name.as_str().to_owned(),
            free_from: it.free_from,
            release_requested_at: it.release_requested_at,
        }
    }
}

pub(super) fn periods(it: &Periods, view: &DeviceOrderView) -> Vec<OrderPeriodView> {
    let held = |state: PeriodState| state.take_up().and_then(|id| view.holds.get(&id));
    let shown = |month: Option<String>, state: PeriodState, last_day| OrderPeriodView {
        month,
        state: state.into(),
        nfz_status: state.nfz_letter().map(String::from),
        last_day,
        held_until: held(state).map(|it| it.held_until),
        held_by: held(state).map(PeriodHoldView::of),
        take_up_id: state.take_up().filter(|id| view.named.contains(id)).map(|id| id.0),
    };
    match it {
        Periods::OneOff { last_day, state } => vec![shown(None, *state, *last_day)],
        Periods::Monthly { periods } => periods
            .iter()
            .map(|it| shown(Some(it.month.to_string()), it.state, it.month.last_day()))
            .collect(),
    }
}

impl From<PeriodState> for PeriodStateView {
    fn from(state: PeriodState) -> Self {
        match state {
            PeriodState::Available => Self::Available,
            PeriodState::Verifying { .. } => Self::Verifying,
            PeriodState::Reserved { .. } => Self::Reserved,
            PeriodState::Confirming { .. } => Self::Confirming,
            PeriodState::Realised { .. } => Self::Realised,
            PeriodState::Lost => Self::Lost,
            PeriodState::Cancelled => Self::Cancelled,
        }
    }
}
