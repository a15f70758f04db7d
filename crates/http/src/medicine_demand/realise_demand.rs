//! A wholesaler records an import, a pharmacy a dispensing.

use super::requests::RealisationRequest;
use super::step::{DemandPath, DemandRecorded, addition, recorded};
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Record a realisation
///
/// `IMPORTED` by the wholesaler, `DISPENSED` by the pharmacy. Each kind adds up to at most the approved quantity, of
/// which the last whole pack may go beyond. Entries never change; a wrong one is reversed. An `If-Match` is ignored:
/// what has been drawn decides whether the entry fits.
#[utoipa::path(tag = "medicine-demands", params(DemandPath), request_body = RealisationRequest,
    responses(DemandRecorded))]
#[post("/api/v1/medicine-demands/{id}/realisations")]
pub(crate) async fn realise_medicine_demand(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<RealisationRequest>,
) -> Result<HttpResponse, Problem> {
    let entry = asked.body.parse()?;
    let child = addition(&id)?;
    answer::send(app.realise_demand(&asked.caller, child, entry, asked.write, recorded).await?)
}
