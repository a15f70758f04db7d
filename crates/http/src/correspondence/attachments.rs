//! Attachments as they are shown; their bytes are an answer of their own.

use super::messages::SenderView;
use crate::answer::written;
use crate::demand::choices::CaseParty;
use crate::demand::place::collection;
use crate::temporary_authorisation::AUTHORISATIONS;
use actix_web::http::StatusCode;
use app::answer::StoredAnswer;
use app::correspondence::AddedAttachment;
use chrono::{DateTime, Utc};
use domain::correspondence::{Attachment, MediaType};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::{IntoResponses, ToSchema};
use uuid::Uuid;

/// What a file may be, by its content.
#[derive(Clone, Copy, Serialize, ToSchema)]
pub(crate) enum AttachmentType {
    #[serde(rename = "application/pdf")]
    Pdf,
    #[serde(rename = "image/png")]
    Png,
    #[serde(rename = "image/jpeg")]
    Jpeg,
    #[serde(rename = "image/tiff")]
    Tiff,
}

impl From<MediaType> for AttachmentType {
    fn from(it: MediaType) -> Self {
        match it {
            MediaType::Pdf => Self::Pdf,
            MediaType::Png => Self::Png,
            MediaType::Jpeg => Self::Jpeg,
            MediaType::Tiff => Self::Tiff,
        }
    }
}

/// Declares the bytes of a file.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
pub(crate) struct AttachmentFile(#[expect(dead_code, reason = "only describes the body")] Vec<u8>);

/// A file of the case as its sender or a recipient is shown it; it never changes.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Attachment, example = attachment_example)]
pub(super) struct AttachmentView {
    id: Uuid,
    added_at: DateTime<Utc>,
    sender: SenderView,
    recipients: Vec<CaseParty>,
    title: String,
    media_type: AttachmentType,
    /// In bytes.
    #[schema(minimum = 1, maximum = 20_971_520)]
    size: u64,
    /// Of the file, in hexadecimal; the `ETag` of its content.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    sha256: String,
}

pub(super) fn attachment_example() -> Value {
    json!({"id": "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a50", "addedAt": "2026-12-03T09:14:00Z",
        "sender": {"party": "PHYSICIAN", "organisationId": "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a43"},
        "recipients": ["MINISTRY"], "title": "Wypis ze szpitala", "mediaType": "application/pdf", "size": 48213,
        "sha256": "9273c0d01b48fd53816dc5a059e9512534a9451b26de6c5cc7ab3d6c96148cde"})
}

impl AttachmentView {
    pub(super) fn of(it: &Attachment) -> Self {
        Self {
            id: it.id.0,
            added_at: it.added_at,
            sender: SenderView::of(it.sender, it.organisation),
            recipients: it.recipients.iter().map(|reader| reader.party.into()).collect(),
            title: it.title.as_str().to_owned(),
            media_type: it.media_type.into(),
            size: it.size,
            sha256: hex::encode(it.sha256),
        }
    }
}

pub(super) fn added(added: &AddedAttachment) -> StoredAnswer {
    let it = &added.attachment;
    let documents = added.kind.map_or_else(|| AUTHORISATIONS.to_owned(), collection);
    let location = format!("{documents}/{}/attachments/{}", it.case, it.id);
    written(StatusCode::CREATED, None, Some(&location), &AttachmentView::of(it))
}

/// Declares the answer of an upload.
#[derive(IntoResponses)]
#[response(status = 201, description = "The attachment",
    headers(("Location" = String, description = "Where its content is found")))]
pub(super) struct AttachmentAdded(#[expect(dead_code, reason = "only describes the answer")] AttachmentView);

/// Declares the ids in the path.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct AttachmentPath {
    /// Id of the document.
    #[param(example = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42")]
    #[expect(dead_code, reason = "only describes the path; the handler reads it")]
    id: Uuid,
    /// Id of the attachment.
    #[param(rename = "attachmentId", example = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a50")]
    #[expect(dead_code, reason = "only describes the path; the handler reads it")]
    attachment_id: Uuid,
}
