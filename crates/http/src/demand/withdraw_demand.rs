//! The physician withdraws.

use super::place::Place;
use super::requests::ReasonRequest;
use super::step::{DemandChanged, DemandPath, changed};
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Withdraw a demand
///
/// Before the resolution, and after it as long as nothing is drawn; with a reason.
#[utoipa::path(tag = "demands", params(DemandPath, IfMatchHeader), request_body = ReasonRequest, responses(DemandChanged))]
#[post("/{id}/withdrawal")]
pub(crate) async fn withdraw_demand(
    app: web::Data<App>,
    at: Place,
    asked: Asked<ReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let target = at.target(asked.if_match)?;
    answer::send(app.withdraw_demand(&asked.caller, target, reason, asked.write, changed).await?)
}
