//! Whoever recorded an entry reverses it, with a reason.

use super::change::{Change, Target};
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::faults::{ENTITY_UNKNOWN, NOT_YOUR_ENTRY};
use domain::decision::Decided;
use domain::demand::ledger::Reversal;
use domain::demand::lifecycle::Command;
use domain::demand::supply;
use domain::ids::RealisationId;
use domain::values::Text;
use store::ledger::Account;

impl App {
    #[tracing::instrument(name = "reverse_realisation", skip_all)]
    pub async fn reverse_realisation(
        &self,
        caller: &Caller,
        target: Target,
        entry: RealisationId,
        reason: Text<1000>,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let change = Change::addition(Command::RealisationReversal, "reverse_realisation");
        self.change_demand(caller, change, target, write, render, move |work, demand| {
            let reversed_by = work.caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?;
            let entry =
                store::ledger::find(work.tx, Account::Demand(demand.id), entry)?.ok_or(Failure::NotFound)?;
            if entry.recorded_by != reversed_by {
                return Err(Failure::Denied(NOT_YOUR_ENTRY));
            }
            let reversal = Reversal { reason: reason.clone(), reversed_by, reversed_at: work.now };
            let decided = supply::reverse(demand, entry, reversal, work.now)?;
            let (document, entry) = decided.document;
            if !store::ledger::reverse(work.tx, &entry)? {
                return Err(Failure::Stale);
            }
            Ok(Decided { document, events: decided.events }.into())
        })
        .await
    }
}
