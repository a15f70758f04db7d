//! The entity's representative refuses to sign.

use super::requests::ReasonRequest;
use super::step::{DemandChanged, DemandPath, changed, target};
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Refuse a demand as the entity's representative
///
/// The demand goes back to its physician with the reason.
#[utoipa::path(tag = "medicine-demands", params(DemandPath, IfMatchHeader), request_body = ReasonRequest, responses(DemandChanged))]
#[post("/api/v1/medicine-demands/{id}/representative-refusal")]
pub(crate) async fn refuse_medicine_demand(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<ReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let target = target(&id, asked.if_match)?;
    answer::send(app.refuse_demand(&asked.caller, target, reason, asked.write, changed).await?)
}
