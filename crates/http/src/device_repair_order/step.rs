//! What the steps of a repair order have in common: which one, and how its change is answered.

use super::view::DeviceRepairOrderShown;
use crate::answer::{self, path_id};
use actix_web::http::StatusCode;
use app::answer::StoredAnswer;
use app::device_repair_order::{RepairOrderView, RepairTarget};
use app::failure::Failure;
use domain::device_repair_order::StateName;
use domain::ids::RepairOrderId;
use utoipa::{IntoParams, IntoResponses};
use uuid::Uuid;

/// Declares the id in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub struct DeviceRepairOrderPath {
    /// Id of the repair order.
    #[param(example = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8b10")]
    #[expect(dead_code, reason = "only describes the path; repair_order_id reads it")]
    id: Uuid,
}

pub(crate) fn repair_order_id(text: &str) -> Result<RepairOrderId, Failure> {
    path_id(text, RepairOrderId::parse)
}

pub(super) fn target(id: &str, if_match: Option<u64>) -> Result<RepairTarget, Failure> {
    Ok(RepairTarget { id: repair_order_id(id)?, if_match })
}

fn written(status: StatusCode, location: Option<&str>, view: &RepairOrderView) -> StoredAnswer {
    let revision = u64::try_from(view.revision).ok();
    answer::written(status, revision, location, &DeviceRepairOrderShown::of(view))
}

/// A new order, where it is found.
pub(super) fn created(view: &RepairOrderView) -> StoredAnswer {
    written(StatusCode::CREATED, Some(&format!("/api/v1/device-repair-orders/{}", view.id)), view)
}

/// The order that a provider has taken up.
pub(super) fn held(view: &RepairOrderView) -> StoredAnswer {
    written(StatusCode::CREATED, None, view)
}

/// The order after a step; accepted only, while the payer's look is not at its end or the signature awaits validation.
pub(super) fn changed(view: &RepairOrderView) -> StoredAnswer {
    let is_under_way = view.state == StateName::Verifying || view.pending.is_some();
    written(if is_under_way { StatusCode::ACCEPTED } else { StatusCode::OK }, None, view)
}

/// Declares the answer of a creation.
#[derive(IntoResponses)]
#[response(status = 201, description = "The new draft", headers(
    ("Location" = String, description = "Where it is found"),
    ("ETag" = String, description = "`\"<revision>\"`")))]
pub struct DeviceRepairOrderCreated(
    #[expect(dead_code, reason = "only describes the answer")] DeviceRepairOrderShown,
);

/// Declares the answer of a step.
#[derive(IntoResponses)]
#[response(status = 200, description = "The order in the view of the caller; a negative verification is such an answer, too",
    headers(("ETag" = String, description = "`\"<revision>\"`")))]
pub struct DeviceRepairOrderAnswered(
    #[expect(dead_code, reason = "only describes the answer")] DeviceRepairOrderShown,
);

/// Declares the answer of an issue whose verification could not be finished at once.
#[derive(IntoResponses)]
#[response(status = 202, description = "The order is issued and has its number; its verification has begun and is finished by \
    itself, soon; or its signature awaits validation outside (`pendingStep`), and the step is taken or refused as of its receipt \
    when the answer comes. `GET` the order for its outcome",
    headers(("ETag" = String, description = "`\"<revision>\"`")))]
pub struct DeviceRepairOrderVerifying(
    #[expect(dead_code, reason = "only describes the answer")] DeviceRepairOrderShown,
);
