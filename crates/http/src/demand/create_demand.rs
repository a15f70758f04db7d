//! A physician's software opens a draft.

use super::examples;
use super::place::Place;
use super::requests::DemandRequest;
use super::step::{DemandCreated, ReferenceTaken, created};
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Create a demand
///
/// Opens a draft. It may be incomplete, but never illegal: every illegal value is named at once. Whether it is complete
/// is asked by `POST /api/v1/medicine-demands/validations` and decided at the submission.
#[utoipa::path(tag = "demands", responses(DemandCreated, ReferenceTaken),
    request_body(content = DemandRequest, examples(
        ("1-outside-facility" = (summary = "For one patient, outside a facility", value = json!(examples::outside_facility()))),
        ("2-in-facility" = (summary = "For use in the facility, an ad-hoc need", value = json!(examples::in_facility()))),
        ("3-patient-list" = (summary = "For several patients of the facility", value = json!(examples::patient_list()))),
        ("4-bare" = (summary = "The least that a draft can be", value = json!(examples::bare()))),
        ("5-disaster" = (summary = "Because of a disaster (PF art. 4(9))", value = json!(examples::disaster())))
    )))]
#[post("")]
pub(crate) async fn create_demand(
    app: web::Data<App>,
    at: Place,
    asked: Asked<DemandRequest>,
) -> Result<HttpResponse, Problem> {
    let draft = asked.body.parse(at.kind())?;
    answer::send(app.create_demand(&asked.caller, draft, asked.write, created).await?)
}
