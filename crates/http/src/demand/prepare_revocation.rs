//! The preparer drafts a revocation.

use super::place::Place;
use super::requests::RevocationDraftRequest;
use super::step::{DemandChanged, DemandPath, changed};
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Prepare the revocation of an approval
///
/// Grounds and legal basis. A second call replaces the draft; the state of the demand stays.
#[utoipa::path(tag = "demands", params(DemandPath, IfMatchHeader), request_body = RevocationDraftRequest, responses(DemandChanged))]
#[post("/{id}/revocation-draft")]
pub(crate) async fn prepare_demand_revocation(
    app: web::Data<App>,
    at: Place,
    asked: Asked<RevocationDraftRequest>,
) -> Result<HttpResponse, Problem> {
    let draft = asked.body.parse()?;
    let target = at.target(asked.if_match)?;
    answer::send(app.prepare_revocation(&asked.caller, target, draft, asked.write, changed).await?)
}
