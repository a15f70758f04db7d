//! What anybody may ask without an account.

mod check_decision;
mod present_state;
mod verify_decision;

pub use check_decision::{CheckKind, CheckedDecision};
pub use present_state::Standing;
pub use verify_decision::VerifiedDecision;
