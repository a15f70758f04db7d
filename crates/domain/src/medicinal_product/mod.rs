//! The register of medicinal products, and whether what a demand asks for stands in it (PF art. 4(3)(2)).
//!
//! The register shows what is authorised, not what is to be had, and nothing of what was refused. A match is
//! therefore a warning to whoever demands and whoever decides, and never a refusal.

pub mod matching;
pub mod model;
pub mod normalise;
pub mod refusals;
pub mod rules;
pub mod search;

pub use matching::{Agreement, Match, Wanted};
pub use model::{ActiveSubstance, Pack, Permit, RegisterId, RegisteredProduct};
