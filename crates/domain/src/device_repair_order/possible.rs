//! What stands in the way of a command on a repair order, told before anybody asks for it.

use super::lifecycle::{Command, State, admits};
use super::model::RepairOrder;
use super::refusals::{WITHDRAWAL_LATE, WRONG_STATE};
use super::supply::{admit_take_up, is_late};
use super::{pending, release};
use crate::device_order::release::Party;
use crate::ids::OrganisationId;
use crate::pending::TOO_EARLY;
use crate::problem::{ProblemType, Violation};
use chrono::NaiveDate;

/// Who asks, when, and how long a provider may.
#[derive(Clone, Copy, Debug)]
pub struct Asking {
    /// An officer is bound by no time.
    pub by_officer: bool,
    pub withdrawal_days: u32,
    pub today: NaiveDate,
    /// A signature has awaited validation so long that the caller may end the wait.
    pub may_end: bool,
    /// None where no organisation asks.
    pub own: Option<OrganisationId>,
}

/// Why the command cannot be carried out; `None` where it can, as far as its own words allow.
pub fn blocks(order: &RepairOrder, command: Command, asking: Asking) -> Option<&'static ProblemType> {
    let first = |found: Vec<Violation>| found.first().map(|violation| violation.problem);
    if let Err(found) = pending::admit(order, command) {
        return first(found);
    }
    if command == Command::TakeUp {
        return admit_take_up(order).err().and_then(first);
    }
    if !admits(order.state.name(), command) {
        return Some(WRONG_STATE);
    }
    match (command, &order.state) {
        (Command::ReleaseRequest, State::Held(held)) => {
            first(release::faults(&held.hold, Party::of(asking.own)))
        }
        (Command::PendingStepRefusal, _) => (!asking.may_end).then_some(TOO_EARLY),
        (Command::RealisationWithdrawal, State::Realised(it)) if !asking.by_officer => {
            is_late(&it.repair, u64::from(asking.withdrawal_days), asking.today).then_some(WITHDRAWAL_LATE)
        }
        _ => None,
    }
}
