//! One attachment: what is said of it, then its bytes.

use super::case::{Asking, CaseTarget, Operation};
use super::download::FileContent;
use crate::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::recorded::Read;
use domain::correspondence::{Attachment, MediaType};
use domain::ids::AttachmentId;
use std::ops::Range;
use store::sealing::DataKey;

/// A file that its reader was found to see.
#[derive(Debug)]
pub struct StoredFile {
    /// Of its object in the attachment store, too.
    pub id: AttachmentId,
    pub media_type: MediaType,
    /// In bytes.
    pub size: u64,
    /// In hexadecimal.
    pub sha256: String,
    pub(crate) key: DataKey,
}

impl StoredFile {
    fn of(attachment: &Attachment, key: DataKey) -> Self {
        let Attachment { id, media_type, size, sha256, .. } = attachment;
        Self { id: *id, media_type: *media_type, size: *size, sha256: hex::encode(sha256), key }
    }
}

const OPERATION: Operation =
    Operation { on_demand: "read_attachment", on_authorisation: "read_authorisation_attachment" };

impl App {
    #[tracing::instrument(name = "read_attachment", skip_all)]
    pub async fn read_attachment(
        &self,
        caller: &Caller,
        case: CaseTarget,
        id: AttachmentId,
        trace_id: &str,
    ) -> Result<Read<StoredFile>, Failure> {
        let asking = Asking { caller, case, operation: OPERATION, trace_id };
        self.look_at_case(asking, move |tx, sight| {
            let own = sight.own.as_ref().ok_or(Failure::NotFound)?;
            let found = store::correspondence::find_attachment(tx, sight.key, case.id(), id, own.reader)?;
            Ok(StoredFile::of(&found.ok_or(Failure::NotFound)?, sight.key.duplicate()?))
        })
        .await
    }

    /// These bytes of a file, which must lie within it.
    pub async fn open_attachment(
        &self,
        file: StoredFile,
        wanted: Range<u64>,
    ) -> Result<FileContent, Failure> {
        FileContent::open(self.inner.attachments.as_ref(), (file.id, file.size), file.key, wanted).await
    }
}
