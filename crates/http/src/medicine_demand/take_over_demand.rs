//! Another physician of the entity takes the demand over.

use super::requests::ReasonRequest;
use super::step::{DemandChanged, DemandPath, addition, changed};
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Take a demand over
///
/// For another physician of the same entity, when the first cannot act; with a reason that stays beside the demand. Until
/// then that physician sees nothing of it, so no revision is asked for. What was signed stays signed by the first; a
/// draft or a returned demand names the new physician, who signs it.
#[utoipa::path(tag = "medicine-demands", params(DemandPath), request_body = ReasonRequest, responses(DemandChanged))]
#[post("/api/v1/medicine-demands/{id}/takeover")]
pub(crate) async fn take_over_medicine_demand(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<ReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    answer::send(app.take_over_demand(&asked.caller, addition(&id)?, reason, asked.write, changed).await?)
}
