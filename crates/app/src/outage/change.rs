//! How outages are written.

use super::{OutageTarget, StoredOutage, settle_later};
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::authorize::Action;
use crate::caller::Caller;
use crate::demand::check_match;
use crate::entry::{EntryWrite, Work};
use crate::failure::Failure;
use chrono::{DateTime, Utc};
use domain::ids::OutageId;
use domain::outage::Outage;
use domain::problem::Violation;

/// The name under which the audit knows it, and the request.
pub(super) struct Change {
    pub operation: &'static str,
    /// The outage, where it is known before.
    pub id: Option<OutageId>,
    pub write: Write,
    pub render: Render<StoredOutage>,
}

impl App {
    /// Carries out a transition of a recorded outage, on the revision that the officer saw.
    pub(super) async fn change_outage(
        &self,
        caller: &Caller,
        target: OutageTarget,
        change: Change,
        decide: impl Fn(Outage, DateTime<Utc>) -> Result<Outage, Vec<Violation>> + Send + 'static,
    ) -> Result<Answer, Failure> {
        self.write_outage(caller, change, move |work| {
            store::outages::take_turns(work.tx)?;
            let found = store::outages::find(work.tx, &work.caller.space, target.id)?;
            let StoredOutage { outage, revision } = found.ok_or(Failure::NotFound)?;
            check_match(target.if_match, revision, true)?;
            let outage = decide(outage, work.now)?;
            let revision = store::outages::save(work.tx, &outage, revision)?.ok_or(Failure::Stale)?;
            settle_later(work.tx, &outage)?;
            Ok(StoredOutage { outage, revision })
        })
        .await
    }

    pub(super) async fn write_outage(
        &self,
        caller: &Caller,
        change: Change,
        decide: impl Fn(&mut Work<'_, '_>) -> Result<StoredOutage, Failure> + Send + 'static,
    ) -> Result<Answer, Failure> {
        let Change { operation, id, write, render } = change;
        let asked = EntryWrite {
            action: Action::KeepOutages,
            operation,
            document_kind: "OUTAGE",
            id_of: |stored: &StoredOutage| stored.outage.id.to_string(),
            id: id.map(|id| id.to_string()),
            write,
            render,
        };
        self.write_entry(caller, asked, decide).await
    }
}
