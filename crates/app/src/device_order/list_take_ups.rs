//! A provider's own take-ups; nothing sealed is opened.

use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::demand::Page;
use crate::failure::Failure;
use crate::faults::ENTITY_UNKNOWN;
use crate::recorded::Read;
use domain::ids::TakeUpId;
use store::Tx;
use store::device_order::{TakeUpLine, TakeUpListing};

impl App {
    #[tracing::instrument(name = "list_take_ups", skip_all)]
    pub async fn list_take_ups(
        &self,
        caller: &Caller,
        state: Option<&'static str>,
        (after, limit): (Option<TakeUpId>, u16),
        trace_id: &str,
    ) -> Result<Read<Page<TakeUpLine>>, Failure> {
        authorize_role(caller, Action::ReadTakeUps).map_err(Failure::Denied)?;
        let provider = caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?;
        self.apply_all_elapsed_orders(&caller.space).await?;
        let space = caller.space.clone();
        let wanted = TakeUpListing { provider, state, after, limit: i64::from(limit) + 1 };
        let list = move |tx: &mut Tx<'_>| store::device_order::list_take_ups(tx, &space, &wanted);
        let page = Page::cut(self.inner.store.read(list).await?, limit);
        Ok(Read { told: page, record: self.record_of_list(caller, "list_take_ups", trace_id, None) })
    }
}
