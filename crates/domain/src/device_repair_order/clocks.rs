//! The terms that run on a repair order: its year, and a hold. Each of them only takes away what nobody has used, so no recorded
//! outage of the system moves one.

use super::lifecycle::{Command, State};
use super::model::RepairOrder;
use super::supply::last_day;
use crate::calendar::end_of_day_warsaw;
use crate::device_order::clocks::{ClockKind, RunningClock};
use chrono::{DateTime, Utc};

/// The kinds that can run on one; months and looks at a take-up it has none.
pub const KINDS: [ClockKind; 2] = [ClockKind::Validity, ClockKind::Hold];

/// The command with which a term of this kind begins.
pub fn starts_with(kind: ClockKind) -> Command {
    if kind == ClockKind::Hold { Command::TakeUp } else { Command::VerificationResult }
}

/// The term that runs, where one does.
pub fn running(order: &RepairOrder) -> Vec<RunningClock> {
    let begun = match &order.state {
        State::Positive(it) => Some((ClockKind::Validity, it.issue.issued_at)),
        State::Held(it) => Some((ClockKind::Hold, it.hold.taken_at)),
        State::Draft
        | State::Verifying(_)
        | State::Negative(_)
        | State::Realised(_)
        | State::Expired(_)
        | State::Cancelled(_) => None,
    };
    let clock = begun.zip(last_day(order)).map(|((kind, started_at), last)| RunningClock {
        kind,
        started_at,
        due_at: end_of_day_warsaw(last),
    });
    clock.into_iter().collect()
}

/// Whether time has changed the order by then, and nobody has applied it.
pub fn is_due(order: &RepairOrder, now: DateTime<Utc>) -> bool {
    running(order).first().is_some_and(|clock| clock.due_at <= now)
}
