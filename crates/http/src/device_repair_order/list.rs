//! Lists of repair orders; nothing in a line names a patient.

use super::choices::DeviceRepairOrderState;
use super::examples;
use crate::asked::Inquired;
use crate::device_order::choices::DeviceSide;
use crate::edge::Edge;
use crate::faults::BAD_PARAMETER;
use crate::headers::IfNoneMatchHeader;
use crate::paging::{CursorKey, Scope};
use crate::problem::Problem;
use crate::{answer, query};
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use app::device_order::PageOfDay;
use app::device_repair_order::{RepairOrderFilter, RepairOrderLine};
use chrono::{DateTime, NaiveDate, Utc};
use domain::device_repair_order::StateName;
use domain::values::{ClientReference, DeviceOrderNumber};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

const PATH: &str = "/api/v1/device-repair-orders";

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct DeviceRepairOrdersQuery {
    /// Only orders in this state.
    #[param(nullable = false)]
    state: Option<DeviceRepairOrderState>,
    /// Only the order of this number.
    #[param(nullable = false, max_length = 24)]
    number: Option<String>,
    /// Only the client's own order of this name.
    #[param(nullable = false, max_length = 64)]
    client_reference: Option<String>,
    /// Entries of a page; 50 unless given.
    #[serde(default, deserialize_with = "query::number")]
    #[param(nullable = false, minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `nextCursor` of the page before.
    #[param(nullable = false)]
    cursor: Option<String>,
}

/// What narrows the list, and so binds its cursors.
#[derive(Serialize)]
struct Narrowing<'a> {
    state: Option<DeviceRepairOrderState>,
    number: Option<&'a str>,
    client_reference: Option<&'a str>,
}

impl DeviceRepairOrdersQuery {
    fn filter(&self, edge: &Edge, scope: &Scope<'_>) -> Result<RepairOrderFilter, Problem> {
        let reference = self.client_reference.as_deref();
        if reference.is_some_and(|text| ClientReference::parse(text).is_err()) {
            return Err(Problem::at(BAD_PARAMETER, "?clientReference"));
        }
        let number = self.number.as_deref().map(DeviceOrderNumber::parse).transpose();
        let number = number.map_err(|_| Problem::at(BAD_PARAMETER, "?number"))?;
        let page = edge.cursors.page(scope, self.limit, self.cursor.as_deref())?;
        Ok(RepairOrderFilter {
            state: self.state.map(Into::into),
            number,
            client_reference: self.client_reference.clone(),
            after: page.after,
            limit: u16::try_from(page.limit).unwrap_or(u16::MAX),
        })
    }
}

/// One repair order of a list; nothing in it names a patient.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceRepairOrderLine)]
pub(crate) struct RepairLineView {
    id: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "T5-7QXT22A4-CDEF3K7M")]
    number: Option<String>,
    state: DeviceRepairOrderState,
    revision: i64,
    content_version: i32,
    entity_id: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    client_reference: Option<String>,
    /// What is to be repaired.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "S.12.01")]
    code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    side: Option<DeviceSide>,
    created_at: DateTime<Utc>,
    changed_at: DateTime<Utc>,
}

impl RepairLineView {
    fn of(line: &RepairOrderLine) -> Result<Self, Problem> {
        let state = StateName::parse(&line.state).ok_or_else(|| Problem::bug("an unknown state".into()))?;
        Ok(Self {
            id: line.id.0,
            number: line.number.clone(),
            state: state.into(),
            revision: line.revision,
            content_version: line.content_version,
            entity_id: line.entity.0,
            client_reference: line.client_reference.clone(),
            code: line.summary.code.as_ref().map(|code| code.as_str().to_owned()),
            side: line.summary.side.map(Into::into),
            created_at: line.created_at,
            changed_at: line.changed_at,
        })
    }
}

/// A page of repair orders.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceRepairOrderPage, example = examples::page)]
pub(crate) struct RepairPageView {
    /// The day in Warsaw by which the terms of these orders are applied. An order that time has moved into `state`, and that nobody
    /// has looked at since, may be missing for as long as the service takes to apply it by itself.
    as_of: NaiveDate,
    items: Vec<RepairLineView>,
    /// Continue with it; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    next_cursor: Option<String>,
}

impl RepairPageView {
    fn of(
        found: &PageOfDay<RepairOrderLine>,
        cursors: &CursorKey,
        scope: &Scope<'_>,
    ) -> Result<Self, Problem> {
        let next_cursor = cursors.after(scope, &found.page, |line| line.id)?;
        let items = found.page.items.iter().map(RepairLineView::of).collect::<Result<_, _>>()?;
        Ok(Self { as_of: found.as_of, items, next_cursor })
    }
}

/// List repair orders
///
/// Newest first, what concerns this caller: a prescriber's own, those of the prescribers who have authorised an assistant, a
/// patient's own once they are issued, those that a provider has taken up, and for officers of the payer every issued one and the
/// drafts of their branch. Nothing in a line names a patient.
#[utoipa::path(tag = "device-repair-orders", params(DeviceRepairOrdersQuery, IfNoneMatchHeader),
    responses((status = 200, description = "A page of orders", body = RepairPageView,
        headers(("ETag" = String, description = "Weak tag of this page"),
                ("Link" = String, description = "The next page, when there is one (RFC 8288)")))))]
#[get("/api/v1/device-repair-orders")]
pub(crate) async fn list_device_repair_orders(
    request: HttpRequest,
    app: web::Data<App>,
    edge: web::Data<Edge>,
    asked: Inquired<DeviceRepairOrdersQuery>,
) -> Result<HttpResponse, Problem> {
    let (wanted, caller) = (&asked.query, &asked.caller);
    let (number, client_reference) = (wanted.number.as_deref(), wanted.client_reference.as_deref());
    let narrowed = query::filter(&Narrowing { state: wanted.state, number, client_reference });
    let scope = Scope { caller, list: PATH, filter: &narrowed };
    let found = app.list_repair_orders(caller, wanted.filter(&edge, &scope)?, &asked.trace_id).await?;
    let view = RepairPageView::of(&found.told, &edge.cursors, &scope)?;
    let response = answer::page(&request, &view, view.next_cursor.as_deref())?;
    answer::on_record(&app, found.record, response).await
}
