//! The entity's representative co-signs.

use super::place::Place;
use super::requests::RepresentativeApprovalRequest;
use super::step::{DemandChanged, DemandPath, changed};
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, SIGNED, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Approve a demand as the entity's representative
///
/// Only for use in the facility: the representative named in the demand signs the bytes of `…/representative-
/// approval/document` within 3 days (PF art. 4ac(2)).
#[utoipa::path(tag = "demands", params(DemandPath, IfMatchHeader), request_body = RepresentativeApprovalRequest, responses(DemandChanged))]
#[post("/{id}/representative-approval")]
pub(crate) async fn approve_demand(
    app: web::Data<App>,
    at: Place,
    asked: Asked<RepresentativeApprovalRequest, SIGNED>,
) -> Result<HttpResponse, Problem> {
    let signature = asked.body.parse();
    let target = at.target(asked.if_match)?;
    answer::send(app.approve_demand(&asked.caller, target, signature, asked.write, changed).await?)
}
