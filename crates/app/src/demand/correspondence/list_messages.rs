//! What a party has sent and received, the newest first.

use super::super::access::Named;
use super::super::list_demands::Page;
use super::super::read::Reading;
use super::Correspondent;
use super::view::{MessageView, shown};
use crate::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::recorded::Read;
use domain::ids::MessageId;

/// Which of the messages are asked for.
#[derive(Clone, Copy, Debug)]
pub struct MessageFilter {
    /// Only those received that this person has not read.
    pub unread: bool,
    /// Continue after this message.
    pub after: Option<MessageId>,
    /// 1–200.
    pub limit: u16,
}

/// A page, and how many messages in all this person has not read.
#[derive(Clone, Debug, PartialEq)]
pub struct MessageList {
    pub page: Page<MessageView>,
    pub unread: i64,
}

impl App {
    #[tracing::instrument(name = "list_messages", skip_all)]
    pub async fn list_messages(
        &self,
        caller: &Caller,
        demand: Named,
        filter: MessageFilter,
        trace_id: &str,
    ) -> Result<Read<MessageList>, Failure> {
        let reading = Reading { caller, operation: "list_messages", trace_id };
        let asking = caller.clone();
        self.read_demand(reading, demand, move |sight| {
            let Some(own) = Correspondent::reading(&asking, sight.relation, sight.seen) else {
                return Ok(MessageList { page: Page::cut(Vec::new(), filter.limit), unread: 0 });
            };
            let unread = store::correspondence::count_unread(sight.tx, demand.id, own.reader, &own.whose)?;
            let found = store::correspondence::list_messages(
                sight.tx,
                &sight.seen.loaded.key,
                demand.id,
                own.reader,
                filter.unread.then_some(&own.whose),
                filter.after,
                i64::from(filter.limit) + 1,
            )?;
            let page = Page::cut(shown(sight.tx, &own, found)?, filter.limit);
            Ok(MessageList { page, unread })
        })
        .await
    }
}
