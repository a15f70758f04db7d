//! Outages as every client may read them: nothing in them is of a patient.

use super::StoredOutage;
use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::demand::Page;
use crate::failure::Failure;
use domain::ids::OutageId;

impl App {
    /// The last recorded first.
    #[tracing::instrument(name = "list_outages", skip_all)]
    pub async fn list_outages(
        &self,
        caller: &Caller,
        after: Option<OutageId>,
        limit: u16,
    ) -> Result<Page<StoredOutage>, Failure> {
        authorize_role(caller, Action::ReadOutages).map_err(Failure::Denied)?;
        let space = caller.space.clone();
        let wanted = i64::from(limit) + 1;
        let found = self.inner.store.read(move |tx| store::outages::list(tx, &space, after, wanted)).await?;
        Ok(Page::cut(found, limit))
    }

    #[tracing::instrument(name = "find_outage", skip_all)]
    pub async fn find_outage(&self, caller: &Caller, id: OutageId) -> Result<StoredOutage, Failure> {
        authorize_role(caller, Action::ReadOutages).map_err(Failure::Denied)?;
        let space = caller.space.clone();
        let found = self.inner.store.read(move |tx| store::outages::find(tx, &space, id)).await?;
        found.ok_or(Failure::NotFound)
    }
}
