//! What holds of a demand after every step of a story.

use crate::support::stages::Stage;
use chrono::{DateTime, Utc};
use domain::demand::clocks::{self, ClockKind};
use domain::demand::ledger::{Ledger, Realisation, RealisationKind};
use domain::demand::lifecycle::TRANSITIONS;
use domain::demand::treated::TreatedPatient;
use domain::demand::{Command, Content, Demand, State, StateName};
use domain::outage::Holds;
use domain::values::Quantity;
use proptest::prelude::*;
use rust_decimal::Decimal;

/// What stands in the lines stands in the list, and no more was given than there was.
pub(super) fn list_is_the_sum_of_its_lines(stage: &Stage) -> Result<(), TestCaseError> {
    let standing: Vec<&TreatedPatient> = stage.treated.iter().filter(|line| line.stands()).collect();
    let list = stage.demand.treated.clone().unwrap_or_default();
    prop_assert_eq!(usize::try_from(list.lines).ok(), Some(standing.len()), "a line was lost");
    prop_assert_eq!(list.given, standing.iter().map(|line| line.quantity.amount()).sum::<Decimal>());
    if let Some(approved) = approved_quantity(&stage.demand) {
        let dispensed = stage.entries.iter().map(|entry| entry.counted.amount()).sum::<Decimal>();
        prop_assert!(list.given <= approved.amount().max(dispensed), "{} of {}", list.given, approved);
    }
    Ok(())
}

pub(super) fn is_in_the_table(from: StateName, command: Command, to: StateName) -> bool {
    TRANSITIONS.iter().any(|row| row.from == from && row.command == command && row.to.contains(&to))
}

/// After this command; `Elapse` where every term that had run out was applied.
pub(super) fn clocks_are_in_order(
    demand: &Demand,
    holds: &Holds,
    now: DateTime<Utc>,
    after: Command,
) -> Result<(), TestCaseError> {
    let running = clocks::running_under(demand, holds);
    let ends: Vec<_> = running.iter().map(clocks::RunningClock::ends_at).collect();
    prop_assert!(ends.iter().flatten().is_sorted());
    // The end of treatment may be stated late, and a list that was whole be opened again when its term is over.
    let may_be_late = matches!(after, Command::TreatedPatients | Command::TreatedPatientReversal);
    let looked_at = running.iter().filter(|clock| !may_be_late || clock.kind != ClockKind::PatientList);
    let is_over = |clock: &clocks::RunningClock| clock.ends_at().is_some_and(|end| end <= now);
    prop_assert!(!looked_at.into_iter().any(is_over), "a term that has run out still runs");
    Ok(())
}

/// Numbers are given once: the demand's with the draft, the resolution's with the first draft of it.
fn no_number_is_lost(before: &Demand, after: &Demand) -> Result<(), TestCaseError> {
    prop_assert_eq!((before.id, &before.number, &before.space), (after.id, &after.number, &after.space));
    if let (Some(before), Some(after)) = (before.state.resolution_draft(), after.state.resolution_draft()) {
        prop_assert_eq!(&before.number, &after.number);
    }
    if let (Some(draft), Some(resolution)) = (before.state.resolution_draft(), after.state.resolution()) {
        prop_assert_eq!(&draft.number, &resolution.draft.number);
    }
    Ok(())
}

pub(super) fn parts_come_back_from_json(demand: &Demand) -> Result<(), TestCaseError> {
    let state = serde_json::to_string(&demand.state).expect("a state is serialisable");
    prop_assert_eq!(&serde_json::from_str::<State>(&state).expect("a state comes back"), &demand.state);
    let content = serde_json::to_value(&demand.content).expect("a content is serialisable");
    let read = Content::read(demand.content.kind(), content).expect("a content comes back");
    prop_assert_eq!(&read, &demand.content);
    Ok(())
}

/// What stands in the entries stands in the ledger, and nothing goes beyond the last whole pack.
pub(super) fn ledger_is_the_sum_of_its_entries(stage: &Stage) -> Result<(), TestCaseError> {
    let standing: Vec<&Realisation> = stage.entries.iter().filter(|entry| entry.reversal.is_none()).collect();
    let ledger = stage.demand.state.ledger().cloned().unwrap_or_default();
    prop_assert_eq!(usize::try_from(ledger.entries).ok(), Some(standing.len()), "an entry was lost");
    prop_assert_eq!(ledger.closed, standing.iter().any(|entry| entry.closes));
    for kind in [RealisationKind::Imported, RealisationKind::Dispensed] {
        let of_kind: Vec<&&Realisation> = standing.iter().filter(|entry| entry.kind == kind).collect();
        let sum: Decimal = of_kind.iter().map(|entry| entry.counted.amount()).sum();
        prop_assert_eq!(ledger.sum(kind), sum);
        for entry in &of_kind {
            let counted = entry.pack_size.amount() * Decimal::from(entry.packs);
            prop_assert_eq!(entry.counted.amount(), counted, "an entry counts its packs");
        }
        if let (Some(approved), Some(largest)) =
            (approved_quantity(&stage.demand), of_kind.iter().map(|entry| entry.pack_size.amount()).max())
        {
            prop_assert!(sum < approved.amount() + largest, "{} of {}", sum, approved);
        }
    }
    Ok(())
}

fn approved_quantity(demand: &Demand) -> Option<Quantity> {
    demand.state.resolution().and_then(|resolution| resolution.draft.approved_quantity)
}

pub(super) fn two_officers_resolved_it(demand: &Demand) -> Result<(), TestCaseError> {
    if let Some(resolution) = demand.state.resolution() {
        prop_assert_ne!(resolution.decided_by.person, resolution.draft.prepared_by.person);
    }
    Ok(())
}

pub(super) fn nothing_goes_back(before: &Demand, after: &Demand) -> Result<(), TestCaseError> {
    no_number_is_lost(before, after)?;
    let grown = after.content_version - before.content_version;
    prop_assert!((0..=1).contains(&grown));
    prop_assert!(after.changed_at >= before.changed_at);
    if before.first_issued_on.is_some() {
        prop_assert_eq!(before.first_issued_on, after.first_issued_on);
    }
    if before.state.resolution().is_some() {
        prop_assert_eq!(before.state.resolution(), after.state.resolution());
    }
    if before.state.ledger().is_some_and(|ledger: &Ledger| !ledger.is_untouched()) {
        prop_assert!(after.state.ledger().is_some(), "what was drawn is lost");
    }
    Ok(())
}
