//! The physician reports who was treated from an ad-hoc need.

use super::place::Place;
use super::requests::TreatedPatientsRequest;
use super::step::{DemandPath, TreatedReported, recorded};
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Report treated patients
///
/// Of a demand for an ad-hoc need, once it was handed over: who was given how much, in one report or in several, when the
/// treatment of all ended, and that the list is whole (`final`). The list is due 30 days after the end of treatment,
/// unless the operator says otherwise; that term (`PATIENT_LIST`) only reminds. Lines never change; a wrong one is taken
/// back. An `If-Match` is ignored.
#[utoipa::path(tag = "demands", params(DemandPath), request_body = TreatedPatientsRequest,
    responses(TreatedReported))]
#[post("/{id}/treated-patients")]
pub(crate) async fn report_demand_treated_patients(
    app: web::Data<App>,
    at: Place,
    asked: Asked<TreatedPatientsRequest>,
) -> Result<HttpResponse, Problem> {
    let report = asked.body.parse()?;
    let child = at.addition()?;
    answer::send(app.report_treated_patients(&asked.caller, child, report, asked.write, recorded).await?)
}
