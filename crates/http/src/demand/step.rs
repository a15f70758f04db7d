//! What the steps of a demand have in common: how its change is answered.

use super::examples::answers;
use super::place::collection;
use super::view::DemandShown;
use crate::ProblemView;
use crate::answer::written;
use crate::contract::example;
use actix_web::http::StatusCode;
use app::answer::StoredAnswer;
use app::demand::DemandView;
use app::faults::CLIENT_REFERENCE_TAKEN;
use app::signature::DocumentToSign;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::demand::paper::refusals::DUPLICATE;
use serde::Serialize;
use utoipa::{IntoParams, IntoResponses, ToSchema};
use uuid::Uuid;

/// Declares the id in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub struct DemandPath {
    /// Id of the demand.
    #[param(example = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42")]
    #[expect(dead_code, reason = "only describes the path; Place reads it")]
    id: Uuid,
}

/// A new demand, where it is found.
pub(crate) fn created(view: &DemandView) -> StoredAnswer {
    let location = format!("{}/{}", collection(view.kind), view.id);
    written(StatusCode::CREATED, revision(view), Some(&location), &DemandShown::of(view))
}

/// The demand after a step; accepted only, where the step's signature awaits validation.
pub(crate) fn changed(view: &DemandView) -> StoredAnswer {
    let status = if view.pending.is_some() { StatusCode::ACCEPTED } else { StatusCode::OK };
    written(status, revision(view), None, &DemandShown::of(view))
}

/// The demand with one more entry in its ledger.
pub(crate) fn recorded(view: &DemandView) -> StoredAnswer {
    written(StatusCode::CREATED, revision(view), None, &DemandShown::of(view))
}

/// Declares the answer of a creation.
#[derive(IntoResponses)]
#[response(status = 201, description = "The new draft", headers(
    ("Location" = String, description = "Where it is found"),
    ("ETag" = String, description = "Its revision")))]
pub struct DemandCreated(pub DemandShown);

/// Declares why a draft is not opened although nothing of it is wrong.
#[derive(IntoResponses)]
#[response(status = 409, content_type = "application/problem+json",
    description = "An open demand of this client bears the reference already; `existing` names it to its owner",
    example = json!(example(CLIENT_REFERENCE_TAKEN)))]
pub struct ReferenceTaken(pub ProblemView);

/// Declares the answer of an entry from paper.
#[derive(IntoResponses)]
#[response(status = 201, description = "The demand, with the minister", headers(
    ("Location" = String, description = "Where it is found"),
    ("ETag" = String, description = "Its revision")))]
pub struct DemandEntered(pub DemandShown);

/// Declares why a paper is not entered although nothing of it is wrong.
#[derive(IntoResponses)]
#[response(status = 409, content_type = "application/problem+json",
    description = "This paper was entered already; `existing` names the demand", example = json!(example(DUPLICATE)))]
pub struct PaperKnown(pub ProblemView);

/// Declares the answer of a step.
#[derive(IntoResponses)]
#[response(status = 200, description = "The demand after the step",
    headers(("ETag" = String, description = "Its revision")))]
pub struct DemandChanged(pub DemandShown);

/// Declares the answer of a step whose signature has to be validated outside.
#[derive(IntoResponses)]
#[response(status = 202, description = "The trusted signature was received and awaits validation outside; the step is taken \
    by itself, as of now, when it is confirmed (`pendingStep`)",
    headers(("ETag" = String, description = "Its revision")), example = json!(answers::awaiting()))]
pub struct DemandAwaits(pub DemandShown);

/// Declares the answer of a new entry.
#[derive(IntoResponses)]
#[response(status = 201, description = "The demand with the new entry or question, the last of its list",
    headers(("ETag" = String, description = "Its revision")))]
pub struct DemandRecorded(pub DemandShown);

/// Declares the answer of a report.
#[derive(IntoResponses)]
#[response(status = 201, description = "The demand with how far its list is (`patientList`)",
    headers(("ETag" = String, description = "Its revision")))]
pub struct TreatedReported(pub DemandShown);

/// Declares the answer of a read.
#[derive(IntoResponses)]
#[response(status = 200, description = "The demand in the view of the caller",
    headers(("ETag" = String, description = "Its revision")))]
pub struct DemandFound(pub DemandShown);

fn revision(view: &DemandView) -> Option<u64> {
    u64::try_from(view.revision).ok()
}

/// The exact bytes to sign; the step itself then takes the same request with the signature.
#[derive(Serialize, ToSchema)]
#[schema(as = DocumentToSign, example = json!({"payload": "eyJ0eXBlIjoiZGVtYW5kIn0",
    "sha256": "9273c0d01b48fd53816dc5a059e9512534a9451b26de6c5cc7ab3d6c96148cde"}))]
pub struct DocumentToSignView {
    /// RFC 8785 bytes in base64url without padding: the payload of the JWS.
    #[schema(example = "eyJ0eXBlIjoiZGVtYW5kIn0")]
    payload: String,
    /// SHA-256 of the bytes, in hexadecimal.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    sha256: String,
}

impl DocumentToSignView {
    pub fn of(document: &DocumentToSign) -> Self {
        Self { payload: URL_SAFE_NO_PAD.encode(&document.payload), sha256: hex::encode(document.sha256) }
    }
}
