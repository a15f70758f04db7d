//! An officer ends the wait for the validation of a signature.

use super::place::Place;
use super::requests::ReasonRequest;
use super::step::{DemandChanged, DemandPath, changed};
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// End the wait for the validation of a signature
///
/// Where the validation service has not answered for long (`SOID_PENDING_REFUSAL_AFTER_HOURS`), an officer refuses the step
/// that waits, with a reason that its signer reads in `refusedSteps`. Its terms ran all the while, and it may be signed anew.
/// An officer sees a demand that has not reached the minister yet only while a signature waits there.
#[utoipa::path(tag = "demands", params(DemandPath, IfMatchHeader), request_body = ReasonRequest, responses(DemandChanged))]
#[post("/{id}/pending-step/refusal")]
pub(crate) async fn refuse_demand_pending_step(
    app: web::Data<App>,
    at: Place,
    asked: Asked<ReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let target = at.target(asked.if_match)?;
    answer::send(app.refuse_pending_step(&asked.caller, target, reason, asked.write, changed).await?)
}
