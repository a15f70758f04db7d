//! The bytes of a file.

use super::attachments::{AttachmentFile, AttachmentPath};
use super::range::{self, Wanted};
use crate::ProblemView;
use crate::answer::is_known;
use crate::authentication::Authenticated;
use crate::contract::example;
use crate::demand::place::Place;
use crate::headers::IfNoneMatchHeader;
use crate::problem::Problem;
use actix_web::body::SizedStream;
use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderValue,
};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use app::correspondence::{CaseTarget, FileContent, StoredFile};
use app::faults::{ATTACHMENT_DAMAGED, ATTACHMENT_RANGE};
use app::recorded::Read;
use domain::ids::AttachmentId;
use futures_util::{Stream, stream};

/// Declares `Range`.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Header)]
pub(crate) struct RangeHeader {
    /// One range of bytes (RFC 9110 §14.2).
    #[param(rename = "Range", example = "bytes=0-65535", required = false)]
    #[expect(dead_code, reason = "only describes the header; range reads it")]
    range: String,
    /// The `ETag` of the file of which a part is known; the whole is sent where it is another.
    #[param(rename = "If-Range", required = false)]
    #[expect(dead_code, reason = "only describes the header; range reads it")]
    if_range: String,
}

/// Download an attachment
///
/// The content of the file, whole or in part. What does not arrive up to its announced length was found to be altered or
/// could not be read to its end, and must not be used.
#[utoipa::path(tag = "demands", params(AttachmentPath, RangeHeader, IfNoneMatchHeader),
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
#[get("/{id}/attachments/{attachmentId}")]
pub(crate) async fn download_demand_attachment(
    request: HttpRequest,
    app: web::Data<App>,
    at: Place,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let (case, id) = (at.case()?, at.child("attachmentId", AttachmentId::parse)?);
    download(&request, &app, case, id, &asked).await
}

/// Answers the bytes of a file of a case of either kind.
pub(super) async fn download(
    request: &HttpRequest,
    app: &App,
    case: CaseTarget,
    id: AttachmentId,
    asked: &Authenticated,
) -> Result<HttpResponse, Problem> {
    let read = app.read_attachment(&asked.caller, case, id, &asked.trace_id).await?;
    send(request, app, read).await
}

/// The bytes that the request wants of a file, with the record of their reading.
pub(crate) async fn send(
    request: &HttpRequest,
    app: &App,
    read: Read<StoredFile>,
) -> Result<HttpResponse, Problem> {
    let Read { told: file, record } = read;
    let (etag, size) = (format!("\"{}\"", file.sha256), file.size);
    if is_known(request, &etag) {
        return Ok(HttpResponse::NotModified().insert_header((ETAG, etag)).finish());
    }
    let (status, wanted) = match range::of(request, &etag, size) {
        Wanted::Whole => (StatusCode::OK, 0..size),
        Wanted::Part(part) => (StatusCode::PARTIAL_CONTENT, part),
        Wanted::Beyond => return Err(beyond(size)),
    };
    let mut response = HttpResponse::build(status);
    response
        .insert_header((ETAG, etag))
        .insert_header((ACCEPT_RANGES, "bytes"))
        .insert_header((CONTENT_TYPE, file.media_type.name()))
        .insert_header((CONTENT_DISPOSITION, disposition(file.id, file.media_type.extension())));
    if status == StatusCode::PARTIAL_CONTENT {
        let part = format!("bytes {}-{}/{size}", wanted.start, wanted.end.saturating_sub(1));
        response.insert_header((CONTENT_RANGE, part));
    }
    let length = wanted.end - wanted.start;
    let content = app.open_attachment(file, wanted).await?;
    app.keep(record).await?;
    Ok(response.body(SizedStream::new(length, told(content))))
}

/// The title may name a patient, and file names end up in logs.
fn disposition(id: AttachmentId, extension: &str) -> String {
    format!("attachment; filename=\"{id}.{extension}\"")
}

fn beyond(size: u64) -> Problem {
    match HeaderValue::from_str(&format!("bytes */{size}")) {
        Ok(whole) => Problem::with_header(ATTACHMENT_RANGE, CONTENT_RANGE, whole),
        Err(error) => Problem::bug(error.into()),
    }
}

/// Ends with a fault, and so short of its length, where the file cannot be told to its end.
fn told(content: FileContent) -> impl Stream<Item = Result<Bytes, actix_web::Error>> + 'static {
    Box::pin(stream::try_unfold(content, |mut content| async move {
        let next = content.next().await.map_err(|failure| actix_web::Error::from(Problem::from(failure)))?;
        Ok(next.map(|bytes| (Bytes::from(bytes), content)))
    }))
}
