//! What a patient asks about their own data.

mod access_log;
mod cases;
mod consents;

pub use crate::device_order::{OwnDeviceOrder, OwnDeviceOrders, OwnPeriod, TakenBy};
pub use access_log::Access;
pub use store::demand::DemandLine as CaseLine;
pub use store::patient_consents::Stored as OwnConsents;
