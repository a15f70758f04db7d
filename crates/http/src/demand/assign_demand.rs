//! An officer takes a case.

use super::place::Place;
use super::requests::AssignmentRequest;
use super::step::{DemandChanged, DemandPath, changed};
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Take a case
///
/// The ministry's preparer takes the case; from another preparer only with a reason, which is kept (KPA art. 66a).
#[utoipa::path(tag = "demands", params(DemandPath, IfMatchHeader), request_body = AssignmentRequest, responses(DemandChanged))]
#[post("/{id}/assignment")]
pub(crate) async fn assign_demand(
    app: web::Data<App>,
    at: Place,
    asked: Asked<AssignmentRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let target = at.target(asked.if_match)?;
    answer::send(app.assign_demand(&asked.caller, target, reason, asked.write, changed).await?)
}
