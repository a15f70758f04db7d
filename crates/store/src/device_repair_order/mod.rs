//! Orders for repairs of medical devices: typed columns for what is searched, the rest sealed, the patient apart from the content.

mod grants;
mod list;
mod openings;
mod rewrap;
mod row;
mod save;
mod verification;

pub use grants::{grant, has_grant};
pub use list::{Condition, RepairOrderLine, Summary, list};
pub use openings::{is_open_to, open_to};
pub use rewrap::rewrap;
pub use row::{Loaded, OfPatient, find, find_by_number, page_of_patient, readable_of_patient};
pub use save::{RepairOrderKey, hold, insert, save};
pub use verification::{WaitingVerification, lease as lease_verifications};

/// The unique index that keeps a client's own reference to one open repair order.
pub const REFERENCE_KEY: &str = "device_repair_orders_space_client_id_client_reference_key";
/// The constraint that gives a number to one repair order.
pub const NUMBER_KEY: &str = "device_repair_orders_number_key";
