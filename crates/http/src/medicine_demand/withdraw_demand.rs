//! The physician withdraws.

use super::requests::ReasonRequest;
use super::step::{DemandChanged, DemandPath, changed, target};
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Withdraw a demand
///
/// Before the resolution, and after it as long as nothing is drawn; with a reason.
#[utoipa::path(tag = "medicine-demands", params(DemandPath, IfMatchHeader), request_body = ReasonRequest, responses(DemandChanged))]
#[post("/api/v1/medicine-demands/{id}/withdrawal")]
pub(crate) async fn withdraw_medicine_demand(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<ReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let target = target(&id, asked.if_match)?;
    answer::send(app.withdraw_demand(&asked.caller, target, reason, asked.write, changed).await?)
}
