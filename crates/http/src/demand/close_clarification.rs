//! The officer needs no answer any more.

use super::answer_clarification::{ClarificationPath, question};
use super::place::Place;
use super::requests::ReasonRequest;
use super::step::{DemandChanged, changed};
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Close a clarification
///
/// By the officer who has the case, with a reason; the case goes on without an answer.
#[utoipa::path(tag = "demands", params(ClarificationPath), request_body = ReasonRequest, responses(DemandChanged))]
#[post("/{id}/clarifications/{clarificationId}/closure")]
pub(crate) async fn close_demand_clarification(
    app: web::Data<App>,
    at: Place,
    asked: Asked<ReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let (child, id) = (at.addition()?, question(&at)?);
    answer::send(app.close_clarification(&asked.caller, child, id, reason, asked.write, changed).await?)
}
