//! What happened between the parties: past tense, versioned, ids and codes only.

use super::party::CaseParty;
use crate::ids::{AttachmentId, MessageId};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data", rename_all_fields = "camelCase")]
pub enum CorrespondenceEvent {
    MessageSent { message: MessageId, sender: CaseParty, recipients: Vec<CaseParty> },
    MessageRead { message: MessageId, reader: CaseParty },
    AttachmentAdded { attachment: AttachmentId, sender: CaseParty, recipients: Vec<CaseParty> },
}

impl CorrespondenceEvent {
    /// Version of the payload's shape.
    pub const VERSION: i32 = 1;

    pub fn name(&self) -> &'static str {
        match self {
            Self::MessageSent { .. } => "MessageSent",
            Self::MessageRead { .. } => "MessageRead",
            Self::AttachmentAdded { .. } => "AttachmentAdded",
        }
    }
}
