//! The decider revokes an approval.

use super::place::Place;
use super::requests::DraftSeenRequest;
use super::step::{DemandChanged, DemandPath, changed};
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Revoke an approval
///
/// The very draft that was seen takes effect, by another person than the one who prepared it.
#[utoipa::path(tag = "demands", params(DemandPath, IfMatchHeader), request_body = DraftSeenRequest, responses(DemandChanged))]
#[post("/{id}/revocation")]
pub(crate) async fn revoke_demand(
    app: web::Data<App>,
    at: Place,
    asked: Asked<DraftSeenRequest>,
) -> Result<HttpResponse, Problem> {
    let draft_sha256 = asked.body.parse();
    let target = at.target(asked.if_match)?;
    answer::send(app.revoke_demand(&asked.caller, target, draft_sha256, asked.write, changed).await?)
}
