//! What the steps of an order have in common: which one, and how its change is answered.

use super::view::DeviceOrderShown;
use crate::answer::path_id;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, ETAG, LOCATION};
use app::answer::StoredAnswer;
use app::device_order::{DeviceOrderView, OrderTarget};
use app::failure::Failure;
use domain::calendar::warsaw_date;
use domain::device_order::StateName;
use domain::ids::DeviceOrderId;
use domain::values::YearMonth;
use utoipa::{IntoParams, IntoResponses};
use uuid::Uuid;

/// Declares the id in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub struct DeviceOrderPath {
    /// Id of the order.
    #[param(example = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a70")]
    #[expect(dead_code, reason = "only describes the path; order_id reads it")]
    id: Uuid,
}

pub(crate) fn order_id(text: &str) -> Result<DeviceOrderId, Failure> {
    path_id(text, DeviceOrderId::parse)
}

pub(super) fn target(id: &str, if_match: Option<u64>) -> Result<OrderTarget, Failure> {
    Ok(OrderTarget { id: order_id(id)?, if_match })
}

/// `"<revision>.<YYYYMM>"`: months elapse without a revision; `If-Match` looks at the revision alone.
pub(super) fn etag(view: &DeviceOrderView) -> String {
    format!("\"{}.{}\"", view.revision, YearMonth::of(warsaw_date(view.seen_at)).compact())
}

fn written(status: StatusCode, location: Option<String>, view: &DeviceOrderView) -> StoredAnswer {
    let Ok(body) = serde_json::to_vec(&DeviceOrderShown::of(view)) else {
        return StoredAnswer { status: 500, headers: Vec::new(), body: Vec::new() };
    };
    let mut headers =
        vec![(CONTENT_TYPE.to_string(), "application/json".to_owned()), (ETAG.to_string(), etag(view))];
    headers.extend(location.map(|location| (LOCATION.to_string(), location)));
    StoredAnswer { status: status.as_u16(), headers, body }
}

/// A new order, where it is found.
pub(super) fn created(view: &DeviceOrderView) -> StoredAnswer {
    written(StatusCode::CREATED, Some(format!("/api/v1/device-orders/{}", view.id)), view)
}

/// An order that was entered from paper; accepted only, while the payer's look is not at its end.
pub(super) fn entered(view: &DeviceOrderView) -> StoredAnswer {
    let status = if view.state == StateName::Verifying { StatusCode::ACCEPTED } else { StatusCode::CREATED };
    written(status, Some(format!("/api/v1/device-orders/{}", view.id)), view)
}

/// The order after a step; accepted only, while the payer's look is not at its end or the signature awaits validation.
pub(super) fn changed(view: &DeviceOrderView) -> StoredAnswer {
    let is_under_way = view.state == StateName::Verifying || view.pending.is_some();
    let status = if is_under_way { StatusCode::ACCEPTED } else { StatusCode::OK };
    written(status, None, view)
}

/// Declares the answer of a creation.
#[derive(IntoResponses)]
#[response(status = 201, description = "The new draft", headers(
    ("Location" = String, description = "Where it is found"),
    ("ETag" = String, description = "`\"<revision>.<YYYYMM>\"`: months elapse without a revision")))]
pub struct DeviceOrderCreated(#[expect(dead_code, reason = "only describes the answer")] DeviceOrderShown);

/// Declares the answer of a step and of a read.
#[derive(IntoResponses)]
#[response(status = 200, description = "The order in the view of the caller; a negative verification is such an answer, too",
    headers(("ETag" = String, description = "`\"<revision>.<YYYYMM>\"`: months elapse without a revision")))]
pub struct DeviceOrderAnswered(#[expect(dead_code, reason = "only describes the answer")] DeviceOrderShown);

/// Declares the answer of an issue whose verification could not be finished at once.
#[derive(IntoResponses)]
#[response(status = 202, description = "The order is issued and has its number; its verification has begun and is finished by \
    itself, soon; or its signature awaits validation outside (`pendingStep`), and the step is taken or refused as of its receipt \
    when the answer comes. `GET` the order for its outcome",
    headers(("ETag" = String, description = "`\"<revision>.<YYYYMM>\"`")))]
pub struct DeviceOrderVerifying(#[expect(dead_code, reason = "only describes the answer")] DeviceOrderShown);
