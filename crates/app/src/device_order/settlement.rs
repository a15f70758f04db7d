//! What is due from the payer in a month to whoever holds the contract, as the ledger has it.

use super::write::Work;
use crate::authorize::{Action, authorize_role};
use crate::caller::{Caller, Role};
use crate::demand::Page;
use crate::failure::{Failure, Refused};
use crate::faults::{ENTITY_UNKNOWN, NOT_YOURS};
use crate::recorded::Read;
use crate::{App, Parts};
use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::warsaw_date;
use domain::device_order::refusals::SETTLEMENT_PROVIDER;
use domain::device_order::settlement::{Capacity, Entry, EntryKind, entries};
use domain::device_order::{DeviceOrder, realisation};
use domain::ids::{OrganisationId, SettlementEntryId, SpaceId, TakeUpId};
use domain::problem::Violation;
use domain::values::YearMonth;
use store::Tx;
use store::device_order::{
    CodeSum, ProviderSum, SettlementEntry, SettlementMonth, book, list_entries, sum_by_code, sum_by_provider,
};

/// Which month of whom, and which part of it.
#[derive(Clone, Copy, Debug)]
pub struct ReadSettlement {
    pub month: YearMonth,
    /// Named by an officer of the payer; a provider reads its own.
    pub provider: Option<OrganisationId>,
    pub capacity: Capacity,
    pub part: SettlementPart,
}

#[derive(Clone, Copy, Debug)]
pub enum SettlementPart {
    /// A page of the entries.
    Page { after: Option<SettlementEntryId>, limit: u16 },
    /// All entries.
    Whole,
}

/// So long after its end a month is closed: whatever was booked in its last instant is on record by then, on whichever node.
const UNTIL_CLOSED: TimeDelta = TimeDelta::minutes(10);

#[derive(Clone, Debug)]
pub struct Settlement {
    pub provider: OrganisationId,
    pub capacity: Capacity,
    pub month: YearMonth,
    /// The month has ended: nothing is booked in it any more.
    pub is_closed: bool,
    /// Of the whole month.
    pub by_code: Vec<CodeSum>,
    /// The same, by who issued.
    pub by_provider: Vec<ProviderSum>,
    pub entries: Page<SettlementEntry>,
}

impl App {
    #[tracing::instrument(name = "read_settlement_report", skip_all)]
    pub async fn read_settlement_report(
        &self,
        caller: &Caller,
        asked: ReadSettlement,
        trace_id: &str,
    ) -> Result<Read<Settlement>, Failure> {
        authorize_role(caller, Action::ReadSettlements).map_err(Failure::Denied)?;
        let provider = whose(caller, asked.provider)?;
        let ReadSettlement { month, capacity, .. } = asked;
        let is_closed =
            month < YearMonth::of(warsaw_date(self.inner.clock.now(&caller.space) - UNTIL_CLOSED));
        let space = caller.space.clone();
        let read = self.inner.store.read_snapshot(move |tx| {
            let wanted = SettlementMonth { organisation: provider, capacity, month };
            let (after, limit) = match asked.part {
                SettlementPart::Page { after, limit } => (after, i64::from(limit) + 1),
                SettlementPart::Whole => (None, i64::MAX),
            };
            let entries = list_entries(tx, &space, &wanted, (after, limit))?;
            let by_code = sum_by_code(tx, &space, &wanted)?;
            Ok::<_, store::StoreError>((by_code, sum_by_provider(tx, &space, &wanted)?, entries))
        });
        let (by_code, by_provider, entries) = read.await?;
        let entries = match asked.part {
            SettlementPart::Page { limit, .. } => Page::cut(entries, limit),
            SettlementPart::Whole => Page { items: entries, has_more: false },
        };
        let record = self.record_of_list(caller, "read_settlement_report", trace_id, None);
        let told = Settlement { provider, capacity, month, is_closed, by_code, by_provider, entries };
        Ok(Read { told, record })
    }
}

/// Books the realisation that the order has of the take-up, or the opposite, in the transaction of the change itself.
pub(super) fn book_realisation(
    work: &mut Work<'_, '_>,
    order: &DeviceOrder,
    id: TakeUpId,
    kind: EntryKind,
) -> Result<(), Failure> {
    let (take_up, realisation) = realisation::realised(order, id)?;
    let entries = entries(order, take_up, realisation, kind, work.now);
    book_entries(work.tx, work.parts, (&order.space, work.now), &entries)
}

/// Adds the entries to the ledger, in the transaction of what they are booked with.
pub(crate) fn book_entries(
    tx: &mut Tx<'_>,
    parts: &Parts,
    (space, now): (&SpaceId, DateTime<Utc>),
    entries: &[Entry],
) -> Result<(), Failure> {
    // Ids of one instant say nothing of an order: sorted, they keep the one of the items.
    let mut ids: Vec<_> = entries.iter().map(|_| parts.entropy.id(now)).collect();
    ids.sort_unstable();
    for (id, entry) in ids.into_iter().zip(entries) {
        book(tx, space, SettlementEntryId(id), entry)?;
    }
    Ok(())
}

/// A provider's own; an officer of the payer says whose.
fn whose(caller: &Caller, named: Option<OrganisationId>) -> Result<OrganisationId, Failure> {
    if caller.role == Role::NfzOfficer {
        let unnamed = || vec![Violation::new(SETTLEMENT_PROVIDER, "?provider")];
        return named.ok_or_else(|| Failure::Refused(Refused::all(unnamed())));
    }
    let own = caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?;
    if named.is_some_and(|named| named != own) { Err(Failure::Denied(NOT_YOURS)) } else { Ok(own) }
}
