//! What is decided about a repair order after its issue.

use super::examples;
use super::step::{DeviceRepairOrderAnswered, DeviceRepairOrderPath, changed, repair_order_id, target};
use crate::device_order::requests::DeviceOrderReasonRequest;
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, post, web};
use app::App;
use app::answer::StoredAnswer;
use app::device_repair_order::BrokenRepairGlass;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Cancel a repair order
///
/// While nobody holds it. By whoever issued it, or by an officer of the payer at the patient's request, with a reason that
/// patient and provider see.
#[utoipa::path(tag = "device-repair-orders", params(DeviceRepairOrderPath, IfMatchHeader),
    request_body = DeviceOrderReasonRequest, responses(DeviceRepairOrderAnswered))]
#[post("/api/v1/device-repair-orders/{id}/cancellation")]
pub(crate) async fn cancel_device_repair_order(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<DeviceOrderReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let target = target(&id, asked.if_match)?;
    answer::send(app.cancel_repair_order(&asked.caller, target, reason, asked.write, changed).await?)
}

/// A repair order that an officer sees whole for a while.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceRepairOrderOpening, example = examples::opening)]
pub(crate) struct OpeningView {
    order_id: Uuid,
    open_until: DateTime<Utc>,
}

fn opened(it: &BrokenRepairGlass) -> StoredAnswer {
    let view = OpeningView { order_id: it.order.0, open_until: it.open_until };
    answer::written(StatusCode::OK, None, None, &view)
}

/// See a repair order whole for an hour
///
/// For an officer of the payer. Without it they see number, device, original order, entity, state, who holds it and what was
/// found, which is enough to act; nothing of the patient, their entitlement or the reason. With a reason, which the patient sees,
/// they read the whole for 60 minutes; what they may do is the same. The branch that issued it, and whoever has acted on it, sees
/// it whole without this.
#[utoipa::path(tag = "device-repair-orders", params(DeviceRepairOrderPath), request_body = DeviceOrderReasonRequest,
    responses((status = 200, description = "Until when the order is open to the caller", body = OpeningView)))]
#[post("/api/v1/device-repair-orders/{id}/break-glass")]
pub(crate) async fn break_device_repair_order_glass(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<DeviceOrderReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let id = repair_order_id(&id)?;
    answer::send(app.break_repair_order_glass(&asked.caller, id, reason, asked.write, opened).await?)
}
