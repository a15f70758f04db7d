//! An officer enters an order from paper, and records that its number went back.

use super::requests::{PaperOrderRequest, ReplyRequest};
use crate::contract::example;
use crate::device_order::step::{
    DeviceOrderAnswered, DeviceOrderPath, DeviceOrderVerifying, changed, entered, target,
};
use crate::device_order::view::DeviceOrderShown;
use crate::headers::IfMatchHeader;
use crate::problem::{Problem, ProblemView};
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;
use domain::device_order::paper::refusals::DUPLICATE;

/// Enter an order from paper
///
/// For an officer of any branch of the payer. An order is issued on paper only where the services could not be used or the
/// prescriber could not sign (Refund act art. 38(4c)), for six months at most. It gets a number of orders that were signed by
/// hand, and the payer looks at it at once, as of the day of issue: list, age, documents and period of use are those of that
/// day. Months that have passed since are lost. It has no access code: an information print goes with its number, back the way
/// it came (`paper.reply`). All parts of it are taken up at one provider. The scan follows: `POST …/scan`.
#[utoipa::path(tag = "device-orders", request_body = PaperOrderRequest, responses(
    (status = 201, description = "The order with what the payer found", body = DeviceOrderShown, headers(
        ("Location" = String, description = "Where it is found"),
        ("ETag" = String, description = "`\"<revision>.<YYYYMM>\"`: months elapse without a revision"))),
    DeviceOrderVerifying,
    (status = 409, description = "The same paper, or an open order with this client reference, is there; `existing` names it",
        body = ProblemView, content_type = "application/problem+json", example = json!(example(DUPLICATE)))))]
#[post("/api/v1/device-orders/paper-confirmations")]
pub(crate) async fn confirm_paper_order(
    app: web::Data<App>,
    asked: Asked<PaperOrderRequest>,
) -> Result<HttpResponse, Problem> {
    let order = asked.body.parse()?;
    answer::send(app.confirm_paper_order(&asked.caller, order, asked.write, entered).await?)
}

/// Record that the number of a paper order was sent back
///
/// By the channel by which the paper came, once its scan is kept. By an officer of the payer.
#[utoipa::path(tag = "device-orders", params(DeviceOrderPath, IfMatchHeader), request_body = ReplyRequest,
    responses(DeviceOrderAnswered))]
#[post("/api/v1/device-orders/{id}/reply")]
pub(crate) async fn reply_to_paper_order(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<ReplyRequest>,
) -> Result<HttpResponse, Problem> {
    let (target, sent_on) = (target(&id, asked.if_match)?, asked.body.sent_on);
    answer::send(app.reply_to_paper_order(&asked.caller, target, sent_on, asked.write, changed).await?)
}
