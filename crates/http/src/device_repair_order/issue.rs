//! Signing a repair order, and a correction of one; the payer looks at it at once.

use super::requests::{DeviceRepairOrderContentRequest, DeviceRepairOrderCorrectionRequest};
use super::step::{
    DeviceRepairOrderAnswered, DeviceRepairOrderPath, DeviceRepairOrderVerifying, changed, target,
};
use crate::demand::requests::{NothingRequest, ReasonRequest};
use crate::demand::step::DocumentToSignView;
use crate::device_order::requests::DeviceOrderSubmissionRequest;
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, Looked, ORDER, SIGNED, SIGNED_ORDER, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Get the bytes to sign for the submission of a repair order
///
/// Takes the body of the submission without `signature`: an empty object. Writes nothing. A device of which the repair limit is not
/// known here is refused before anything is signed (`device_repair_order.limit_unknown`).
#[utoipa::path(tag = "device-repair-orders", params(DeviceRepairOrderPath), request_body = NothingRequest,
    responses((status = 200, description = "The exact bytes to sign", body = DocumentToSignView),
              (status = 409, description = "The present state does not admit this step",
               body = crate::ProblemView, content_type = "application/problem+json")))]
#[post("/api/v1/device-repair-orders/{id}/submission/document")]
pub(crate) async fn get_device_repair_order_submission_document(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Looked<NothingRequest>,
) -> Result<HttpResponse, Problem> {
    let found =
        app.repair_order_submission_document(&asked.caller, target(&id, None)?, &asked.trace_id).await?;
    answer::on_record(&app, found.record, answer::plain(&DocumentToSignView::of(&found.told))?).await
}

/// Submit an order for the repair of a medical device
///
/// The prescriber, a medical assistant whom they have authorised, or an officer of the branch that orders it, signs the bytes of
/// `…/submission/document`. The order gets its number, and the payer looks at it at once: at the right to benefits, at the order
/// that supplied the device, at what earlier repairs have left of the repair limit, and at other open orders for the same repair.
/// The answer is the order with what was found: `POSITIVE` with its terms, or `NEGATIVE` with every problem, its place and its
/// remedy. A device whose repair limit nobody knows is refused (`device_repair_order.limit_unknown`).
#[utoipa::path(tag = "device-repair-orders", params(DeviceRepairOrderPath, IfMatchHeader),
    request_body = DeviceOrderSubmissionRequest, responses(DeviceRepairOrderAnswered, DeviceRepairOrderVerifying))]
#[post("/api/v1/device-repair-orders/{id}/submission")]
pub(crate) async fn submit_device_repair_order(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<DeviceOrderSubmissionRequest, SIGNED>,
) -> Result<HttpResponse, Problem> {
    let signature = asked.body.parse();
    let target = target(&id, asked.if_match)?;
    answer::send(app.submit_repair_order(&asked.caller, target, signature, asked.write, changed).await?)
}

/// Get the bytes to sign for the correction of a repair order
///
/// Takes the body of the correction without `signature`. Writes nothing.
#[utoipa::path(tag = "device-repair-orders", params(DeviceRepairOrderPath), request_body = DeviceRepairOrderContentRequest,
    responses((status = 200, description = "The exact bytes to sign", body = DocumentToSignView),
              (status = 409, description = "The present state does not admit this step",
               body = crate::ProblemView, content_type = "application/problem+json")))]
#[post("/api/v1/device-repair-orders/{id}/correction/document")]
pub(crate) async fn get_device_repair_order_correction_document(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Looked<DeviceRepairOrderContentRequest, ORDER>,
) -> Result<HttpResponse, Problem> {
    let content = asked.body.parse()?;
    let target = target(&id, None)?;
    let found = app.repair_order_correction_document(&asked.caller, target, content, &asked.trace_id).await?;
    answer::on_record(&app, found.record, answer::plain(&DocumentToSignView::of(&found.told))?).await
}

/// Correct a repair order that was verified as negative
///
/// The whole content anew, signed over the bytes of `…/correction/document`. The number is kept, `contentVersion` grows, and the
/// payer looks at it again as at a submission.
#[utoipa::path(tag = "device-repair-orders", params(DeviceRepairOrderPath, IfMatchHeader),
    request_body = DeviceRepairOrderCorrectionRequest, responses(DeviceRepairOrderAnswered, DeviceRepairOrderVerifying))]
#[post("/api/v1/device-repair-orders/{id}/correction")]
pub(crate) async fn correct_device_repair_order(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<DeviceRepairOrderCorrectionRequest, SIGNED_ORDER>,
) -> Result<HttpResponse, Problem> {
    let corrected = asked.body.parse()?;
    let target = target(&id, asked.if_match)?;
    answer::send(app.correct_repair_order(&asked.caller, target, corrected, asked.write, changed).await?)
}

/// End the wait for the validation of a signature on a repair order
///
/// A `TRUSTED` signature waits until the validation service answers. Whoever issues the order need not wait: with a reason the step
/// is refused at once, and may be signed anew, with another kind of signature, too. An officer of another branch may do so of a
/// correction, once it has waited long (`SOID_PENDING_REFUSAL_AFTER_HOURS`; 409 `pending_step.too_early` with `notBefore`). The
/// reason stands in `refusedSteps`; an answer of the service that comes later changes nothing.
#[utoipa::path(tag = "device-repair-orders", params(DeviceRepairOrderPath, IfMatchHeader),
    request_body = ReasonRequest, responses(DeviceRepairOrderAnswered))]
#[post("/api/v1/device-repair-orders/{id}/pending-step/refusal")]
pub(crate) async fn refuse_device_repair_order_pending_step(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<ReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let target = target(&id, asked.if_match)?;
    let write = asked.write;
    answer::send(app.refuse_repair_order_pending_step(&asked.caller, target, reason, write, changed).await?)
}
