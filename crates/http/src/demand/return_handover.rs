//! A hand-over is declined or recalled.

use super::place::Place;
use super::requests::ReasonRequest;
use super::step::{DemandChanged, DemandPath, changed};
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Return a hand-over
///
/// Declined by the wholesaler or recalled by the pharmacy, with a reason, while nothing is drawn.
#[utoipa::path(tag = "demands", params(DemandPath, IfMatchHeader), request_body = ReasonRequest, responses(DemandChanged))]
#[post("/{id}/handover-return")]
pub(crate) async fn return_demand_handover(
    app: web::Data<App>,
    at: Place,
    asked: Asked<ReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let target = at.target(asked.if_match)?;
    answer::send(app.return_handover(&asked.caller, target, reason, asked.write, changed).await?)
}
