//! A draft is taken back or sent back.

use super::requests::ReasonRequest;
use super::step::{DemandChanged, DemandPath, changed, target};
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Return a resolution draft
///
/// Taken back by the preparer or sent back by the decider, with a reason; its `ROZ-…` number is void.
#[utoipa::path(tag = "medicine-demands", params(DemandPath, IfMatchHeader), request_body = ReasonRequest, responses(DemandChanged))]
#[post("/api/v1/medicine-demands/{id}/resolution-draft/return")]
pub(crate) async fn return_medicine_demand_resolution_draft(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<ReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let target = target(&id, asked.if_match)?;
    answer::send(app.return_resolution_draft(&asked.caller, target, reason, asked.write, changed).await?)
}
