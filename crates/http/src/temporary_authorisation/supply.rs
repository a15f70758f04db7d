//! What pharmacies and the wholesaler do with a consent.

use super::requests::{ConsentHandoverReturnRequest, ConsentRealisationRequest};
use super::step::{
    AuthorisationPath, AuthorisationRecorded, AuthorisationShown, addition, changed, recorded, target,
};
use crate::answer::path_id;
use crate::demand::requests::{NothingRequest, ReversalRequest};
use crate::headers::IfMatchHeader;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;
use domain::ids::{OrganisationId, RealisationId};
use uuid::Uuid;

/// Hand a consent over to its wholesaler
///
/// A pharmacy that retrieved the consent passes it on to the wholesaler that notified, in its period, and will receive
/// the product. Any number of pharmacies may, each once (PF art. 4ad(5)).
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath, IfMatchHeader),
    request_body = NothingRequest, responses(AuthorisationShown))]
#[post("/api/v1/temporary-authorisations/{id}/handover")]
pub(crate) async fn hand_over_temporary_authorisation(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<NothingRequest>,
) -> Result<HttpResponse, Problem> {
    let target = target(&id, asked.if_match)?;
    answer::send(app.hand_over_consent(&asked.caller, target, asked.write, changed).await?)
}

/// Take a hand-over of a consent back
///
/// Recalled by the pharmacy, or declined by the wholesaler, while that pharmacy has dispensed nothing.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath, IfMatchHeader),
    request_body = ConsentHandoverReturnRequest, responses(AuthorisationShown))]
#[post("/api/v1/temporary-authorisations/{id}/handover-return")]
pub(crate) async fn return_temporary_authorisation_handover(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<ConsentHandoverReturnRequest>,
) -> Result<HttpResponse, Problem> {
    let pharmacy = asked.body.pharmacy_id.map(OrganisationId);
    let target = target(&id, asked.if_match)?;
    answer::send(app.return_consent_handover(&asked.caller, target, pharmacy, asked.write, changed).await?)
}

/// Draw on a consent
///
/// The wholesaler records what it brought in, a pharmacy that passed the consent on what it dispensed: batches of the
/// consent only, each kind up to its quantity, in its period. An `If-Match` is ignored.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath),
    request_body = ConsentRealisationRequest, responses(AuthorisationRecorded))]
#[post("/api/v1/temporary-authorisations/{id}/realisations")]
pub(crate) async fn draw_temporary_authorisation(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<ConsentRealisationRequest>,
) -> Result<HttpResponse, Problem> {
    let entry = asked.body.parse()?;
    answer::send(app.draw_consent(&asked.caller, addition(&id)?, entry, asked.write, recorded).await?)
}

/// Declares the ids in the path.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ConsentEntryPath {
    /// Id of the notification.
    #[param(example = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a60")]
    #[expect(dead_code, reason = "only describes the path; the handler reads it")]
    id: Uuid,
    /// Id of the entry in the consent's ledger.
    #[param(rename = "realisationId", example = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a44")]
    #[expect(dead_code, reason = "only describes the path; the handler reads it")]
    realisation_id: Uuid,
}

/// Reverse an entry on a consent
///
/// By the organisation that recorded it, with a reason. The entry stays and does not count any more. An `If-Match` is
/// ignored.
#[utoipa::path(tag = "temporary-authorisations", params(ConsentEntryPath), request_body = ReversalRequest,
    responses(AuthorisationShown))]
#[post("/api/v1/temporary-authorisations/{id}/realisations/{realisationId}/reversal")]
pub(crate) async fn reverse_temporary_authorisation_realisation(
    app: web::Data<App>,
    ids: web::Path<(String, String)>,
    asked: Asked<ReversalRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let target = addition(&ids.0)?;
    let entry = path_id(&ids.1, RealisationId::parse)?;
    let reversed = app.reverse_consent_entry(&asked.caller, target, entry, reason, asked.write, changed);
    answer::send(reversed.await?)
}
