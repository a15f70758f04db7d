//! A provider's own take-ups, or those under the contracts that it holds; nothing sealed is opened.

use super::list_device_orders::PageOfDay;
use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::demand::Page;
use crate::failure::Failure;
use crate::faults::ENTITY_UNKNOWN;
use crate::recorded::Read;
use domain::calendar::warsaw_date;
use domain::device_order::settlement::Capacity;
use domain::ids::TakeUpId;
use store::Tx;
use store::device_order::{TakeUpLine, TakeUpListing};

impl App {
    #[tracing::instrument(name = "list_take_ups", skip_all)]
    pub async fn list_take_ups(
        &self,
        caller: &Caller,
        (state, capacity): (Option<&'static str>, Capacity),
        (after, limit): (Option<TakeUpId>, u16),
        trace_id: &str,
    ) -> Result<Read<PageOfDay<TakeUpLine>>, Failure> {
        authorize_role(caller, Action::ReadTakeUps).map_err(Failure::Denied)?;
        let organisation = caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?;
        let wanted = TakeUpListing { organisation, capacity, state, after, limit: i64::from(limit) + 1 };
        let list = async || {
            let (space, wanted) = (caller.space.clone(), wanted.clone());
            let list = move |tx: &mut Tx<'_>| store::device_order::list_take_ups(tx, &space, &wanted);
            Ok(self.inner.store.read(list).await?)
        };
        let now = self.inner.clock.now(&caller.space);
        let is_due = |line: &&TakeUpLine| line.due_at.is_some_and(|due_at| due_at <= now);
        let due = |lines: &Vec<TakeUpLine>| lines.iter().filter(is_due).map(|line| line.order).collect();
        let page = Page::cut(self.elapsed_page(list, due).await?, limit);
        let page = PageOfDay { page, as_of: warsaw_date(now) };
        Ok(Read { told: page, record: self.record_of_list(caller, "list_take_ups", trace_id, None) })
    }
}
