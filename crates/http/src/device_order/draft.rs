//! Drafting an order, and reading one.

use super::examples;
use super::requests::DeviceOrderRequest;
use super::step::{
    DeviceOrderAnswered, DeviceOrderCreated, DeviceOrderPath, changed, created, etag, order_id, target,
};
use super::view::DeviceOrderShown;
use crate::demand::step::ReferenceTaken;
use crate::headers::{IfMatchHeader, IfNoneMatchHeader};
use crate::problem::Problem;
use crate::{Asked, Authenticated, ORDER, Replaced, answer};
use actix_web::{HttpRequest, HttpResponse, get, post, put, web};
use app::App;
use app::device_order::EditDeviceOrder;

/// Create an order for a medical device
///
/// A prescriber opens the draft of an order, or a medical assistant does in the name of the prescriber whom the content names
/// by licence number and who has authorised them. It may be incomplete, but never illegal.
#[utoipa::path(tag = "device-orders", responses(DeviceOrderCreated, ReferenceTaken),
    request_body(content = DeviceOrderRequest, examples(
        ("1-monthly" = (summary = "Absorbent products for twelve months", value = json!({"content": examples::monthly()}))),
        ("2-one-off" = (summary = "A wheelchair", value = json!({"content": examples::one_off()}))),
        ("3-lenses" = (summary = "Spectacle lenses", value = json!({"content": examples::lenses()}))),
        ("4-entitled" = (summary = "A larger quantity for an entitled patient", value = json!({"content": examples::entitled()})))
    )))]
#[post("/api/v1/device-orders")]
pub(crate) async fn create_device_order(
    app: web::Data<App>,
    asked: Asked<DeviceOrderRequest, ORDER>,
) -> Result<HttpResponse, Problem> {
    let draft = asked.body.parse()?;
    answer::send(app.create_device_order(&asked.caller, draft, asked.write, created).await?)
}

/// Edit an order for a medical device
///
/// Replaces content and client reference as a whole, in `DRAFT`.
#[utoipa::path(tag = "device-orders", params(DeviceOrderPath, IfMatchHeader),
    request_body = DeviceOrderRequest, responses(DeviceOrderAnswered))]
#[put("/api/v1/device-orders/{id}")]
pub(crate) async fn edit_device_order(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Replaced<DeviceOrderRequest, ORDER>,
) -> Result<HttpResponse, Problem> {
    let draft = asked.body.parse()?;
    let edit = EditDeviceOrder { content: draft.content, client_reference: draft.client_reference };
    let target = target(&id, asked.if_match)?;
    answer::send(app.edit_device_order(&asked.caller, target, edit, asked.write, changed).await?)
}

/// Find an order for a medical device
///
/// Every party sees what its task needs; members of other groups are left out.
#[utoipa::path(tag = "device-orders", params(DeviceOrderPath, IfNoneMatchHeader),
    responses((status = 200, description = "The order in the view of the caller", body = DeviceOrderShown,
        headers(("ETag" = String, description = "`\"<revision>.<YYYYMM>\"`: months elapse without a revision")))))]
#[get("/api/v1/device-orders/{id}")]
pub(crate) async fn find_device_order(
    request: HttpRequest,
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let found = app.find_device_order(&asked.caller, order_id(&id)?, &asked.trace_id).await?;
    let response = answer::tagged_with(&request, &etag(&found.told), &DeviceOrderShown::of(&found.told))?;
    answer::on_record(&app, found.record, response).await
}
