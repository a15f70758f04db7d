//! Taking a repair up, giving it back, carrying it out, and taking that back.

use super::requests::{RepairRealisationRequest, RepairTakeUpRequest};
use crate::answer::path_id;
use crate::demand::print_demand::{PdfFile, pdf};
use crate::device_order::requests::DeviceOrderReasonRequest;
use crate::device_repair_order::step::{
    DeviceRepairOrderAnswered, DeviceRepairOrderPath, changed, held, repair_order_id,
};
use crate::device_repair_order::view::DeviceRepairOrderShown;
use crate::problem::Problem;
use crate::{Asked, Authenticated, answer};
use actix_web::{HttpResponse, get, post, web};
use app::App;
use app::failure::Failure;
use domain::ids::{RepairOrderId, TakeUpId};
use uuid::Uuid;

/// Declares the ids in the path.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct RepairTakeUpPath {
    /// Id of the repair order.
    #[param(example = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8b70")]
    #[expect(dead_code, reason = "only describes the path")]
    id: Uuid,
    /// Id of the take-up.
    #[param(example = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8b90")]
    #[expect(dead_code, reason = "only describes the path")]
    take_up_id: Uuid,
}

type Which = (RepairOrderId, TakeUpId);

fn which(path: &(String, String)) -> Result<Which, Failure> {
    Ok((repair_order_id(&path.0)?, path_id(&path.1, TakeUpId::parse)?))
}

/// Take a repair up
///
/// As a whole and exclusively: of several providers at once exactly one wins, and the others are told until when it is taken
/// (409 `device_repair_order.taken`, `notBefore`); the order says by whom (`heldBy`), who can be asked to give it back. The provider has a contract for the device that is in force
/// today, its own or, for a subcontractor, its holder's. What is not given out in time is free again.
#[utoipa::path(tag = "device-repair-orders", params(DeviceRepairOrderPath), request_body = RepairTakeUpRequest,
    responses((status = 201, description = "The repair order, held", body = DeviceRepairOrderShown,
               headers(("ETag" = String, description = "Of the repair order"))),
              (status = 409, description = "Another provider holds it, or the order's state does not admit it",
               body = crate::ProblemView, content_type = "application/problem+json")))]
#[post("/api/v1/device-repair-orders/{id}/take-ups")]
pub(crate) async fn take_up_device_repair_order(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<RepairTakeUpRequest>,
) -> Result<HttpResponse, Problem> {
    let (place, id) = (asked.body.parse()?, repair_order_id(&id)?);
    answer::send(app.take_up_repair_order(&asked.caller, id, place, asked.write, held).await?)
}

/// Give a repair back
///
/// By the provider before the device is given out, or released by an officer of the payer, with a reason that patient and provider
/// see.
#[utoipa::path(tag = "device-repair-orders", params(RepairTakeUpPath), request_body = DeviceOrderReasonRequest,
    responses(DeviceRepairOrderAnswered))]
#[post("/api/v1/device-repair-orders/{id}/take-ups/{take_up_id}/withdrawal")]
pub(crate) async fn withdraw_device_repair_take_up(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    asked: Asked<DeviceOrderReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let (reason, which) = (asked.body.parse()?, which(&path)?);
    answer::send(app.withdraw_repair_take_up(&asked.caller, which, reason, asked.write, changed).await?)
}

/// Ask the holder of a repair to give it back
///
/// For the patient, and for a provider that has opened the order: whoever holds the repair is told (`RepairReleaseRequested`) and
/// decides; it stays theirs until they give it back, give the device out, or the hold ends by itself (`heldBy.freeFrom`). One hold is
/// asked for once by each party.
#[utoipa::path(tag = "device-repair-orders", params(DeviceRepairOrderPath), request_body = DeviceOrderReasonRequest,
    responses(DeviceRepairOrderAnswered))]
#[post("/api/v1/device-repair-orders/{id}/release-requests")]
pub(crate) async fn request_device_repair_order_release(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<DeviceOrderReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let (reason, id) = (asked.body.parse()?, repair_order_id(&id)?);
    answer::send(app.request_repair_release(&asked.caller, id, reason, asked.write, changed).await?)
}

/// Say what was repaired
///
/// While the repair is held, under a contract that is in force on the day of issue, with the receipt at once. What is left of the
/// repair limit bears the price with the payer's share, split to the grosz; the rest is the patient's. The repair lengthens the
/// period of use by the used part of the limit, in full months, rounded down (`repair.extension`): the next device is borne from
/// the day that it tells.
#[utoipa::path(tag = "device-repair-orders", params(RepairTakeUpPath), request_body = RepairRealisationRequest,
    responses(DeviceRepairOrderAnswered))]
#[post("/api/v1/device-repair-orders/{id}/take-ups/{take_up_id}/realisation")]
pub(crate) async fn realise_device_repair_order(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    asked: Asked<RepairRealisationRequest>,
) -> Result<HttpResponse, Problem> {
    let (wanted, which) = (asked.body.parse()?, which(&path)?);
    answer::send(app.realise_repair_order(&asked.caller, which, wanted, asked.write, changed).await?)
}

/// Take back what was said to be repaired
///
/// An error: by the provider in time, by an officer of the payer at any time, with a reason that patient and provider see. The
/// repair is held again, the period of use is as long as before, and the opposite amounts are booked in the present month.
#[utoipa::path(tag = "device-repair-orders", params(RepairTakeUpPath), request_body = DeviceOrderReasonRequest,
    responses(DeviceRepairOrderAnswered))]
#[post("/api/v1/device-repair-orders/{id}/take-ups/{take_up_id}/realisation-withdrawal")]
pub(crate) async fn withdraw_device_repair_realisation(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    asked: Asked<DeviceOrderReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let (reason, which) = (asked.body.parse()?, which(&path)?);
    answer::send(app.withdraw_repair_realisation(&asked.caller, which, reason, asked.write, changed).await?)
}

/// Print a repair order
///
/// Parts I and II of the form as a PDF of what this caller may see, and part III once the device is repaired: no justification
/// for a provider. A draft is not printed.
#[utoipa::path(tag = "device-repair-orders", params(DeviceRepairOrderPath),
    responses((status = 200, description = "The print", content_type = "application/pdf", body = PdfFile),
              (status = 409, description = "The order is not issued yet", body = crate::ProblemView,
               content_type = "application/problem+json")))]
#[get("/api/v1/device-repair-orders/{id}/print")]
pub(crate) async fn print_device_repair_order(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let id = repair_order_id(&id)?;
    Ok(pdf(id, app.print_repair_order(&asked.caller, id, &asked.trace_id).await?))
}
