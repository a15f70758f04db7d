//! Taking months up, giving them back, issuing goods, and what follows an issue.

use super::issuing::{RealisationRequest, ReceiptVersionRequest};
use super::requests::TakeUpRequest;
use super::view::TakeUpShown;
use crate::answer::path_id;
use crate::device_order::requests::DeviceOrderReasonRequest;
use crate::device_order::step::{DeviceOrderPath, etag, order_id};
use crate::headers::IfNoneMatchHeader;
use crate::problem::Problem;
use crate::{Asked, Authenticated, answer};
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, ETAG};
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use app::App;
use app::answer::StoredAnswer;
use app::device_order::DeviceOrderView;
use app::failure::Failure;
use domain::device_order::model::TakeUpState;
use domain::ids::{DeviceOrderId, TakeUpId};
use uuid::Uuid;

/// Declares the ids in the path.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct TakeUpPath {
    /// Id of the order.
    #[param(example = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a70")]
    #[expect(dead_code, reason = "only describes the path")]
    id: Uuid,
    /// Id of the take-up.
    #[param(example = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a90")]
    #[expect(dead_code, reason = "only describes the path")]
    take_up_id: Uuid,
}

type Which = (DeviceOrderId, TakeUpId);

pub(in crate::device_order) fn which(path: &(String, String)) -> Result<Which, Failure> {
    Ok((order_id(&path.0)?, path_id(&path.1, TakeUpId::parse)?))
}

fn written(status: StatusCode, view: &DeviceOrderView) -> StoredAnswer {
    let shown = view.take_up().map(|take_up| serde_json::to_vec(&TakeUpShown::of(view, take_up)));
    let Some(Ok(body)) = shown else {
        return StoredAnswer { status: 500, headers: Vec::new(), body: Vec::new() };
    };
    let headers =
        vec![(CONTENT_TYPE.to_string(), "application/json".to_owned()), (ETAG.to_string(), etag(view))];
    StoredAnswer { status: status.as_u16(), headers, body }
}

/// A take-up; accepted only, while the payer's look is not at its end.
fn taken_up(view: &DeviceOrderView) -> StoredAnswer {
    let is_looked_at = view.take_up().is_some_and(|it| it.take_up.state == TakeUpState::Verifying);
    written(if is_looked_at { StatusCode::ACCEPTED } else { StatusCode::CREATED }, view)
}

fn changed(view: &DeviceOrderView) -> StoredAnswer {
    written(StatusCode::OK, view)
}

/// Take months of an order up
///
/// One to six consecutive months, the first not before the present one, or the whole of a one-off order, exclusively: of two
/// providers at once exactly one wins, and the other is told until when a month is taken (`device_order.month_taken`,
/// `notBefore`); the order says by whom (`periods[].heldBy`), who can be asked to give it back (`…/release-requests`). The provider has a contract for the device that is in force today, its own or, for a
/// subcontractor, its holder's. The payer looks once more: the answer is `HELD` with the limits of now and the reasons why they
/// differ from the order's, or `REFUSED` with every problem – a result, too. What is not issued in time is free again.
#[utoipa::path(tag = "take-ups", params(DeviceOrderPath), request_body = TakeUpRequest,
    responses((status = 201, description = "Held, or refused by what the payer found", body = TakeUpShown,
               headers(("ETag" = String, description = "Of the order: `\"<revision>.<YYYYMM>\"`"))),
              (status = 202, description = "The payer's look has begun and is finished by itself, soon; the months are closed to \
               others. `GET` the order for its outcome", body = TakeUpShown),
              (status = 409, description = "A month is taken, lost or realised, or the order's state does not admit it",
               body = crate::ProblemView, content_type = "application/problem+json")))]
#[post("/api/v1/device-orders/{id}/take-ups")]
pub(crate) async fn take_up_device_order(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<TakeUpRequest>,
) -> Result<HttpResponse, Problem> {
    let wanted = asked.body.parse()?;
    let order = order_id(&id)?;
    answer::send(app.take_up_device_order(&asked.caller, order, wanted, asked.write, taken_up).await?)
}

/// Give a take-up back
///
/// By the provider before anything is issued, or released by an officer of the payer, with a reason that patient and provider
/// see. Its months are free again; one that has passed meanwhile is lost.
#[utoipa::path(tag = "take-ups", params(TakeUpPath), request_body = DeviceOrderReasonRequest,
    responses((status = 200, description = "The take-up, withdrawn", body = TakeUpShown,
               headers(("ETag" = String, description = "Of the order: `\"<revision>.<YYYYMM>\"`"))),
              (status = 409, description = "It is not held any more", body = crate::ProblemView,
               content_type = "application/problem+json")))]
#[post("/api/v1/device-orders/{id}/take-ups/{take_up_id}/withdrawal")]
pub(crate) async fn withdraw_take_up(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    asked: Asked<DeviceOrderReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let which = which(&path)?;
    answer::send(app.withdraw_take_up(&asked.caller, which, reason, asked.write, changed).await?)
}

/// Issue goods of what is held
///
/// Within a month of the take-up, while it is held, under a contract that is in force on the day of issue; the confirmation may
/// follow some days later (`confirmedUntil`). Every code, tier and side is one item, with its products by their numbers on the
/// provider's list: maker, model and name are those of the list on that day. What the payer bears and what is left to the patient
/// is split to the grosz on the frozen limits. The receipt is given at once, unless a courier brings a monthly supply. Months of
/// the take-up that had passed by the day of issue are lost.
#[utoipa::path(tag = "take-ups", params(TakeUpPath), request_body = RealisationRequest,
    responses((status = 200, description = "The take-up, realised, with limit, refund and co-pay of each line", body = TakeUpShown,
               headers(("ETag" = String, description = "Of the order: `\"<revision>.<YYYYMM>\"`"))),
              (status = 409, description = "It is not held any more", body = crate::ProblemView,
               content_type = "application/problem+json")))]
#[post("/api/v1/device-orders/{id}/take-ups/{take_up_id}/realisation")]
pub(crate) async fn realise_take_up(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    asked: Asked<RealisationRequest>,
) -> Result<HttpResponse, Problem> {
    let issued = asked.body.parse()?;
    let which = which(&path)?;
    answer::send(app.realise_take_up(&asked.caller, which, issued, asked.write, changed).await?)
}

/// Take a confirmed issue back
///
/// An error: by the provider within a number of days that the operator sets, or by an officer of the payer at any time, with a
/// reason that patient and provider see. The months are held again, with those that the issue had lost, so that the right goods
/// can be confirmed; what the payer was to bear is booked back.
#[utoipa::path(tag = "take-ups", params(TakeUpPath), request_body = DeviceOrderReasonRequest,
    responses((status = 200, description = "The take-up, held again", body = TakeUpShown,
               headers(("ETag" = String, description = "Of the order: `\"<revision>.<YYYYMM>\"`"))),
              (status = 409, description = "Nothing of it is confirmed, or the provider's time is over", body = crate::ProblemView,
               content_type = "application/problem+json")))]
#[post("/api/v1/device-orders/{id}/take-ups/{take_up_id}/realisation-withdrawal")]
pub(crate) async fn withdraw_realisation(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    asked: Asked<DeviceOrderReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let which = which(&path)?;
    answer::send(app.withdraw_realisation(&asked.caller, which, reason, asked.write, changed).await?)
}

/// Confirm a receipt, or correct it
///
/// Of goods that a courier brought, once they came; or, with the next `version`, in the place of a receipt that was entered
/// wrongly: by the provider within a number of days after the confirmation that the operator sets, by an officer of the payer at
/// any time.
#[utoipa::path(tag = "take-ups", params(TakeUpPath), request_body = ReceiptVersionRequest,
    responses((status = 200, description = "The take-up with its receipt", body = TakeUpShown,
               headers(("ETag" = String, description = "Of the order: `\"<revision>.<YYYYMM>\"`"))),
              (status = 409, description = "Nothing of it is confirmed, the receipt is there, or the time to correct it is over",
               body = crate::ProblemView, content_type = "application/problem+json")))]
#[post("/api/v1/device-orders/{id}/take-ups/{take_up_id}/receipt")]
pub(crate) async fn confirm_receipt(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    asked: Asked<ReceiptVersionRequest>,
) -> Result<HttpResponse, Problem> {
    let receipt = asked.body.parse()?;
    let which = which(&path)?;
    answer::send(app.confirm_receipt(&asked.caller, which, receipt, asked.write, changed).await?)
}

/// Read a take-up
///
/// With what was issued of it. For its provider, the patient, whoever issued the order, and officers of the payer; another
/// provider is not told of it.
#[utoipa::path(tag = "take-ups", params(TakeUpPath, IfNoneMatchHeader),
    responses((status = 200, description = "The take-up in the view of the caller", body = TakeUpShown,
               headers(("ETag" = String, description = "Of the order: `\"<revision>.<YYYYMM>\"`")))))]
#[get("/api/v1/device-orders/{id}/take-ups/{take_up_id}")]
pub(crate) async fn find_take_up(
    request: HttpRequest,
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let found = app.find_take_up(&asked.caller, which(&path)?, &asked.trace_id).await?;
    let shown = found.told.take_up().map(|it| TakeUpShown::of(&found.told, it));
    let response = answer::tagged_with(&request, &etag(&found.told), &shown)?;
    answer::on_record(&app, found.record, response).await
}
