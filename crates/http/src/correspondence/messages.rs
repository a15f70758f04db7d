//! Messages as they are asked for and shown.

use crate::answer::written;
use crate::demand::choices::CaseParty;
use crate::parsing::Faults;
use actix_web::http::StatusCode;
use app::answer::StoredAnswer;
use app::correspondence::{MessageView as Shown, ReadMark, SendMessage};
use app::failure::Failure;
use chrono::{DateTime, Utc};
use domain::correspondence::Reader;
use domain::ids::AttachmentId;
use domain::values::Text;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoResponses, ToSchema};
use uuid::Uuid;
use validator::Validate;

const ID: &str = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a49";

/// A message to other parties of the case. Whoever is named reads it, together with the sender's party, and nobody else.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = MessageRequest, example = json!({"recipients": ["MINISTRY"], "text": "Wypis ze szpitala dosłano jako załącznik."}))]
pub(crate) struct MessageRequest {
    /// Parties that take part in the case now. Those of the examination, those of supply and offices have only the
    /// ministry in common.
    #[validate(length(max = 11))]
    #[schema(min_items = 1, max_items = 11)]
    recipients: Vec<CaseParty>,
    /// Nothing that names a patient where a wholesaler or an office reads.
    #[schema(min_length = 1, max_length = 4000)]
    text: String,
    /// Attachments of this case that the sender and every recipient may read.
    #[serde(default)]
    #[validate(length(max = 10))]
    #[schema(max_items = 10)]
    attachments: Vec<Uuid>,
}

impl MessageRequest {
    pub(super) fn parse(&self) -> Result<SendMessage, Failure> {
        let mut faults = Faults::new();
        let text = faults.take("/text", Text::parse(&self.text));
        faults.finish_with(text.map(|text| SendMessage {
            recipients: self.recipients.iter().map(|party| (*party).into()).collect(),
            text,
            attachments: self.attachments.iter().copied().map(AttachmentId).collect(),
        }))
    }
}

/// Who wrote: a party of the case and its organisation, never a name.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Sender)]
pub(super) struct SenderView {
    party: CaseParty,
    /// Absent where a patient wrote.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    organisation_id: Option<Uuid>,
}

impl SenderView {
    pub(super) fn of(reader: Reader, organisation: Option<domain::ids::OrganisationId>) -> Self {
        Self { party: reader.party.into(), organisation_id: organisation.map(|id| id.0) }
    }
}

/// That somebody has read a message.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReadMark)]
struct ReadMarkView {
    party: CaseParty,
    /// Absent where a patient read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    organisation_id: Option<Uuid>,
    read_at: DateTime<Utc>,
}

impl ReadMarkView {
    fn of(mark: &ReadMark) -> Self {
        let organisation_id = mark.organisation.map(|id| id.0);
        Self { party: mark.party.into(), organisation_id, read_at: mark.read_at }
    }
}

/// A message as its sender or a recipient is shown it; it never changes.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Message, example = message_example)]
pub(super) struct MessageView {
    id: Uuid,
    sent_at: DateTime<Utc>,
    sender: SenderView,
    recipients: Vec<CaseParty>,
    text: String,
    /// Ids of attachments of the case.
    attachments: Vec<Uuid>,
    /// When the caller marked it as read; absent until then, and for the party that sent it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    read_at: Option<DateTime<Utc>>,
    /// Who has marked it as read, the first one first; for the party that sent it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    read_by: Option<Vec<ReadMarkView>>,
}

pub(super) fn message_example() -> Value {
    json!({"id": ID, "sentAt": "2026-12-03T09:15:00Z",
        "sender": {"party": "PHYSICIAN", "organisationId": "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a43"},
        "recipients": ["MINISTRY"], "text": "Wypis ze szpitala dosłano jako załącznik.", "attachments": [],
        "readBy": [{"party": "MINISTRY", "organisationId": "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a44",
            "readAt": "2026-12-03T10:02:00Z"}]})
}

impl MessageView {
    pub(super) fn of(shown: &Shown) -> Self {
        let it = &shown.message;
        Self {
            id: it.id.0,
            sent_at: it.sent_at,
            sender: SenderView::of(it.sender, it.organisation),
            recipients: it.recipients.iter().map(|reader| reader.party.into()).collect(),
            text: it.text.as_str().to_owned(),
            attachments: it.attachments.iter().map(|id| id.0).collect(),
            read_at: shown.read_at,
            read_by: shown.read_by.as_ref().map(|marks| marks.iter().map(ReadMarkView::of).collect()),
        }
    }
}

pub(super) fn sent(shown: &Shown) -> StoredAnswer {
    written(StatusCode::CREATED, None, None, &MessageView::of(shown))
}

pub(super) fn marked(shown: &Shown) -> StoredAnswer {
    written(StatusCode::OK, None, None, &MessageView::of(shown))
}

/// Declares the answer of a message.
#[derive(IntoResponses)]
#[response(status = 201, description = "The message")]
pub(super) struct MessageSent(#[expect(dead_code, reason = "only describes the answer")] MessageView);

/// Declares the answer of a read mark.
#[derive(IntoResponses)]
#[response(status = 200, description = "The message with the caller's mark")]
pub(super) struct MessageMarked(#[expect(dead_code, reason = "only describes the answer")] MessageView);

/// Declares the ids in the path.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct MessagePath {
    /// Id of the document.
    #[param(example = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42")]
    #[expect(dead_code, reason = "only describes the path; the handler reads it")]
    id: Uuid,
    /// Id of the message.
    #[param(rename = "messageId", example = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a49")]
    #[expect(dead_code, reason = "only describes the path; the handler reads it")]
    message_id: Uuid,
}
