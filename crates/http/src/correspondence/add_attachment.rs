//! A party adds a file.

use super::attachments::{AttachmentAdded, AttachmentFile, added};
use super::upload::{Asked, Body, TitleHeader, UploadQuery};
use crate::ProblemView;
use crate::contract::example;
use crate::demand::place::Place;
use crate::demand::step::DemandPath;
use crate::edge::Edge;
use crate::problem::Problem;
use actix_web::{HttpRequest, HttpResponse, post, web};
use app::App;
use app::correspondence::CaseTarget;
use app::failure::Failure;
use domain::correspondence::refusals::{TOO_LARGE, TYPE};

/// Add an attachment
///
/// The body is the file itself: PDF, PNG, JPEG or TIFF by its content, 20 MiB at most. Whoever is named reads it, together
/// with the sender's party, and nobody else. A case has 200 attachments at most, and a client sends
/// 8 at once. The demand's revision stays; an `If-Match` is ignored.
#[utoipa::path(tag = "demands", params(DemandPath, UploadQuery, TitleHeader),
    request_body(description = "The file", content(
        (AttachmentFile = "application/pdf"), (AttachmentFile = "image/png"), (AttachmentFile = "image/jpeg"),
        (AttachmentFile = "image/tiff"))),
    responses(AttachmentAdded,
        (status = 413, description = "The file is larger than 20 MiB", content_type = "application/problem+json",
            body = ProblemView, example = json!(example(TOO_LARGE))),
        (status = 415, description = "The file is no PDF, PNG, JPEG or TIFF", content_type = "application/problem+json",
            body = ProblemView, example = json!(example(TYPE)))))]
#[post("/{id}/attachments")]
pub(crate) async fn add_demand_attachment(
    request: HttpRequest,
    app: web::Data<App>,
    edge: web::Data<Edge>,
    at: Place,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    add(&request, &app, &edge, at.case(), payload).await
}

/// Takes the file in for a case of either kind.
pub(super) async fn add(
    request: &HttpRequest,
    app: &App,
    edge: &Edge,
    case: Result<CaseTarget, Failure>,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let asked = Asked::of(request).await.map_err(Problem::and_closes)?;
    let case = case.map_err(|failure| Problem::from(failure).and_closes())?;
    let mut body = Body::of(payload, edge);
    let Asked { caller, attachment, write } = asked;
    let outcome = app.add_attachment(&caller, case, attachment, write, &mut body, added).await;
    body.answer(outcome)
}
