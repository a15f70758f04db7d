//! The scan of a paper order.

use super::examples;
use crate::answer::written;
use crate::authentication::Authenticated;
use crate::contract::example;
use crate::correspondence::attachments::{AttachmentFile, AttachmentType};
use crate::correspondence::download_attachment::{RangeHeader, send};
use crate::correspondence::upload::{AskedFile, Body};
use crate::device_order::step::{DeviceOrderPath, order_id};
use crate::edge::Edge;
use crate::headers::IfNoneMatchHeader;
use crate::problem::{Problem, ProblemView};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use app::App;
use app::answer::StoredAnswer;
use app::device_order::KeptScan;
use app::faults::{ATTACHMENT_DAMAGED, ATTACHMENT_RANGE};
use chrono::{DateTime, Utc};
use domain::correspondence::refusals::{TOO_LARGE, TYPE};
use domain::device_order::paper::refusals::{SCAN_MISSING, SCAN_PRESENT};
use serde::Serialize;
use utoipa::ToSchema;

/// The scan that is kept.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PaperOrderScan, example = examples::kept_scan)]
struct ScanView {
    /// Of the file, in hexadecimal.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    sha256: String,
    media_type: AttachmentType,
    /// In bytes.
    #[schema(minimum = 1, maximum = 20_971_520)]
    size: u64,
    added_at: DateTime<Utc>,
}

fn kept(it: &KeptScan) -> StoredAnswer {
    let view = ScanView {
        sha256: it.sha256.clone(),
        media_type: it.scan.media_type.into(),
        size: it.scan.size,
        added_at: it.scan.added_at,
    };
    written(StatusCode::CREATED, None, Some(&format!("/api/v1/device-orders/{}/scan", it.order)), &view)
}

/// Add the scan of a paper order
///
/// The body is the file itself: PDF, PNG, JPEG or TIFF by its content, 20 MiB at most, with the SHA-256 that the entry states.
/// By an officer of the payer. It is sealed with the order and never changes; the number goes back once it is there.
#[utoipa::path(tag = "device-orders", params(DeviceOrderPath),
    request_body(description = "The file", content(
        (AttachmentFile = "application/pdf"), (AttachmentFile = "image/png"), (AttachmentFile = "image/jpeg"),
        (AttachmentFile = "image/tiff"))),
    responses(
        (status = 201, description = "The scan", body = ScanView,
            headers(("Location" = String, description = "Where its content is found"))),
        (status = 409, description = "The order is not from paper, or its scan is there", body = ProblemView,
            content_type = "application/problem+json", example = json!(example(SCAN_PRESENT))),
        (status = 413, description = "The file is larger than 20 MiB", content_type = "application/problem+json",
            body = ProblemView, example = json!(example(TOO_LARGE))),
        (status = 415, description = "The file is no PDF, PNG, JPEG or TIFF", content_type = "application/problem+json",
            body = ProblemView, example = json!(example(TYPE)))))]
#[post("/api/v1/device-orders/{id}/scan")]
pub(crate) async fn add_paper_order_scan(
    request: HttpRequest,
    app: web::Data<App>,
    edge: web::Data<Edge>,
    id: web::Path<String>,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let AskedFile { caller, media_type, write } =
        AskedFile::of(&request).await.map_err(Problem::and_closes)?;
    let id = order_id(&id).map_err(|failure| Problem::from(failure).and_closes())?;
    let mut body = Body::of(payload, &edge);
    let added = app.add_paper_order_scan(&caller, (id, media_type), write, &mut body, kept).await;
    body.answer(added)
}

/// Download the scan of a paper order
///
/// The content of the file, whole or in part, for those who see the whole order. What does not arrive up to its announced
/// length was found to be altered or could not be read to its end, and must not be used.
#[utoipa::path(tag = "device-orders", params(DeviceOrderPath, RangeHeader, IfNoneMatchHeader),
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
        (status = 409, description = "The order is not from paper, or its scan is not there yet", body = ProblemView,
            content_type = "application/problem+json", example = json!(example(SCAN_MISSING))),
        (status = 416, description = "The file ends before the part that `Range` names",
            content_type = "application/problem+json", body = ProblemView, example = json!(example(ATTACHMENT_RANGE))),
        (status = 500, description = "The file is not what was stored, or our fault",
            content_type = "application/problem+json", body = ProblemView,
            example = json!(example(ATTACHMENT_DAMAGED)))))]
#[get("/api/v1/device-orders/{id}/scan")]
pub(crate) async fn download_paper_order_scan(
    request: HttpRequest,
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let read = app.read_paper_order_scan(&asked.caller, order_id(&id)?, &asked.trace_id).await?;
    send(&request, &app, read).await
}
