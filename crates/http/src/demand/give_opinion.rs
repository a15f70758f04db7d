//! The consultant answers.

use super::place::Place;
use super::requests::OpinionRequest;
use super::step::{DemandChanged, DemandPath, changed};
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, SIGNED, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Give the consultant's opinion
///
/// `CONFIRMED` takes the demand to the minister, `REFUSED` with a justification back to the physician; both are
/// signed over the bytes of `…/opinion/document` (PF art. 4ad(1)–(2)). `NOT_MY_FIELD` and `CONFLICT_OF_INTEREST`
/// return it at once, unsigned and without a judgement.
#[utoipa::path(tag = "demands", params(DemandPath, IfMatchHeader), request_body = OpinionRequest, responses(DemandChanged))]
#[post("/{id}/opinion")]
pub(crate) async fn give_demand_opinion(
    app: web::Data<App>,
    at: Place,
    asked: Asked<OpinionRequest, SIGNED>,
) -> Result<HttpResponse, Problem> {
    let opinion = asked.body.parse()?;
    let target = at.target(asked.if_match)?;
    answer::send(app.give_opinion(&asked.caller, target, opinion, asked.write, changed).await?)
}
