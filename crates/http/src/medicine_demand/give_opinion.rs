//! The consultant answers.

use super::requests::OpinionRequest;
use super::step::{DemandChanged, DemandPath, changed, target};
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
#[utoipa::path(tag = "medicine-demands", params(DemandPath, IfMatchHeader), request_body = OpinionRequest, responses(DemandChanged))]
#[post("/api/v1/medicine-demands/{id}/opinion")]
pub(crate) async fn give_medicine_demand_opinion(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<OpinionRequest, SIGNED>,
) -> Result<HttpResponse, Problem> {
    let opinion = asked.body.parse()?;
    let target = target(&id, asked.if_match)?;
    answer::send(app.give_opinion(&asked.caller, target, opinion, asked.write, changed).await?)
}
