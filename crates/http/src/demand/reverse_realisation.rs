//! Whoever recorded an entry reverses it.

use super::place::Place;
use super::requests::ReversalRequest;
use super::step::{DemandChanged, changed};
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;
use domain::ids::RealisationId;
use uuid::Uuid;

/// Declares the ids in the path.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct RealisationPath {
    /// Id of the demand.
    #[param(example = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42")]
    #[expect(dead_code, reason = "only describes the path; the handler reads it")]
    id: Uuid,
    /// Id of the entry in the demand's ledger.
    #[param(rename = "realisationId", example = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a44")]
    #[expect(dead_code, reason = "only describes the path; the handler reads it")]
    realisation_id: Uuid,
}

/// Reverse a realisation
///
/// By the organisation that recorded it, with a reason. The entry stays and does not count any more; a realised demand
/// is open again where something is left to draw. An `If-Match` is ignored.
#[utoipa::path(tag = "demands", params(RealisationPath), request_body = ReversalRequest,
    responses(DemandChanged))]
#[post("/{id}/realisations/{realisationId}/reversal")]
pub(crate) async fn reverse_demand_realisation(
    app: web::Data<App>,
    at: Place,
    asked: Asked<ReversalRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let child = at.addition()?;
    let entry = at.child("realisationId", RealisationId::parse)?;
    answer::send(app.reverse_realisation(&asked.caller, child, entry, reason, asked.write, changed).await?)
}
