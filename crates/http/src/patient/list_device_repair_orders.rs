//! A patient's own orders for repairs of medical devices, and what is left of each.

use super::list_device_orders::OwnOrdersQuery;
use crate::answer;
use crate::asked::Inquired;
use crate::device_repair_order::examples;
use crate::device_repair_order::view::DeviceRepairOrderShown;
use crate::edge::Edge;
use crate::headers::IfNoneMatchHeader;
use crate::paging::Scope;
use crate::problem::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use app::recorded::Read;
use domain::ids::RepairOrderId;
use serde::Serialize;
use utoipa::ToSchema;

const PATH: &str = "/api/v1/patient/device-repair-orders";

/// A page of the patient's repair orders, newest first. Whom they name is left out: whoever lists their own knows it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PatientDeviceRepairOrders, example = examples::own_page)]
pub(crate) struct OwnRepairOrdersView {
    items: Vec<DeviceRepairOrderShown>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    next_cursor: Option<String>,
}

/// List my orders for repairs of medical devices
///
/// For a patient, or for who represents them: every repair order that was issued for them, with what the payer bears of it, who
/// holds or has carried it out, and until when.
#[utoipa::path(tag = "patient", params(OwnOrdersQuery, IfNoneMatchHeader),
    responses((status = 200, description = "A page of repair orders", body = OwnRepairOrdersView,
               headers(("ETag" = String, description = "Weak; of this page"),
                       ("Link" = String, description = "`rel=\"next\"` where more follows")))))]
#[get("/api/v1/patient/device-repair-orders")]
pub(crate) async fn list_patient_device_repair_orders(
    request: HttpRequest,
    edge: web::Data<Edge>,
    app: web::Data<App>,
    asked: Inquired<OwnOrdersQuery>,
) -> Result<HttpResponse, Problem> {
    let (query, caller) = (&asked.query, &asked.caller);
    let scope = Scope { caller, list: PATH, filter: "" };
    let page = edge.cursors.page::<RepairOrderId>(&scope, query.limit, query.cursor.as_deref())?;
    let Read { told: found, record } =
        app.list_patient_repair_orders(caller, page.after, page.wanted(), &asked.trace_id).await?;
    let next_cursor = edge.cursors.after(&scope, &found, |order| order.id)?;
    let items = found.items.iter().map(DeviceRepairOrderShown::of).collect();
    let view = OwnRepairOrdersView { items, next_cursor };
    let response = answer::page(&request, &view, view.next_cursor.as_deref())?;
    answer::on_record(&app, record, response).await
}
