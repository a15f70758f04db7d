//! What is left of an order, and what opens it.

use crate::device_order::choices::PeriodStateView;
use app::device_order::DeviceOrderView;
use app::device_order::view::AccessView;
use chrono::NaiveDate;
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
    /// Which take-up has it, where the caller may name it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub take_up_id: Option<Uuid>,
}

pub(super) fn periods(it: &Periods, view: &DeviceOrderView) -> Vec<OrderPeriodView> {
    let shown = |month: Option<String>, state: PeriodState, last_day| OrderPeriodView {
        month,
        state: state.into(),
        nfz_status: state.nfz_letter().map(String::from),
        last_day,
        held_until: state.take_up().and_then(|id| view.holds.get(&id).copied()),
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
