//! The decider revokes an approval.

use super::requests::DraftSeenRequest;
use super::step::{DemandChanged, DemandPath, changed, target};
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Revoke an approval
///
/// The very draft that was seen takes effect, by another person than the one who prepared it.
#[utoipa::path(tag = "medicine-demands", params(DemandPath, IfMatchHeader), request_body = DraftSeenRequest, responses(DemandChanged))]
#[post("/api/v1/medicine-demands/{id}/revocation")]
pub(crate) async fn revoke_medicine_demand(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<DraftSeenRequest>,
) -> Result<HttpResponse, Problem> {
    let draft_sha256 = asked.body.parse();
    let target = target(&id, asked.if_match)?;
    answer::send(app.revoke_demand(&asked.caller, target, draft_sha256, asked.write, changed).await?)
}
