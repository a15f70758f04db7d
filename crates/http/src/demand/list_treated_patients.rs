//! Who was treated from an ad-hoc need.

use super::place::Place;
use super::step::DemandPath;
use super::view::TreatedPatientsView;
use crate::headers::IfNoneMatchHeader;
use crate::problem::Problem;
use crate::{Authenticated, answer};
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use app::recorded::Read;

/// List the treated patients of an ad-hoc need
///
/// The whole list for the physician, the entity's representative and the ministry's officers who have the case; a patient
/// sees their own lines alone. Empty for a demand whose patients are named in it.
#[utoipa::path(tag = "demands", params(DemandPath, IfNoneMatchHeader),
    responses((status = 200, description = "The lines, oldest first", body = TreatedPatientsView)))]
#[get("/{id}/treated-patients")]
pub(crate) async fn list_demand_treated_patients(
    request: HttpRequest,
    app: web::Data<App>,
    at: Place,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let read = app.list_treated_patients(&asked.caller, at.demand()?, &asked.trace_id).await?;
    let Read { told, record } = read;
    answer::on_record(&app, record, answer::look(&request, &TreatedPatientsView::of(&told))?).await
}
