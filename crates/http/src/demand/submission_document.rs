//! The bytes that the physician signs.

use super::place::Place;
use super::requests::SubmissionDocumentRequest;
use super::step::{DemandPath, DocumentToSignView};
use crate::problem::Problem;
use crate::{Looked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Get the bytes to sign for a submission
///
/// Takes the body of the submission without `signature`; the consultant stays outside the bytes. Writes nothing;
/// the bytes hold no clock reading.
#[utoipa::path(tag = "demands", params(DemandPath), request_body = SubmissionDocumentRequest,
    responses((status = 200, description = "The exact bytes to sign", body = DocumentToSignView),
              (status = 409, description = "The present state does not admit this step",
               body = crate::ProblemView, content_type = "application/problem+json")))]
#[post("/{id}/submission/document")]
pub(crate) async fn get_demand_submission_document(
    app: web::Data<App>,
    at: Place,
    asked: Looked<SubmissionDocumentRequest>,
) -> Result<HttpResponse, Problem> {
    asked.body.parse()?;
    let document = app.submission_document(&asked.caller, at.target(None)?, &asked.trace_id).await?;
    answer::plain(&DocumentToSignView::of(&document))
}
