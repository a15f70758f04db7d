//! What is decided about an order after its verification.

use super::requests::DeviceOrderReasonRequest;
use super::step::{DeviceOrderAnswered, DeviceOrderPath, changed, target};
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

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
