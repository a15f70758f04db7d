//! What the ministry does with a notification.

use super::requests::ConsentDraftRequest;
use super::step::{AuthorisationAwaits, AuthorisationPath, AuthorisationShown, changed, target};
use crate::demand::requests::{
    AssignmentRequest, DraftSeenRequest, ReasonRequest, ResolutionRequest, RevocationDraftRequest,
};
use crate::demand::step::DocumentToSignView;
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, Looked, SIGNED, answer};
use actix_web::{HttpResponse, post, web};
use app::App;
use app::temporary_authorisation::{PrepareConsentRevocation, ResolveAuthorisation};

/// Take the case of a notification
///
/// The ministry's preparer takes the case; from another preparer only with a reason, which is kept (KPA art. 66a).
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath, IfMatchHeader),
    request_body = AssignmentRequest, responses(AuthorisationShown))]
#[post("/api/v1/temporary-authorisations/{id}/assignment")]
pub(crate) async fn assign_temporary_authorisation(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<AssignmentRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let target = target(&id, asked.if_match)?;
    answer::send(app.assign_authorisation(&asked.caller, target, reason, asked.write, changed).await?)
}

/// Prepare the resolution of a notification
///
/// Outcome, quantity, period, conditions and grounds. A second call replaces the draft and keeps its `ROZ-…` number.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath, IfMatchHeader),
    request_body = ConsentDraftRequest, responses(AuthorisationShown))]
#[post("/api/v1/temporary-authorisations/{id}/resolution-draft")]
pub(crate) async fn prepare_temporary_authorisation_resolution(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<ConsentDraftRequest>,
) -> Result<HttpResponse, Problem> {
    let draft = asked.body.parse()?;
    let target = target(&id, asked.if_match)?;
    let write = asked.write;
    answer::send(app.prepare_authorisation_resolution(&asked.caller, target, draft, write, changed).await?)
}

/// Send the draft resolution of a notification back
///
/// Taken back by its preparer or sent back by a decider, with a reason; its number is void.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath, IfMatchHeader),
    request_body = ReasonRequest, responses(AuthorisationShown))]
#[post("/api/v1/temporary-authorisations/{id}/resolution-draft/return")]
pub(crate) async fn return_temporary_authorisation_resolution_draft(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<ReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let target = target(&id, asked.if_match)?;
    let write = asked.write;
    let returned = app.return_authorisation_resolution_draft(&asked.caller, target, reason, write, changed);
    answer::send(returned.await?)
}

/// End the wait for the validation of a signature on a notification
///
/// Where the validation service has not answered for long (`SOID_PENDING_REFUSAL_AFTER_HOURS`), an officer refuses the step
/// that waits, with a reason that its signer reads in `refusedSteps`; it may be signed anew. An officer sees a notification
/// that has not reached the minister yet only while a signature waits there.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath, IfMatchHeader),
    request_body = ReasonRequest, responses(AuthorisationShown))]
#[post("/api/v1/temporary-authorisations/{id}/pending-step/refusal")]
pub(crate) async fn refuse_temporary_authorisation_pending_step(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<ReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let target = target(&id, asked.if_match)?;
    let write = asked.write;
    answer::send(app.refuse_authorisation_pending_step(&asked.caller, target, reason, write, changed).await?)
}

/// Get the bytes to sign for the resolution of a notification
///
/// Takes the body of the resolution without `signature`. Writes nothing.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath), request_body = DraftSeenRequest,
    responses((status = 200, description = "The exact bytes to sign", body = DocumentToSignView),
              (status = 409, description = "The draft has changed since it was seen, or there is none",
               body = crate::ProblemView, content_type = "application/problem+json")))]
#[post("/api/v1/temporary-authorisations/{id}/resolution/document")]
pub(crate) async fn get_temporary_authorisation_resolution_document(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Looked<DraftSeenRequest>,
) -> Result<HttpResponse, Problem> {
    let seen = asked.body.parse();
    let document = app.authorisation_resolution_document(&asked.caller, target(&id, None)?, &seen).await?;
    answer::plain(&DocumentToSignView::of(&document))
}

/// Resolve a notification
///
/// A decider, another person than the preparer, signs the very draft that they saw. A consent holds for its period; an
/// addition's takes effect on the consent to which it adds.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath, IfMatchHeader),
    request_body = ResolutionRequest, responses(AuthorisationShown, AuthorisationAwaits))]
#[post("/api/v1/temporary-authorisations/{id}/resolution")]
pub(crate) async fn resolve_temporary_authorisation(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<ResolutionRequest, SIGNED>,
) -> Result<HttpResponse, Problem> {
    let signed = asked.body.parse();
    let decision = ResolveAuthorisation { draft_sha256: signed.draft_sha256, signature: signed.signature };
    let target = target(&id, asked.if_match)?;
    answer::send(app.resolve_authorisation(&asked.caller, target, decision, asked.write, changed).await?)
}

/// Prepare the revocation of a consent
///
/// Grounds and legal basis; a second call replaces them. The state stays.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath, IfMatchHeader),
    request_body = RevocationDraftRequest, responses(AuthorisationShown))]
#[post("/api/v1/temporary-authorisations/{id}/revocation-draft")]
pub(crate) async fn prepare_temporary_authorisation_revocation(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<RevocationDraftRequest>,
) -> Result<HttpResponse, Problem> {
    let draft = asked.body.parse()?;
    let draft = PrepareConsentRevocation { grounds: draft.grounds, legal_basis: draft.legal_basis };
    let target = target(&id, asked.if_match)?;
    let write = asked.write;
    answer::send(app.prepare_authorisation_revocation(&asked.caller, target, draft, write, changed).await?)
}

/// Revoke a consent
///
/// A decider, another person than the preparer, puts the very draft that they saw into effect. What additions added
/// ends with it.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath, IfMatchHeader),
    request_body = DraftSeenRequest, responses(AuthorisationShown))]
#[post("/api/v1/temporary-authorisations/{id}/revocation")]
pub(crate) async fn revoke_temporary_authorisation(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<DraftSeenRequest>,
) -> Result<HttpResponse, Problem> {
    let seen = asked.body.parse();
    let target = target(&id, asked.if_match)?;
    answer::send(app.revoke_authorisation(&asked.caller, target, seen, asked.write, changed).await?)
}
