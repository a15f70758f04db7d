//! Lists of orders.

use super::choices::DeviceOrderState;
use super::examples;
use crate::paging::{CursorKey, Scope};
use crate::problem::Problem;

use app::device_order::{DeviceOrderLine, PageOfDay};
use chrono::{DateTime, NaiveDate, Utc};
use domain::device_order::StateName;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// One order of a list; nothing in it names a patient.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceOrderLine)]
pub(crate) struct OrderLineView {
    id: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "T5-3K7M9QXT-22A4CDEF")]
    number: Option<String>,
    state: DeviceOrderState,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "P")]
    nfz_status: Option<String>,
    revision: i64,
    content_version: i32,
    entity_id: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    client_reference: Option<String>,
    /// What is ordered.
    #[schema(example = json!(["Y.06.01"]))]
    codes: Vec<String>,
    /// The first month of a monthly order.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "2026-12")]
    from: Option<String>,
    /// How many months it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = 12)]
    months: Option<u32>,
    /// How many of its months, or of its one supply, are free.
    available: u32,
    created_at: DateTime<Utc>,
    changed_at: DateTime<Utc>,
}

impl OrderLineView {
    fn of(line: &DeviceOrderLine) -> Result<Self, Problem> {
        let state = StateName::parse(&line.state).ok_or_else(|| Problem::bug("an unknown state".into()))?;
        let summary = &line.summary;
        Ok(Self {
            id: line.id.0,
            number: line.number.clone(),
            state: state.into(),
            nfz_status: state.nfz_letter().map(String::from),
            revision: line.revision,
            content_version: line.content_version,
            entity_id: line.entity.0,
            client_reference: line.client_reference.clone(),
            codes: summary.codes.iter().map(|code| code.as_str().to_owned()).collect(),
            from: summary.months.map(|months| months.from.to_string()),
            months: summary.months.map(|months| months.count),
            available: summary.available,
            created_at: line.created_at,
            changed_at: line.changed_at,
        })
    }
}

/// A page of orders.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceOrderPage, example = examples::page)]
pub(crate) struct OrderPageView {
    /// The day in Warsaw by which months and terms of these orders are applied. An order that time has moved into `state`, and that
    /// nobody has looked at since, may be missing for as long as the service takes to apply it by itself.
    pub(super) as_of: NaiveDate,
    pub(super) items: Vec<OrderLineView>,
    /// Continue with it; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) next_cursor: Option<String>,
}

impl OrderPageView {
    pub(super) fn of(
        found: &PageOfDay<DeviceOrderLine>,
        cursors: &CursorKey,
        scope: &Scope<'_>,
    ) -> Result<Self, Problem> {
        let next_cursor = cursors.after(scope, &found.page, |line| line.id)?;
        let items = found.page.items.iter().map(OrderLineView::of).collect::<Result<_, _>>()?;
        Ok(Self { as_of: found.as_of, items, next_cursor })
    }
}
