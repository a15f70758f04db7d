//! Messages and attachments of temporary authorisations: the operations of demands under another address.

use super::attachments::{AttachmentAdded, AttachmentFile, AttachmentPath};
use super::download_attachment::{RangeHeader, download};
use super::list_attachments::{AttachmentsQuery, AttachmentsView};
use super::list_messages::{MessagesQuery, MessagesView};
use super::messages::{MessageMarked, MessagePath, MessageRequest, MessageSent, marked, sent};
use super::upload::{TitleHeader, UploadQuery};
use super::{add_attachment, list_attachments, list_messages};
use crate::answer::path_id;
use crate::authentication::Authenticated;
use crate::contract::example;
use crate::demand::requests::NothingRequest;
use crate::edge::Edge;
use crate::headers::IfNoneMatchHeader;
use crate::problem::Problem;
use crate::temporary_authorisation::AUTHORISATIONS;
use crate::temporary_authorisation::step::{AuthorisationPath, authorisation_id};
use crate::{Asked, Inquired, ProblemView, answer};
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use app::App;
use app::correspondence::CaseTarget;
use app::failure::Failure;
use app::faults::{ATTACHMENT_DAMAGED, ATTACHMENT_RANGE};
use domain::correspondence::refusals::{TOO_LARGE, TYPE};
use domain::ids::{AttachmentId, MessageId};

fn case(id: &str) -> Result<CaseTarget, Failure> {
    authorisation_id(id).map(CaseTarget::Authorisation)
}

/// Send a message about a notification
///
/// To parties of the case, who hear of it by an event. `PHARMACY` is every pharmacy that retrieved the consent. The
/// notification's revision stays; an `If-Match` is ignored.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath), request_body = MessageRequest,
    responses(MessageSent))]
#[post("/api/v1/temporary-authorisations/{id}/messages")]
pub(crate) async fn send_temporary_authorisation_message(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<MessageRequest>,
) -> Result<HttpResponse, Problem> {
    let message = asked.body.parse()?;
    answer::send(app.send_message(&asked.caller, case(&id)?, message, asked.write, sent).await?)
}

/// List messages about a notification
///
/// The newest first: what the caller's party has sent and received, and nothing else.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath, MessagesQuery, IfNoneMatchHeader),
    responses((status = 200, description = "A page of messages", body = MessagesView,
        headers(("ETag" = String, description = "Weak tag of this page"),
                ("Link" = String, description = "The next page, when there is one (RFC 8288)")))))]
#[get("/api/v1/temporary-authorisations/{id}/messages")]
pub(crate) async fn list_temporary_authorisation_messages(
    request: HttpRequest,
    app: web::Data<App>,
    edge: web::Data<Edge>,
    id: web::Path<String>,
    asked: Inquired<MessagesQuery>,
) -> Result<HttpResponse, Problem> {
    let address = format!("{AUTHORISATIONS}/{{id}}/messages");
    list_messages::list(&request, &app, &edge, case(&id)?, &address, asked).await
}

/// Mark a message about a notification as read
///
/// By a person of a party that received it; the sender's party sees who read it when. The first mark of a person counts.
#[utoipa::path(tag = "temporary-authorisations", params(MessagePath), request_body = NothingRequest,
    responses(MessageMarked))]
#[post("/api/v1/temporary-authorisations/{id}/messages/{messageId}/read")]
pub(crate) async fn mark_temporary_authorisation_message_read(
    app: web::Data<App>,
    at: web::Path<(String, String)>,
    asked: Asked<NothingRequest>,
) -> Result<HttpResponse, Problem> {
    let (case, message) = (case(&at.0)?, path_id(&at.1, MessageId::parse)?);
    answer::send(app.mark_message_read(&asked.caller, case, message, asked.write, marked).await?)
}

/// Add an attachment to a notification
///
/// The body is the file itself: PDF, PNG, JPEG or TIFF by its content, 20 MiB at most. Whoever is named reads it, together
/// with the sender's party, and nobody else. A case has 200 attachments at most, and a client sends 8 at once. The documents that the content names by their digest are added before the
/// submission, for `REPRESENTATIVE` and `MINISTRY`. The notification's revision stays; an `If-Match` is ignored.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath, UploadQuery, TitleHeader),
    request_body(description = "The file", content(
        (AttachmentFile = "application/pdf"), (AttachmentFile = "image/png"), (AttachmentFile = "image/jpeg"),
        (AttachmentFile = "image/tiff"))),
    responses(AttachmentAdded,
        (status = 413, description = "The file is larger than 20 MiB", content_type = "application/problem+json",
            body = ProblemView, example = json!(example(TOO_LARGE))),
        (status = 415, description = "The file is no PDF, PNG, JPEG or TIFF", content_type = "application/problem+json",
            body = ProblemView, example = json!(example(TYPE)))))]
#[post("/api/v1/temporary-authorisations/{id}/attachments")]
pub(crate) async fn add_temporary_authorisation_attachment(
    request: HttpRequest,
    app: web::Data<App>,
    edge: web::Data<Edge>,
    id: web::Path<String>,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    add_attachment::add(&request, &app, &edge, case(&id), payload).await
}

/// List attachments of a notification
///
/// The newest first: files that the caller's party has added and received, without their content.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath, AttachmentsQuery, IfNoneMatchHeader),
    responses((status = 200, description = "A page of attachments", body = AttachmentsView,
        headers(("ETag" = String, description = "Weak tag of this page"),
                ("Link" = String, description = "The next page, when there is one (RFC 8288)")))))]
#[get("/api/v1/temporary-authorisations/{id}/attachments")]
pub(crate) async fn list_temporary_authorisation_attachments(
    request: HttpRequest,
    app: web::Data<App>,
    edge: web::Data<Edge>,
    id: web::Path<String>,
    asked: Inquired<AttachmentsQuery>,
) -> Result<HttpResponse, Problem> {
    let address = format!("{AUTHORISATIONS}/{{id}}/attachments");
    list_attachments::list(&request, &app, &edge, case(&id)?, &address, asked).await
}

/// Download an attachment of a notification
///
/// The content of the file, whole or in part. What does not arrive up to its announced length was found to be altered or
/// could not be read to its end, and must not be used.
#[utoipa::path(tag = "temporary-authorisations", params(AttachmentPath, RangeHeader, IfNoneMatchHeader),
    responses(
        (status = 200, description = "The file", headers(
            ("ETag" = String, description = "SHA-256 of the file, in hexadecimal"),
            ("Content-Disposition" = String, description = "A file name made of the id")),
            content((AttachmentFile = "application/pdf"), (AttachmentFile = "image/png"),
                (AttachmentFile = "image/jpeg"), (AttachmentFile = "image/tiff"))),
        (status = 206, description = "The part that `Range` names", headers(
            ("Content-Range" = String, description = "Which part it is, and how large the file is")),
            content((AttachmentFile = "application/pdf"), (AttachmentFile = "image/png"),
                (AttachmentFile = "image/jpeg"), (AttachmentFile = "image/tiff"))),
        (status = 416, description = "The file ends before the part that `Range` names",
            content_type = "application/problem+json", body = ProblemView, example = json!(example(ATTACHMENT_RANGE))),
        (status = 500, description = "The file is not what was stored, or our fault",
            content_type = "application/problem+json", body = ProblemView,
            example = json!(example(ATTACHMENT_DAMAGED)))))]
#[get("/api/v1/temporary-authorisations/{id}/attachments/{attachmentId}")]
pub(crate) async fn download_temporary_authorisation_attachment(
    request: HttpRequest,
    app: web::Data<App>,
    at: web::Path<(String, String)>,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let (case, file) = (case(&at.0)?, path_id(&at.1, AttachmentId::parse)?);
    download(&request, &app, case, file, &asked).await
}
