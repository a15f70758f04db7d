//! The bytes that the representative signs.

use super::place::Place;
use super::requests::NothingRequest;
use super::step::{DemandPath, DocumentToSignView};
use crate::problem::Problem;
use crate::{Looked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Get the bytes to sign for a representative's approval
///
/// Takes the body of the approval without `signature`: an empty object. Writes nothing; the bytes hold no clock
/// reading.
#[utoipa::path(tag = "demands", params(DemandPath), request_body = NothingRequest,
    responses((status = 200, description = "The exact bytes to sign", body = DocumentToSignView),
              (status = 409, description = "The present state does not admit this step",
               body = crate::ProblemView, content_type = "application/problem+json")))]
#[post("/{id}/representative-approval/document")]
pub(crate) async fn get_demand_approval_document(
    app: web::Data<App>,
    at: Place,
    asked: Looked<NothingRequest>,
) -> Result<HttpResponse, Problem> {
    let document = app.approval_document(&asked.caller, at.target(None)?, &asked.trace_id).await?;
    answer::plain(&DocumentToSignView::of(&document))
}
