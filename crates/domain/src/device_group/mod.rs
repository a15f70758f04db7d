//! Groups of medical devices: what the payer pays for, how much, how often, and who may order it
//! (Refund act art. 38(4); Dz.U. 2024 poz. 500).
//!
//! What is not known of a group stays unknown: it is answered so, never as zero, and nothing is ordered on it.

pub mod built_in;
pub mod diff;
pub mod edition;
pub mod entry;
pub mod figures;
pub mod listed;
pub mod mapping;
pub mod model;
pub mod refusals;
pub mod rules;
pub mod specialty;
pub(crate) mod table;

pub use figures::{Figures, Unknown};
pub use listed::{BandPlace, Listed};
pub use mapping::Mapping;
pub use model::{
    AgeRange, Band, Confidence, DeviceGroup, DeviceUnit, Issuer, Issuers, Largest, LensBand, LensUse, Limit,
    LimitBasis, NextFrom, Profession, StomaKind, Supply, Tier, UsagePeriod,
};
