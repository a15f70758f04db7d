//! What a patient asks about their own data.

mod access_log;
mod cases;

pub use access_log::Access;
pub use store::demand::DemandLine as CaseLine;
