//! What a command on an order is refused for.

mod counter;
mod issue;
mod verification;

pub use counter::*;
pub use issue::*;
pub use verification::*;

use super::lifecycle::{Command, State, admits};
use crate::problem::{ProblemType, Violation};

/// Every problem type of orders.
pub const LISTS: [&[&ProblemType]; 3] = [OF_ISSUE, OF_VERIFICATION, OF_COUNTER];

/// Refused where the state does not admit the command.
pub fn admit_state(state: &State, command: Command) -> Result<(), Vec<Violation>> {
    if admits(state.name(), command) { Ok(()) } else { Err(wrong_state()) }
}

pub fn wrong_state() -> Vec<Violation> {
    vec![Violation::new(WRONG_STATE, "")]
}
