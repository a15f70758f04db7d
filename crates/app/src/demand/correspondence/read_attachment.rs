//! One attachment: what is said of it, then its bytes.

use super::super::access::Named;
use super::super::read::Reading;
use super::Correspondent;
use super::download::FileContent;
use crate::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::recorded::Read;
use domain::demand::correspondence::Attachment;
use domain::ids::AttachmentId;
use std::ops::Range;
use store::sealing::DataKey;

/// An attachment that its reader was found to see.
#[derive(Debug)]
pub struct StoredFile {
    pub attachment: Attachment,
    key: DataKey,
}

impl App {
    #[tracing::instrument(name = "read_attachment", skip_all)]
    pub async fn read_attachment(
        &self,
        caller: &Caller,
        demand: Named,
        id: AttachmentId,
        trace_id: &str,
    ) -> Result<Read<StoredFile>, Failure> {
        let reading = Reading { caller, operation: "read_attachment", trace_id };
        let asking = caller.clone();
        self.read_demand(reading, demand, move |sight| {
            let own = Correspondent::reading(&asking, sight.relation, sight.seen).ok_or(Failure::NotFound)?;
            let key = &sight.seen.loaded.key;
            let found = store::correspondence::find_attachment(sight.tx, key, demand.id, id, own.reader)?;
            Ok(StoredFile { attachment: found.ok_or(Failure::NotFound)?, key: key.duplicate()? })
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
