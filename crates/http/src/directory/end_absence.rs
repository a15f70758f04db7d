//! A consultant is back, or does not leave.

use super::absences::{AbsencePath, AbsenceView, absence_id, consultant_id, shown};
use crate::demand::requests::NothingRequest;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// End an absence of a consultant
///
/// From now on it covers no day; a substitute who has not answered yet sees the demands no more. An `If-Match` is ignored.
#[utoipa::path(tag = "directory", params(AbsencePath), request_body = NothingRequest,
    responses((status = 200, description = "As it is now", body = AbsenceView)))]
#[post("/api/v1/consultants/{id}/absences/{absenceId}/end")]
pub(crate) async fn end_absence(
    app: web::Data<App>,
    ids: web::Path<(String, String)>,
    asked: Asked<NothingRequest>,
) -> Result<HttpResponse, Problem> {
    let (consultant, absence) = (consultant_id(&ids.0)?, absence_id(&ids.1)?);
    answer::send(app.end_absence(&asked.caller, consultant, absence, asked.write, shown).await?)
}
