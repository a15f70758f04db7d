//! The decider signs the resolution.

use super::place::Place;
use super::requests::ResolutionRequest;
use super::step::{DemandChanged, DemandPath, changed};
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, SIGNED, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Resolve a demand
///
/// The decider signs the very draft that was seen, over the bytes of `…/resolution/document` (PF art. 4ad(4)).
/// Never the person who prepared it.
#[utoipa::path(tag = "demands", params(DemandPath, IfMatchHeader), request_body = ResolutionRequest, responses(DemandChanged))]
#[post("/{id}/resolution")]
pub(crate) async fn resolve_demand(
    app: web::Data<App>,
    at: Place,
    asked: Asked<ResolutionRequest, SIGNED>,
) -> Result<HttpResponse, Problem> {
    let resolution = asked.body.parse();
    let target = at.target(asked.if_match)?;
    answer::send(app.resolve_demand(&asked.caller, target, resolution, asked.write, changed).await?)
}
