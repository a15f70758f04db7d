//! The bytes that the consultant signs.

use super::place::Place;
use super::requests::OpinionDocumentRequest;
use super::step::{DemandPath, DocumentToSignView};
use crate::problem::Problem;
use crate::{Looked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;

/// Get the bytes to sign for an opinion
///
/// Takes the body of the opinion without `signature`. Writes nothing; the bytes hold no clock reading.
#[utoipa::path(tag = "demands", params(DemandPath), request_body = OpinionDocumentRequest,
    responses((status = 200, description = "The exact bytes to sign", body = DocumentToSignView),
              (status = 409, description = "The present state does not admit this step",
               body = crate::ProblemView, content_type = "application/problem+json")))]
#[post("/{id}/opinion/document")]
pub(crate) async fn get_demand_opinion_document(
    app: web::Data<App>,
    at: Place,
    asked: Looked<OpinionDocumentRequest>,
) -> Result<HttpResponse, Problem> {
    let opinion = asked.body.parse()?;
    let target = at.target(None)?;
    let document = app
        .opinion_document(&asked.caller, target, opinion.verdict, opinion.justification, &asked.trace_id)
        .await?;
    answer::plain(&DocumentToSignView::of(&document))
}
