//! The files that a party has added and received, the newest first.

use super::super::access::Named;
use super::super::list_demands::Page;
use super::super::read::Reading;
use super::Correspondent;
use crate::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::recorded::Read;
use domain::demand::correspondence::Attachment;
use domain::ids::AttachmentId;

impl App {
    #[tracing::instrument(name = "list_attachments", skip_all)]
    pub async fn list_attachments(
        &self,
        caller: &Caller,
        demand: Named,
        after: Option<AttachmentId>,
        limit: u16,
        trace_id: &str,
    ) -> Result<Read<Page<Attachment>>, Failure> {
        let reading = Reading { caller, operation: "list_attachments", trace_id };
        let asking = caller.clone();
        self.read_demand(reading, demand, move |sight| {
            let Some(own) = Correspondent::reading(&asking, sight.relation, sight.seen) else {
                return Ok(Page::cut(Vec::new(), limit));
            };
            let (key, wanted) = (&sight.seen.loaded.key, i64::from(limit) + 1);
            let found =
                store::correspondence::list_attachments(sight.tx, key, demand.id, own.reader, after, wanted)?;
            Ok(Page::cut(found, limit))
        })
        .await
    }
}
