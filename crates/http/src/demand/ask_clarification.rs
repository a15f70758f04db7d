//! The minister asks.

use super::place::Place;
use super::requests::ClarificationRequest;
use super::step::{DemandPath, DemandRecorded, recorded};
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Ask for a clarification
///
/// The officer who has the case asks physician, consultant, or an office; one question at a time. The case is in
/// `CLARIFICATION` until it is answered or closed, or its term of 7 to 60 days ends, and then goes back to the officer. Only
/// the addressee and the ministry see the question. An office that is asked sees product, quantity and indication
/// meanwhile, and nothing of a patient.
#[utoipa::path(tag = "demands", params(DemandPath), request_body = ClarificationRequest, responses(DemandRecorded))]
#[post("/{id}/clarifications")]
pub(crate) async fn ask_demand_clarification(
    app: web::Data<App>,
    at: Place,
    asked: Asked<ClarificationRequest>,
) -> Result<HttpResponse, Problem> {
    let question = asked.body.parse()?;
    answer::send(app.ask_clarification(&asked.caller, at.addition()?, question, asked.write, recorded).await?)
}
