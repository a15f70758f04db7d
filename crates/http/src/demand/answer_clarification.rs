//! The addressee answers, or the officer enters their letter.

use super::place::Place;
use super::step::{DemandChanged, changed};
use crate::clarification::ClarificationAnswerRequest;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;
use domain::ids::ClarificationId;
use uuid::Uuid;

/// Declares the ids in the path.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ClarificationPath {
    /// Id of the demand.
    #[param(example = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42")]
    #[expect(dead_code, reason = "only describes the path; Place reads it")]
    id: Uuid,
    /// Id of the question.
    #[param(rename = "clarificationId", example = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a46")]
    #[expect(dead_code, reason = "only describes the path; Place reads it")]
    clarification_id: Uuid,
}

pub(super) fn question(at: &Place) -> Result<ClarificationId, app::failure::Failure> {
    at.child("clarificationId", ClarificationId::parse)
}

/// Answer a clarification
///
/// By the addressee, or by the officer who has the case with the addressee's `letter`. The case goes back to the officer.
#[utoipa::path(tag = "demands", params(ClarificationPath), request_body = ClarificationAnswerRequest,
    responses(DemandChanged))]
#[post("/{id}/clarifications/{clarificationId}/answer")]
pub(crate) async fn answer_demand_clarification(
    app: web::Data<App>,
    at: Place,
    asked: Asked<ClarificationAnswerRequest>,
) -> Result<HttpResponse, Problem> {
    let given = asked.body.parse(question(&at)?)?;
    let child = at.addition()?;
    answer::send(app.answer_clarification(&asked.caller, child, given, asked.write, changed).await?)
}
