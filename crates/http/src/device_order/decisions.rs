//! What is decided about an order after its verification.

use super::examples;
use super::requests::DeviceOrderReasonRequest;
use super::step::{DeviceOrderAnswered, DeviceOrderPath, changed, order_id, target};
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, post, web};
use app::App;
use app::answer::StoredAnswer;
use app::device_order::BrokenGlass;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Cancel an order for a medical device
///
/// The whole while nothing of it is taken up; once goods were issued, the months that are left. By the issuing entity, or by
/// an officer of the payer at the patient's request, with a reason that patient and provider see.
#[utoipa::path(tag = "device-orders", params(DeviceOrderPath, IfMatchHeader),
    request_body = DeviceOrderReasonRequest, responses(DeviceOrderAnswered))]
#[post("/api/v1/device-orders/{id}/cancellation")]
pub(crate) async fn cancel_device_order(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<DeviceOrderReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let target = target(&id, asked.if_match)?;
    answer::send(app.cancel_device_order(&asked.caller, target, reason, asked.write, changed).await?)
}

/// Accept an order that was verified as negative
///
/// An officer of the payer takes it for positive, with a reason that patient and provider see. What had been found stays to be
/// seen among the warnings; what the list says of the device is borne.
#[utoipa::path(tag = "device-orders", params(DeviceOrderPath, IfMatchHeader),
    request_body = DeviceOrderReasonRequest, responses(DeviceOrderAnswered))]
#[post("/api/v1/device-orders/{id}/acceptance")]
pub(crate) async fn accept_device_order(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<DeviceOrderReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let target = target(&id, asked.if_match)?;
    answer::send(app.accept_device_order(&asked.caller, target, reason, asked.write, changed).await?)
}

/// An order that an officer sees whole for a while.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceOrderOpening, example = examples::opening)]
pub(crate) struct OpeningView {
    order_id: Uuid,
    open_until: DateTime<Utc>,
}

fn opened(it: &BrokenGlass) -> StoredAnswer {
    let view = OpeningView { order_id: it.order.0, open_until: it.open_until };
    answer::written(StatusCode::OK, None, None, &view)
}

/// See an order whole for an hour
///
/// For an officer of the payer. Without it they see number, device, entity, state, months and what was found, which is enough to
/// act; nothing of the patient, their entitlement, the diagnosis or the take-ups. With a reason, which the patient sees, they
/// read the whole for 60 minutes; what they may do is the same. Whoever has accepted, cancelled or released something of the
/// order sees it whole without this.
#[utoipa::path(tag = "device-orders", params(DeviceOrderPath), request_body = DeviceOrderReasonRequest,
    responses((status = 200, description = "Until when the order is open to the caller", body = OpeningView)))]
#[post("/api/v1/device-orders/{id}/break-glass")]
pub(crate) async fn break_device_order_glass(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<DeviceOrderReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let id = order_id(&id)?;
    answer::send(app.break_device_order_glass(&asked.caller, id, reason, asked.write, opened).await?)
}
