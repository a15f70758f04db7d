//! A pharmacy passes an approval on to a wholesaler.

use super::place::Place;
use super::requests::HandoverRequest;
use super::step::{DemandChanged, DemandPath, changed};
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Hand a demand over to a wholesaler
///
/// Within 60 days of the resolution (PF art. 4ad(5), (7)). The pharmacy needs to have retrieved the demand, or to
/// be the facility's own.
#[utoipa::path(tag = "demands", params(DemandPath, IfMatchHeader), request_body = HandoverRequest, responses(DemandChanged))]
#[post("/{id}/handover")]
pub(crate) async fn hand_over_demand(
    app: web::Data<App>,
    at: Place,
    asked: Asked<HandoverRequest>,
) -> Result<HttpResponse, Problem> {
    let handover = asked.body.parse();
    let target = at.target(asked.if_match)?;
    answer::send(app.hand_over_demand(&asked.caller, target, handover, asked.write, changed).await?)
}
