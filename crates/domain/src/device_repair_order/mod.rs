//! Orders for the repair of a medical device (refund act art. 38, eZWM v2.1.6 pp. 100–106): issued by a prescriber or a branch
//! of the payer, verified, taken up by one contracted provider, and settled within the repair limit of the group.
//!
//! ```text
//! DRAFT ─► VERIFYING ─► POSITIVE ⇄ HELD ⇄ REALISED
//!              ▲           │
//!              └ NEGATIVE ◄┤         EXPIRED, CANCELLED
//! ```
//! People, patient, right, receipt and money are those of orders for devices.

pub mod clocks;
pub mod content;
pub mod events;
pub mod extension;
pub mod form;
pub mod history;
pub mod issue;
pub mod lifecycle;
pub mod model;
pub mod officers;
pub mod payload;
pub mod pending;
pub mod possible;
pub mod printing;
pub mod refusals;
pub mod release;
pub mod rulebook;
pub mod settlement;
pub mod supply;
pub mod verification;

pub use content::Content;
pub use events::RepairOrderEvent;
pub use lifecycle::{Command, State, StateName};
pub use model::RepairOrder;

use crate::decision::Decision;

/// The name of this type of document in rows, events and audit entries.
pub const KIND: &str = "DEVICE_REPAIR_ORDER";

/// What a command on a repair order decides.
pub type RepairOrderDecision = Decision<RepairOrder, RepairOrderEvent>;

#[cfg(test)]
mod tests;
