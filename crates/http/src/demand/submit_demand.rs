//! The physician issues the demand, or sends it on again after a return.

use super::place::Place;
use super::requests::SubmissionRequest;
use super::step::{DemandChanged, DemandPath, changed};
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, SIGNED, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Submit a demand
///
/// The physician's signature over the bytes of `…/submission/document`, and the consultant whom the physician chose
/// (PF art. 4ac(1), 4ad(1)). The field matrix and all rules of the content are checked here. From `RETURNED` with
/// unchanged content no signature is sent: the stored one counts.
#[utoipa::path(tag = "demands", params(DemandPath, IfMatchHeader), request_body = SubmissionRequest, responses(DemandChanged))]
#[post("/{id}/submission")]
pub(crate) async fn submit_demand(
    app: web::Data<App>,
    at: Place,
    asked: Asked<SubmissionRequest, SIGNED>,
) -> Result<HttpResponse, Problem> {
    let submission = asked.body.parse()?;
    let target = at.target(asked.if_match)?;
    answer::send(app.submit_demand(&asked.caller, target, submission, asked.write, changed).await?)
}
