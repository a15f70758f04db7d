//! Orders for medical devices (refund act art. 38): issued, verified by the payer, taken up month by month.
//!
//! ```text
//! DRAFT ─► REGISTERED ─► VERIFYING ─► POSITIVE ⇄ REALISED
//!              ▲             │           │
//!              └── NEGATIVE ◄┘           ├─► EXPIRED
//!                     └──── accepted ───►┘
//! ```
//! CANCELLED is reached from every state before goods are issued; a tail of months is cancelled later. The prescriber,
//! or whom they authorise, signs; an officer of the payer's branch accepts, cancels at the patient's request and
//! releases; any contracted provider takes up months of an electronic order, exclusively, and issues goods.

pub mod access;
pub mod cancellation;
pub mod clocks;
pub mod content;
pub mod elapse;
pub mod events;
pub mod form;
pub mod history;
pub mod issue;
pub mod lifecycle;
pub mod model;
pub mod money;
pub mod officers;
pub mod paper;
pub mod payload;
pub mod pending;
pub mod possible;
pub mod printing;
pub mod quantity;
pub mod realisation;
pub mod refusals;
pub mod release;
pub mod renewal;
pub mod rulebook;
pub mod settlement;
pub mod take_up;
pub mod throttle;
pub mod verification;

pub use content::Content;
pub use events::DeviceOrderEvent;
pub use lifecycle::{Command, State, StateName};
pub use model::DeviceOrder;

use crate::decision::Decision;

/// The name of this type of document in rows, events and audit entries.
pub const KIND: &str = "DEVICE_ORDER";

/// A rule that looks at the order and at what was asked of it.
pub type Check<A> = fn(&DeviceOrder, &A) -> Vec<String>;

/// What a command on an order decides.
pub type DeviceOrderDecision = Decision<DeviceOrder, DeviceOrderEvent>;

#[cfg(test)]
mod tests;
