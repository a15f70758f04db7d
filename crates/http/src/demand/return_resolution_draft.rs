//! A draft is taken back or sent back.

use super::place::Place;
use super::requests::ReasonRequest;
use super::step::{DemandChanged, DemandPath, changed};
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Return a resolution draft
///
/// Taken back by the preparer or sent back by the decider, with a reason; its `ROZ-…` number is void.
#[utoipa::path(tag = "demands", params(DemandPath, IfMatchHeader), request_body = ReasonRequest, responses(DemandChanged))]
#[post("/{id}/resolution-draft/return")]
pub(crate) async fn return_demand_resolution_draft(
    app: web::Data<App>,
    at: Place,
    asked: Asked<ReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let target = at.target(asked.if_match)?;
    answer::send(app.return_resolution_draft(&asked.caller, target, reason, asked.write, changed).await?)
}
