//! A holder is asked to give back what it holds.

use super::step::{DeviceOrderAnswered, DeviceOrderPath, changed, order_id};
use super::take_ups::MonthsRequest;
use crate::parsing::Faults;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;
use app::failure::Failure;
use chrono::{DateTime, Utc};
use domain::device_order::model::Months;
use domain::device_order::release::{ReleaseRequest, Requester};
use domain::values::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

/// For which months, and why.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ReleaseRequestRequest, example = json!({"months": {"from": "2030-01", "count": 1}, "reason": "Pacjent jest u nas i czeka."}))]
pub(crate) struct ReleaseRequestRequest {
    /// Without them everything that others hold is meant.
    #[schema(nullable = false)]
    #[validate(nested)]
    months: Option<MonthsRequest>,
    /// Read by the holder, the patient, whoever issued the order, and officers of the payer.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

impl ReleaseRequestRequest {
    fn parse(&self) -> Result<(Option<Months>, Text<500>), Failure> {
        let mut faults = Faults::new();
        let months = faults.within_optional("months", self.months.as_ref(), |faults, it| it.read(faults));
        let reason = faults.take("/reason", Text::parse(&self.reason));
        faults.finish_with(months.zip(reason))
    }
}

/// Who asked for a release.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReleaseRequesterKind {
    Patient,
    Provider,
}

/// A request to give back what is held.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReleaseRequest)]
pub struct ReleaseRequestView {
    by: ReleaseRequesterKind,
    /// Of a provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    organisation_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "Drugi Sklep Medyczny Przykład")]
    name: Option<String>,
    reason: String,
    at: DateTime<Utc>,
}

impl ReleaseRequestView {
    pub fn of(it: &ReleaseRequest) -> Self {
        let (by, organisation_id, name) = match &it.by {
            Requester::Patient => (ReleaseRequesterKind::Patient, None, None),
            Requester::Provider { id, name } => {
                (ReleaseRequesterKind::Provider, Some(id.0), Some(name.as_str().to_owned()))
            }
        };
        Self { by, organisation_id, name, reason: it.reason.as_str().to_owned(), at: it.at }
    }
}

/// Ask a holder to give months back
///
/// For the patient, and for a provider that has opened the order: whoever holds these months, or any of the order, is told
/// (`ReleaseRequested`) and decides; the months stay theirs until they give them back (`take-ups/{id}/withdrawal`), issue goods, or
/// the hold ends by itself (`heldBy.freeFrom`). One hold is asked for once by each party.
#[utoipa::path(tag = "take-ups", params(DeviceOrderPath), request_body = ReleaseRequestRequest,
    responses(DeviceOrderAnswered))]
#[post("/api/v1/device-orders/{id}/release-requests")]
pub(crate) async fn request_device_order_release(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<ReleaseRequestRequest>,
) -> Result<HttpResponse, Problem> {
    let wanted = asked.body.parse()?;
    let order = order_id(&id)?;
    answer::send(app.request_release(&asked.caller, order, wanted, asked.write, changed).await?)
}
