//! A wholesaler records an import, a pharmacy a dispensing.

use super::change::{Change, Target};
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::caller::Role;
use crate::failure::Failure;
use crate::faults::{ENTITY_UNKNOWN, REALISATION_KIND};
use chrono::NaiveDate;
use domain::decision::Decided;
use domain::demand::ledger::{Realisation, RealisationKind};
use domain::demand::lifecycle::Command;
use domain::demand::supply;
use domain::ids::RealisationId;
use domain::values::{BatchNumber, CountryCode, Quantity};
use store::ledger::Account;

#[derive(Clone, Debug)]
pub struct RealiseDemand {
    pub kind: RealisationKind,
    pub batch: BatchNumber,
    pub expires_on: NaiveDate,
    pub packs: i32,
    /// `packs × packSize`, in the approved unit.
    pub pack_size: Quantity,
    pub counted: Quantity,
    pub source_country: CountryCode,
    pub done_on: NaiveDate,
    pub closes: bool,
}

impl App {
    #[tracing::instrument(name = "realise_demand", skip_all)]
    pub async fn realise_demand(
        &self,
        caller: &Caller,
        target: Target,
        asked: RealiseDemand,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let change = Change::addition(Command::Realisation, "realise_demand");
        self.change_demand(caller, change, target, write, render, move |work, demand| {
            let own_kind = match work.caller.role {
                Role::Wholesaler => RealisationKind::Imported,
                _ => RealisationKind::Dispensed,
            };
            if asked.kind != own_kind {
                return Err(Failure::Denied(REALISATION_KIND));
            }
            let entry = Realisation {
                id: RealisationId(work.parts.entropy.id(work.now)),
                kind: asked.kind,
                recorded_by: work.caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?,
                recorded_at: work.now,
                batch: asked.batch.clone(),
                expires_on: asked.expires_on,
                packs: asked.packs,
                pack_size: asked.pack_size,
                counted: asked.counted,
                source_country: asked.source_country,
                done_on: asked.done_on,
                rounded_up: false,
                closes: asked.closes,
                reversal: None,
            };
            let decided = supply::realise(demand, entry, work.now)?;
            let (document, entry) = decided.document;
            store::ledger::insert(work.tx, &document.space, Account::Demand(document.id), &entry)?;
            Ok(Decided { document, events: decided.events }.into())
        })
        .await
    }
}
