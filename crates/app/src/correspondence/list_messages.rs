//! What a party has sent and received, the newest first.

use super::case::{Asking, CaseTarget, Operation};
use super::view::{MessageView, shown};
use crate::App;
use crate::caller::Caller;
use crate::demand::Page;
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

const OPERATION: Operation =
    Operation { on_demand: "list_messages", on_authorisation: "list_authorisation_messages" };

impl App {
    #[tracing::instrument(name = "list_messages", skip_all)]
    pub async fn list_messages(
        &self,
        caller: &Caller,
        case: CaseTarget,
        filter: MessageFilter,
        trace_id: &str,
    ) -> Result<Read<MessageList>, Failure> {
        let asking = Asking { caller, case, operation: OPERATION, trace_id };
        self.look_at_case(asking, move |tx, sight| {
            let Some(own) = &sight.own else {
                return Ok(MessageList { page: Page::cut(Vec::new(), filter.limit), unread: 0 });
            };
            let unread = store::correspondence::count_unread(tx, case.id(), own.reader, &own.whose)?;
            let found = store::correspondence::list_messages(
                tx,
                sight.key,
                case.id(),
                own.reader,
                filter.unread.then_some(&own.whose),
                filter.after,
                i64::from(filter.limit) + 1,
            )?;
            let page = Page::cut(shown(tx, own, found)?, filter.limit);
            Ok(MessageList { page, unread })
        })
        .await
    }
}
