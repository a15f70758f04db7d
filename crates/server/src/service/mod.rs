//! The running service: what is wired together, how it starts and how it ends.

mod audit_roots;
mod authenticator;
mod caller;
mod keys;
mod readiness;
mod running;
mod signals;
mod start;
mod tasks;
mod wiring;
mod worker;

pub use audit_roots::{kept_root, verify_audit};
pub use keys::{decision_key_set, key_ring, signing_key};
pub use running::Running;
pub use signals::ended;
pub use start::{Service, StartFault, application, open_store};
pub use wiring::{Routes, SpacePolicy, TrustedIssuer, Wiring, production_wiring};
pub use worker::Worker;
