//! The preparer puts a draft before the decider.

use super::requests::ResolutionDraftRequest;
use super::step::{DemandChanged, DemandPath, changed, target};
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Prepare a resolution
///
/// Outcome, approved quantity and grounds. A second call replaces the draft and keeps its `ROZ-…` number.
#[utoipa::path(tag = "medicine-demands", params(DemandPath, IfMatchHeader), request_body = ResolutionDraftRequest, responses(DemandChanged))]
#[post("/api/v1/medicine-demands/{id}/resolution-draft")]
pub(crate) async fn prepare_medicine_demand_resolution(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<ResolutionDraftRequest>,
) -> Result<HttpResponse, Problem> {
    let draft = asked.body.parse()?;
    let target = target(&id, asked.if_match)?;
    answer::send(app.prepare_resolution(&asked.caller, target, draft, asked.write, changed).await?)
}
