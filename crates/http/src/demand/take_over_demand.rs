//! Another physician of the entity takes the demand over.

use super::place::Place;
use super::requests::ReasonRequest;
use super::step::{DemandChanged, DemandPath, changed};
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Take a demand over
///
/// For another physician of the same entity, when the first cannot act; with a reason that stays beside the demand. Until
/// then that physician sees nothing of it, so no revision is asked for. What was signed stays signed by the first; a
/// draft or a returned demand names the new physician, who signs it.
#[utoipa::path(tag = "demands", params(DemandPath), request_body = ReasonRequest, responses(DemandChanged))]
#[post("/{id}/takeover")]
pub(crate) async fn take_over_demand(
    app: web::Data<App>,
    at: Place,
    asked: Asked<ReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    answer::send(app.take_over_demand(&asked.caller, at.addition()?, reason, asked.write, changed).await?)
}
