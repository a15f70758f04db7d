//! What the steps of a notification have in common: which one, and how its change is answered.

use super::examples;
use super::view::TemporaryAuthorisationView;
use crate::answer::{path_id, written};
use crate::contract::example;
use actix_web::http::StatusCode;
use app::answer::StoredAnswer;
use app::failure::Failure;
use app::temporary_authorisation::{AuthorisationTarget, AuthorisationView};
use domain::ids::AuthorisationId;
use domain::paper::refusals::DUPLICATE;
use utoipa::{IntoParams, IntoResponses};
use uuid::Uuid;

/// Declares the id in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub struct AuthorisationPath {
    /// Id of the notification.
    #[param(example = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a60")]
    #[expect(dead_code, reason = "only describes the path; authorisation_id reads it")]
    id: Uuid,
}

pub(crate) fn authorisation_id(text: &str) -> Result<AuthorisationId, Failure> {
    path_id(text, AuthorisationId::parse)
}

pub(super) fn target(id: &str, if_match: Option<u64>) -> Result<AuthorisationTarget, Failure> {
    Ok(AuthorisationTarget { id: authorisation_id(id)?, if_match })
}

/// A child of the notification: whether it fits is decided by what is there, not by the revision that the caller saw.
pub(super) fn addition(id: &str) -> Result<AuthorisationTarget, Failure> {
    target(id, None)
}

fn revision(view: &AuthorisationView) -> Option<u64> {
    u64::try_from(view.revision).ok()
}

/// A new notification, where it is found.
pub(super) fn created(view: &AuthorisationView) -> StoredAnswer {
    let location = format!("/api/v1/temporary-authorisations/{}", view.id);
    written(StatusCode::CREATED, revision(view), Some(&location), &TemporaryAuthorisationView::of(view))
}

/// The notification after a step; accepted only, where the step's signature awaits validation.
pub(super) fn changed(view: &AuthorisationView) -> StoredAnswer {
    let status = if view.pending.is_some() { StatusCode::ACCEPTED } else { StatusCode::OK };
    written(status, revision(view), None, &TemporaryAuthorisationView::of(view))
}

/// The notification with one more entry or question.
pub(super) fn recorded(view: &AuthorisationView) -> StoredAnswer {
    written(StatusCode::CREATED, revision(view), None, &TemporaryAuthorisationView::of(view))
}

/// Declares the answer of a creation.
#[derive(IntoResponses)]
#[response(status = 201, description = "The new draft", headers(
    ("Location" = String, description = "Where it is found"),
    ("ETag" = String, description = "Its revision")))]
pub struct AuthorisationCreated(
    #[expect(dead_code, reason = "only describes the answer")] TemporaryAuthorisationView,
);

/// Declares the answer of an entry from paper.
#[derive(IntoResponses)]
#[response(status = 201, description = "The notification as it was entered, with the minister", headers(
    ("Location" = String, description = "Where it is found"),
    ("ETag" = String, description = "Its revision")), example = json!(examples::entered()))]
pub struct AuthorisationEntered(
    #[expect(dead_code, reason = "only describes the answer")] TemporaryAuthorisationView,
);

/// Declares why a paper is not entered although nothing of it is wrong.
#[derive(IntoResponses)]
#[response(status = 409, content_type = "application/problem+json",
    description = "This paper was entered already; `existing` names the notification",
    example = json!(example(DUPLICATE)))]
pub struct AuthorisationPaperKnown(
    #[expect(dead_code, reason = "only describes the answer")] crate::ProblemView,
);

/// Declares the answer of a step and of a read.
#[derive(IntoResponses)]
#[response(status = 200, description = "The notification in the view of the caller",
    headers(("ETag" = String, description = "Its revision")))]
pub struct AuthorisationShown(
    #[expect(dead_code, reason = "only describes the answer")] TemporaryAuthorisationView,
);

/// Declares the answer of a step whose signature has to be validated outside.
#[derive(IntoResponses)]
#[response(status = 202, description = "The trusted signature was received and awaits validation outside; the step is taken \
    by itself, as of now, when it is confirmed (`pendingStep`)",
    headers(("ETag" = String, description = "Its revision")), example = json!(examples::awaiting()))]
pub struct AuthorisationAwaits(
    #[expect(dead_code, reason = "only describes the answer")] TemporaryAuthorisationView,
);

/// Declares the answer of a new entry or question.
#[derive(IntoResponses)]
#[response(status = 201, description = "The notification with the new entry or question, the last of its list",
    headers(("ETag" = String, description = "Its revision")))]
pub struct AuthorisationRecorded(
    #[expect(dead_code, reason = "only describes the answer")] TemporaryAuthorisationView,
);
