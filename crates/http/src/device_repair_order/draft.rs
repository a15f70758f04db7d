//! Drafting a repair order, and reading one.

use super::examples;
use super::requests::DeviceRepairOrderRequest;
use super::step::{
    DeviceRepairOrderAnswered, DeviceRepairOrderCreated, DeviceRepairOrderPath, changed, created,
    repair_order_id, target,
};
use super::view::DeviceRepairOrderShown;
use crate::answer::strong_etag;
use crate::demand::step::ReferenceTaken;
use crate::headers::{IfMatchHeader, IfNoneMatchHeader};
use crate::problem::Problem;
use crate::{Asked, Authenticated, ORDER, Replaced, answer};
use actix_web::{HttpRequest, HttpResponse, get, post, put, web};
use app::App;
use app::device_repair_order::EditRepairOrder;

/// Create an order for the repair of a medical device
///
/// A prescriber opens the draft, a medical assistant does in the name of the prescriber whom the content names and who has
/// authorised them, or an officer of the payer does at their branch, at the patient's request; then no place and prescriber
/// stand in it. It may be incomplete, but never illegal.
#[utoipa::path(tag = "device-repair-orders", responses(DeviceRepairOrderCreated, ReferenceTaken),
    request_body(content = DeviceRepairOrderRequest, examples(
        ("1-known" = (summary = "A wheelchair that an order of this system supplied", value = json!({"content": examples::content()}))),
        ("2-unknown" = (summary = "A device whose order nobody knows", value = json!({"content": examples::original_unknown()})))
    )))]
#[post("/api/v1/device-repair-orders")]
pub(crate) async fn create_device_repair_order(
    app: web::Data<App>,
    asked: Asked<DeviceRepairOrderRequest, ORDER>,
) -> Result<HttpResponse, Problem> {
    let draft = asked.body.parse()?;
    answer::send(app.create_repair_order(&asked.caller, draft, asked.write, created).await?)
}

/// Edit a repair order
///
/// Replaces content and client reference as a whole, in `DRAFT`.
#[utoipa::path(tag = "device-repair-orders", params(DeviceRepairOrderPath, IfMatchHeader),
    request_body = DeviceRepairOrderRequest, responses(DeviceRepairOrderAnswered))]
#[put("/api/v1/device-repair-orders/{id}")]
pub(crate) async fn edit_device_repair_order(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Replaced<DeviceRepairOrderRequest, ORDER>,
) -> Result<HttpResponse, Problem> {
    let draft = asked.body.parse()?;
    let edit = EditRepairOrder { content: draft.content, client_reference: draft.client_reference };
    let target = target(&id, asked.if_match)?;
    answer::send(app.edit_repair_order(&asked.caller, target, edit, asked.write, changed).await?)
}

/// Find a repair order
///
/// Every party sees what its task needs; members of other groups are left out.
#[utoipa::path(tag = "device-repair-orders", params(DeviceRepairOrderPath, IfNoneMatchHeader),
    responses((status = 200, description = "The order in the view of the caller", body = DeviceRepairOrderShown,
        headers(("ETag" = String, description = "`\"<revision>\"`")))))]
#[get("/api/v1/device-repair-orders/{id}")]
pub(crate) async fn find_device_repair_order(
    request: HttpRequest,
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let found = app.find_repair_order(&asked.caller, repair_order_id(&id)?, &asked.trace_id).await?;
    let etag = strong_etag(u64::try_from(found.told.revision).unwrap_or_default());
    let response = answer::tagged_with(&request, &etag, &DeviceRepairOrderShown::of(&found.told))?;
    answer::on_record(&app, found.record, response).await
}
