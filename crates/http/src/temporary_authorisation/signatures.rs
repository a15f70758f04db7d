//! The signed steps of the wholesaler: submission, co-signature, and its refusal.

use super::step::{AuthorisationAwaits, AuthorisationPath, AuthorisationShown, changed, target};
use crate::demand::requests::{NothingRequest, ReasonRequest, RepresentativeApprovalRequest};
use crate::demand::step::DocumentToSignView;
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, Looked, SIGNED, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Get the bytes to sign for a submission
///
/// Takes the body of the submission without `signature`: an empty object. Writes nothing.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath), request_body = NothingRequest,
    responses((status = 200, description = "The exact bytes to sign", body = DocumentToSignView),
              (status = 409, description = "The present state does not admit this step",
               body = crate::ProblemView, content_type = "application/problem+json")))]
#[post("/api/v1/temporary-authorisations/{id}/submission/document")]
pub(crate) async fn get_temporary_authorisation_submission_document(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Looked<NothingRequest>,
) -> Result<HttpResponse, Problem> {
    let document = app.authorisation_submission_document(&asked.caller, target(&id, None)?).await?;
    answer::plain(&DocumentToSignView::of(&document))
}

/// Submit a notification
///
/// The responsible person named in it signs the bytes of `…/submission/document` (PF art. 4ac(1)); it goes to the
/// wholesaler's representative.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath, IfMatchHeader),
    request_body = RepresentativeApprovalRequest, responses(AuthorisationShown, AuthorisationAwaits))]
#[post("/api/v1/temporary-authorisations/{id}/submission")]
pub(crate) async fn submit_temporary_authorisation(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<RepresentativeApprovalRequest, SIGNED>,
) -> Result<HttpResponse, Problem> {
    let signature = asked.body.parse();
    let target = target(&id, asked.if_match)?;
    answer::send(app.submit_authorisation(&asked.caller, target, signature, asked.write, changed).await?)
}

/// Get the bytes to sign for a representative's approval of a notification
///
/// Takes the body of the approval without `signature`: an empty object. Writes nothing.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath), request_body = NothingRequest,
    responses((status = 200, description = "The exact bytes to sign", body = DocumentToSignView),
              (status = 409, description = "The present state does not admit this step",
               body = crate::ProblemView, content_type = "application/problem+json")))]
#[post("/api/v1/temporary-authorisations/{id}/representative-approval/document")]
pub(crate) async fn get_temporary_authorisation_approval_document(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Looked<NothingRequest>,
) -> Result<HttpResponse, Problem> {
    let document = app.authorisation_approval_document(&asked.caller, target(&id, None)?).await?;
    answer::plain(&DocumentToSignView::of(&document))
}

/// Approve a notification as the wholesaler's representative
///
/// The representative named in it signs the bytes of `…/representative-approval/document`; it goes to the minister.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath, IfMatchHeader),
    request_body = RepresentativeApprovalRequest, responses(AuthorisationShown, AuthorisationAwaits))]
#[post("/api/v1/temporary-authorisations/{id}/representative-approval")]
pub(crate) async fn approve_temporary_authorisation(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<RepresentativeApprovalRequest, SIGNED>,
) -> Result<HttpResponse, Problem> {
    let signature = asked.body.parse();
    let target = target(&id, asked.if_match)?;
    answer::send(app.approve_authorisation(&asked.caller, target, signature, asked.write, changed).await?)
}

/// Send a notification back as the wholesaler's representative
///
/// It is a draft again, with the reason; what is signed next is a new version.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath, IfMatchHeader),
    request_body = ReasonRequest, responses(AuthorisationShown))]
#[post("/api/v1/temporary-authorisations/{id}/representative-refusal")]
pub(crate) async fn refuse_temporary_authorisation(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<ReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let target = target(&id, asked.if_match)?;
    answer::send(app.refuse_authorisation(&asked.caller, target, reason, asked.write, changed).await?)
}
