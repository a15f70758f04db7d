//! The physician takes a wrong line of the list of treated patients back.

use super::place::Place;
use super::requests::ReversalRequest;
use super::step::{DemandChanged, changed};
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;
use domain::ids::TreatedPatientId;
use uuid::Uuid;

/// Declares the ids in the path.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct TreatedPatientPath {
    /// Id of the demand.
    #[param(example = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42")]
    #[expect(dead_code, reason = "only describes the path; the handler reads it")]
    id: Uuid,
    /// Id of the line in the list of treated patients.
    #[param(rename = "treatedPatientId", example = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a48")]
    #[expect(dead_code, reason = "only describes the path; the handler reads it")]
    treated_patient_id: Uuid,
}

/// Take a treated patient back
///
/// With a reason. The line stays and does not count any more, and whom it named by mistake sees the demand no longer; a
/// list that was whole is open again, so that the right line can follow. An `If-Match` is ignored.
#[utoipa::path(tag = "demands", params(TreatedPatientPath), request_body = ReversalRequest,
    responses(DemandChanged))]
#[post("/{id}/treated-patients/{treatedPatientId}/reversal")]
pub(crate) async fn take_back_demand_treated_patient(
    app: web::Data<App>,
    at: Place,
    asked: Asked<ReversalRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let child = at.addition()?;
    let line = at.child("treatedPatientId", TreatedPatientId::parse)?;
    answer::send(
        app.take_back_treated_patient(&asked.caller, child, line, reason, asked.write, changed).await?,
    )
}
