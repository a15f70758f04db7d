//! Entries of a batch, for recalls: an organisation finds its own, the ministry all.

use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::{Caller, Role};
use crate::demand::Page;
use crate::failure::Failure;
use domain::demand::ledger::Realisation;
use domain::ids::RealisationId;
use domain::values::BatchNumber;
use store::ledger::Account;

#[derive(Clone, Debug, PartialEq)]
pub struct BatchLine {
    pub account: Account,
    pub entry: Realisation,
}

impl App {
    #[tracing::instrument(name = "list_batch", skip_all)]
    pub async fn list_batch(
        &self,
        caller: &Caller,
        batch: BatchNumber,
        after: Option<RealisationId>,
        limit: u16,
    ) -> Result<Page<BatchLine>, Failure> {
        authorize_role(caller, Action::SearchBatches).map_err(Failure::Denied)?;
        let own = match caller.role {
            Role::MinistryPreparer | Role::MinistryDecider => None,
            _ => Some(caller.org_id().ok_or(Failure::Denied(crate::faults::ENTITY_UNKNOWN))?),
        };
        let space = caller.space.clone();
        let found = self
            .inner
            .store
            .read(move |tx| {
                store::ledger::list_by_batch(tx, &space, batch.as_str(), own, after, i64::from(limit) + 1)
            })
            .await?;
        let lines = found.into_iter().map(|(account, entry)| BatchLine { account, entry }).collect();
        Ok(Page::cut(lines, limit))
    }
}
