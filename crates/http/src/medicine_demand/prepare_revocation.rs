//! The preparer drafts a revocation.

use super::requests::RevocationDraftRequest;
use super::step::{DemandChanged, DemandPath, changed, target};
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Prepare the revocation of an approval
///
/// Grounds and legal basis. A second call replaces the draft; the state of the demand stays.
#[utoipa::path(tag = "medicine-demands", params(DemandPath, IfMatchHeader), request_body = RevocationDraftRequest, responses(DemandChanged))]
#[post("/api/v1/medicine-demands/{id}/revocation-draft")]
pub(crate) async fn prepare_medicine_demand_revocation(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<RevocationDraftRequest>,
) -> Result<HttpResponse, Problem> {
    let draft = asked.body.parse()?;
    let target = target(&id, asked.if_match)?;
    answer::send(app.prepare_revocation(&asked.caller, target, draft, asked.write, changed).await?)
}
