//! The files that a party has added and received, the newest first.

use super::case::{Asking, CaseTarget, Operation};
use crate::App;
use crate::caller::Caller;
use crate::demand::Page;
use crate::failure::Failure;
use crate::recorded::Read;
use domain::correspondence::Attachment;
use domain::ids::AttachmentId;

const OPERATION: Operation =
    Operation { on_demand: "list_attachments", on_authorisation: "list_authorisation_attachments" };

impl App {
    #[tracing::instrument(name = "list_attachments", skip_all)]
    pub async fn list_attachments(
        &self,
        caller: &Caller,
        case: CaseTarget,
        after: Option<AttachmentId>,
        limit: u16,
        trace_id: &str,
    ) -> Result<Read<Page<Attachment>>, Failure> {
        let asking = Asking { caller, case, operation: OPERATION, trace_id };
        self.look_at_case(asking, move |tx, sight| {
            let Some(own) = &sight.own else { return Ok(Page::cut(Vec::new(), limit)) };
            let wanted = i64::from(limit) + 1;
            let found =
                store::correspondence::list_attachments(tx, sight.key, case.id(), own.reader, after, wanted)?;
            Ok(Page::cut(found, limit))
        })
        .await
    }
}
