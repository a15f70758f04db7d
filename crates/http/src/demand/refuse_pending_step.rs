//! An officer ends the wait for the validation of a signature.

use super::place::Place;
use super::requests::EndOfWaitRequest;
use super::step::{DemandChanged, DemandPath, changed};
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// End the wait for the validation of a signature
///
/// Where the validation service has not answered for long (`SOID_PENDING_REFUSAL_AFTER_HOURS`), an officer refuses the step
/// that waits, with a reason that its signer reads in `refusedSteps`. Terms ran all the while: one that ended since the receipt
/// takes effect at once, and may expire the demand for ever; then `letsExpire: true` is asked for (409
/// `pending_step.term_over`, foretold by `letsExpire` in `…/actions`), unless an outage holds the term. Otherwise the step may be
/// signed anew. An officer sees a demand that has not reached the minister yet only while a signature waits there.
#[utoipa::path(tag = "demands", params(DemandPath, IfMatchHeader), request_body = EndOfWaitRequest, responses(DemandChanged))]
#[post("/{id}/pending-step/refusal")]
pub(crate) async fn refuse_demand_pending_step(
    app: web::Data<App>,
    at: Place,
    asked: Asked<EndOfWaitRequest>,
) -> Result<HttpResponse, Problem> {
    let ending = asked.body.parse()?;
    let target = at.target(asked.if_match)?;
    answer::send(app.refuse_pending_step(&asked.caller, target, ending, asked.write, changed).await?)
}
