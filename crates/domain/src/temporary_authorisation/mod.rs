//! The minister's temporary authorisation of medicines without an authorisation, in a disaster or another threat
//! (PF art. 4(8)), on a wholesaler's notification.
//!
//! ```text
//! DRAFT ⇄ AWAITING_REPRESENTATIVE ─► WITH_MINISTER ⇄ RESOLUTION_PREPARED ─► REFUSED
//!                                                            │
//!                                                            ▼
//!                                               LAPSED ◄─ CONSENTED ─► REVOKED
//! ```
//! WITH_MINISTER ⇄ CLARIFICATION while the minister asks. WITHDRAWN is reached from every state before the resolution. The wholesaler's responsible person notifies, its
//! representative co-signs; two officers of the ministry resolve and revoke; no consultant takes part. A consent is for
//! a fixed period and a quantity: pharmacies pass it on to the wholesaler, who brings in its batches, and draw it down.
//!
//! What came on paper in an outage or under force majeure is entered with the minister (PF art. 4ad(8), ADR 34).
//!
//! New batches come by an addition: a notification with a lifecycle of its own, whose consent adds its batches and
//! quantity to the consent that it names (ADR 26).

pub mod addition;
pub mod attached;
pub mod clarification;
pub mod clocks;
pub mod content;
pub mod events;
pub mod examination;
pub mod lifecycle;
pub mod model;
pub mod paper;
pub mod parties;
pub mod payload;
pub mod pending;
pub mod refusals;
pub mod resolution;
pub mod revocation;
pub mod rulebook;
pub mod standing;
pub mod submission;
pub mod supply;
pub mod withdrawal;

pub use content::Content;
pub use events::AuthorisationEvent;
pub use lifecycle::{Command, State, StateName};
pub use model::Authorisation;

use crate::decision::Decision;

/// The name of this type of document in rows, events and audit entries.
pub const KIND: &str = "TEMPORARY_AUTHORISATION";

/// What a command on a notification decides.
pub type AuthorisationDecision = Decision<Authorisation, AuthorisationEvent>;

/// A rule that looks at the notification and at what was asked of it.
pub type Check<A> = fn(&Authorisation, &A) -> Vec<String>;

#[cfg(test)]
mod tests;
