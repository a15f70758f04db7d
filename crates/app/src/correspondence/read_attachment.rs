//! One attachment: what is said of it, then its bytes.

use super::case::{Asking, CaseTarget, Operation};
use super::download::FileContent;
use crate::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::recorded::Read;
use domain::correspondence::Attachment;
use domain::ids::AttachmentId;
use std::ops::Range;
use store::sealing::DataKey;

/// An attachment that its reader was found to see.
#[derive(Debug)]
pub struct StoredFile {
    pub attachment: Attachment,
    key: DataKey,
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
            Ok(StoredFile { attachment: found.ok_or(Failure::NotFound)?, key: sight.key.duplicate()? })
        })
        .await
    }

    /// These bytes of the file, which must lie within it.
    pub async fn open_attachment(
        &self,
        file: StoredFile,
        wanted: Range<u64>,
    ) -> Result<FileContent, Failure> {
        FileContent::open(self.inner.attachments.as_ref(), &file.attachment, file.key, wanted).await
    }
}
