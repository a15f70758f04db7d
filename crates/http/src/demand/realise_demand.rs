//! A wholesaler records an import, a pharmacy a dispensing.

use super::place::Place;
use super::requests::RealisationRequest;
use super::step::{DemandPath, DemandRecorded, recorded};
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Record a realisation
///
/// `IMPORTED` by the wholesaler, `DISPENSED` by the pharmacy. Each kind adds up to at most the approved quantity, of
/// which the last whole pack may go beyond. Entries never change; a wrong one is reversed. An `If-Match` is ignored:
/// what has been drawn decides whether the entry fits.
#[utoipa::path(tag = "demands", params(DemandPath), request_body = RealisationRequest,
    responses(DemandRecorded))]
#[post("/{id}/realisations")]
pub(crate) async fn realise_demand(
    app: web::Data<App>,
    at: Place,
    asked: Asked<RealisationRequest>,
) -> Result<HttpResponse, Problem> {
    let entry = asked.body.parse()?;
    let child = at.addition()?;
    answer::send(app.realise_demand(&asked.caller, child, entry, asked.write, recorded).await?)
}
