//! The physician takes back that a list of treated patients is whole, and the end of treatment.

use super::place::Place;
use super::requests::ReversalRequest;
use super::step::{DemandChanged, DemandPath, changed};
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Open the list of treated patients again
///
/// With a reason. The list is not whole any more, and the end of treatment is to be stated anew; its lines stay, and its
/// term does not run meanwhile. An `If-Match` is ignored.
#[utoipa::path(tag = "demands", params(DemandPath), request_body = ReversalRequest, responses(DemandChanged))]
#[post("/{id}/treated-patients/reopening")]
pub(crate) async fn reopen_demand_patient_list(
    app: web::Data<App>,
    at: Place,
    asked: Asked<ReversalRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let child = at.addition()?;
    answer::send(app.reopen_patient_list(&asked.caller, child, reason, asked.write, changed).await?)
}
