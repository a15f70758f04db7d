//! The lifecycle that every demand shares, whatever product it is for.
//!
//! ```text
//! DRAFT ─► AWAITING_REPRESENTATIVE ─► AWAITING_CONSULTANT ─► WITH_MINISTER ⇄ RESOLUTION_PREPARED ─► REJECTED
//!   in facility only ┘      │                  │                                    │
//!                           └──► RETURNED ◄────┘                                    ▼
//!                                   │                    EXPIRED ◄─ APPROVED ⇄ WITH_WHOLESALER ⇄ REALISED
//!                                   └─► EXPIRED                        └──► REVOKED ◄──┘
//! ```
//! WITH_MINISTER ⇄ CLARIFICATION while the minister asks. The 60 days from issue end the awaiting states too; a proof of timely passing on leads from EXPIRED to
//! WITH_WHOLESALER; WITHDRAWN is reached from every state before the resolution, and later while nothing is drawn.
//!
//! The physician issues, withdraws and copies; the entity's representative co-signs; a consultant gives an opinion;
//! a preparer and a decider of the ministry resolve and revoke; pharmacy and wholesaler pass on and draw down. After an
//! ad-hoc need the physician reports who was treated.

mod attested;
pub mod clarification;
pub mod clocks;
pub mod content;
pub mod events;
pub mod examination;
pub mod issue;
pub mod ledger;
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
mod signed;
pub mod standing;
pub mod supply;
pub mod takeover;
pub mod treated;
pub mod withdrawal;

pub use content::Content;
pub use events::DemandEvent;
pub use lifecycle::{Command, State, StateName};
pub use model::Demand;

use crate::decision::Decision;

/// What a command on a demand decides.
pub type DemandDecision = Decision<Demand, DemandEvent>;

/// A rule that looks at the demand and at what was asked of it.
pub type Check<A> = fn(&Demand, &A) -> Vec<String>;
