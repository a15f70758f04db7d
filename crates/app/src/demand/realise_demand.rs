//! A wholesaler records an import, a pharmacy a dispensing.

use super::change::{Change, Target};
use super::view::DemandView;
use crate::answer::{Answer, Render, Write};
use crate::caller::{Caller, Role};
use crate::failure::Failure;
use crate::faults::{ENTITY_UNKNOWN, REALISATION_KIND};
use crate::{App, Parts};
use chrono::{DateTime, NaiveDate, Utc};
use domain::decision::Decided;
use domain::demand::ledger::{Realisation, RealisationKind};
use domain::demand::lifecycle::Command;
use domain::demand::supply;
use domain::ids::RealisationId;
use domain::values::{BatchNumber, CountryCode, Quantity};
use store::ledger::Account;

/// An entry of the ledger as it is asked for.
#[derive(Clone, Debug)]
pub struct LedgerEntry {
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

impl LedgerEntry {
    /// The entry by this caller: a wholesaler imports, a pharmacy dispenses.
    pub(crate) fn entry(
        &self,
        caller: &Caller,
        parts: &Parts,
        now: DateTime<Utc>,
    ) -> Result<Realisation, Failure> {
        let own_kind = match caller.role {
            Role::Wholesaler => RealisationKind::Imported,
            _ => RealisationKind::Dispensed,
        };
        if self.kind != own_kind {
            return Err(Failure::Denied(REALISATION_KIND));
        }
        Ok(Realisation {
            id: RealisationId(parts.entropy.id(now)),
            kind: self.kind,
            recorded_by: caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?,
            recorded_at: now,
            batch: self.batch.clone(),
            expires_on: self.expires_on,
            packs: self.packs,
            pack_size: self.pack_size,
            counted: self.counted,
            source_country: self.source_country,
            done_on: self.done_on,
            rounded_up: false,
            closes: self.closes,
            reversal: None,
        })
    }
}

impl App {
    #[tracing::instrument(name = "realise_demand", skip_all)]
    pub async fn realise_demand(
        &self,
        caller: &Caller,
        target: Target,
        asked: LedgerEntry,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let change = Change::addition(Command::Realisation, "realise_demand");
        self.change_demand(caller, change, target, write, render, move |work, demand| {
            let entry = asked.entry(work.caller, work.parts, work.now)?;
            let decided = supply::realise(demand, entry, work.now)?;
            let (document, entry) = decided.document;
            store::ledger::insert(work.tx, &document.space, Account::Demand(document.id), &entry)?;
            Ok(Decided { document, events: decided.events }.into())
        })
        .await
    }
}
