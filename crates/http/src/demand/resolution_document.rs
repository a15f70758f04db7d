//! The bytes that the decider signs.

use super::place::Place;
use super::requests::DraftSeenRequest;
use super::step::{DemandPath, DocumentToSignView};
use crate::problem::Problem;
use crate::{Looked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Get the bytes to sign for a resolution
///
/// Takes the body of the resolution without `signature`; 409 where the draft is another one by now. Writes nothing; the
/// bytes hold no clock reading.
#[utoipa::path(tag = "demands", params(DemandPath), request_body = DraftSeenRequest,
    responses((status = 200, description = "The exact bytes to sign", body = DocumentToSignView),
              (status = 409, description = "The draft is another one by now, or there is none",
               body = crate::ProblemView, content_type = "application/problem+json")))]
#[post("/{id}/resolution/document")]
pub(crate) async fn get_demand_resolution_document(
    app: web::Data<App>,
    at: Place,
    asked: Looked<DraftSeenRequest>,
) -> Result<HttpResponse, Problem> {
    let seen = asked.body.parse();
    let document = app.resolution_document(&asked.caller, at.target(None)?, seen, &asked.trace_id).await?;
    answer::plain(&DocumentToSignView::of(&document))
}
