//! Outages of the system: an officer of the ministry records them, and terms that would end in one are held back.
//!
//! ```text
//! recorded ─► ended ─► released
//!     └── or with both instants at once, also ahead of time
//! ```

pub mod holds;
pub mod model;
pub mod refusals;
pub mod rules;
pub mod silence;

pub use holds::{Hold, Holds};
pub use model::{Grace, Outage};
pub use silence::Silence;
