//! The preparer puts a draft before the decider.

use super::place::Place;
use super::requests::ResolutionDraftRequest;
use super::step::{DemandChanged, DemandPath, changed};
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Prepare a resolution
///
/// Outcome, approved quantity and grounds. A second call replaces the draft and keeps its `ROZ-…` number.
#[utoipa::path(tag = "demands", params(DemandPath, IfMatchHeader), request_body = ResolutionDraftRequest, responses(DemandChanged))]
#[post("/{id}/resolution-draft")]
pub(crate) async fn prepare_demand_resolution(
    app: web::Data<App>,
    at: Place,
    asked: Asked<ResolutionDraftRequest>,
) -> Result<HttpResponse, Problem> {
    let draft = asked.body.parse()?;
    let target = at.target(asked.if_match)?;
    answer::send(app.prepare_resolution(&asked.caller, target, draft, asked.write, changed).await?)
}
