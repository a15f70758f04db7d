//! The minister asks wholesaler or office about a notification, and is answered.

use super::choices::AuthorisationAddressee;
use super::step::{
    AuthorisationPath, AuthorisationRecorded, AuthorisationShown, addition, changed, recorded,
};
use crate::answer::path_id;
use crate::clarification::ClarificationAnswerRequest;
use crate::clarification::requests::question;
use crate::demand::requests::ReasonRequest;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;
use app::clarification::AskClarification;
use app::failure::Failure;
use domain::ids::ClarificationId;
use domain::temporary_authorisation::clarification::Addressee;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"addressee": "WHOLESALER", "question": "Kiedy serie zostaną wprowadzone?", "days": 14}))]
pub struct AuthorisationClarificationRequest {
    pub addressee: AuthorisationAddressee,
    #[schema(min_length = 1, max_length = 4000)]
    pub question: String,
    /// How many days the addressee has; the day of the question is not counted.
    #[schema(minimum = 7, maximum = 60, example = 14)]
    pub days: u32,
}

impl AuthorisationClarificationRequest {
    pub fn parse(&self) -> Result<AskClarification<Addressee>, Failure> {
        question(self.addressee.into(), &self.question, self.days)
    }
}

/// Ask for a clarification of a notification
///
/// The officer who has the case asks the wholesaler or an office; one question at a time. The case is in `CLARIFICATION`
/// until it is answered or closed, or its term of 7 to 60 days ends, and then goes back to the officer. Only the addressee
/// and the ministry see the question. An office that is asked sees product, batches and the reasons of the notification
/// meanwhile. An `If-Match` is ignored.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath),
    request_body = AuthorisationClarificationRequest, responses(AuthorisationRecorded))]
#[post("/api/v1/temporary-authorisations/{id}/clarifications")]
pub(crate) async fn ask_temporary_authorisation_clarification(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<AuthorisationClarificationRequest>,
) -> Result<HttpResponse, Problem> {
    let question = asked.body.parse()?;
    let (target, write) = (addition(&id)?, asked.write);
    answer::send(app.ask_authorisation_clarification(&asked.caller, target, question, write, recorded).await?)
}

/// Declares the ids in the path.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct AuthorisationClarificationPath {
    /// Id of the notification.
    #[param(example = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a60")]
    #[expect(dead_code, reason = "only describes the path; the handler reads it")]
    id: Uuid,
    /// Id of the question.
    #[param(rename = "clarificationId", example = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a46")]
    #[expect(dead_code, reason = "only describes the path; the handler reads it")]
    clarification_id: Uuid,
}

/// Answer a clarification of a notification
///
/// By the addressee – for the wholesaler its responsible person or its representative – or by the officer who has the case
/// with the addressee's `letter`. The case goes back to the officer. An `If-Match` is ignored.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationClarificationPath),
    request_body = ClarificationAnswerRequest, responses(AuthorisationShown))]
#[post("/api/v1/temporary-authorisations/{id}/clarifications/{clarificationId}/answer")]
pub(crate) async fn answer_temporary_authorisation_clarification(
    app: web::Data<App>,
    ids: web::Path<(String, String)>,
    asked: Asked<ClarificationAnswerRequest>,
) -> Result<HttpResponse, Problem> {
    let given = asked.body.parse(path_id(&ids.1, ClarificationId::parse)?)?;
    let (target, write) = (addition(&ids.0)?, asked.write);
    answer::send(app.answer_authorisation_clarification(&asked.caller, target, given, write, changed).await?)
}

/// Close a clarification of a notification
///
/// By the officer who has the case, with a reason; the case goes on without an answer. An `If-Match` is ignored.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationClarificationPath),
    request_body = ReasonRequest, responses(AuthorisationShown))]
#[post("/api/v1/temporary-authorisations/{id}/clarifications/{clarificationId}/closure")]
pub(crate) async fn close_temporary_authorisation_clarification(
    app: web::Data<App>,
    ids: web::Path<(String, String)>,
    asked: Asked<ReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let id = path_id(&ids.1, ClarificationId::parse)?;
    let (target, write) = (addition(&ids.0)?, asked.write);
    let closed = app.close_authorisation_clarification(&asked.caller, target, id, reason, write, changed);
    answer::send(closed.await?)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;
    use utoipa::PartialSchema;

    #[test]
    fn the_example_is_a_question_without_faults() {
        let schema = serde_json::to_value(AuthorisationClarificationRequest::schema()).unwrap();
        let example: AuthorisationClarificationRequest =
            serde_json::from_value(schema["example"].clone()).unwrap();
        assert_eq!(example.parse().unwrap().addressee, Addressee::Wholesaler);
        let empty = AuthorisationClarificationRequest { question: String::new(), ..example };
        let Err(Failure::Refused(refused)) = empty.parse() else { panic!("was read") };
        assert_eq!(refused.violations[0].pointer, "/question");
    }
}
