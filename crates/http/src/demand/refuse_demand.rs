//! The entity's representative refuses to sign.

use super::place::Place;
use super::requests::ReasonRequest;
use super::step::{DemandChanged, DemandPath, changed};
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Refuse a demand as the entity's representative
///
/// The demand goes back to its physician with the reason.
#[utoipa::path(tag = "demands", params(DemandPath, IfMatchHeader), request_body = ReasonRequest, responses(DemandChanged))]
#[post("/{id}/representative-refusal")]
pub(crate) async fn refuse_demand(
    app: web::Data<App>,
    at: Place,
    asked: Asked<ReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let target = at.target(asked.if_match)?;
    answer::send(app.refuse_demand(&asked.caller, target, reason, asked.write, changed).await?)
}
