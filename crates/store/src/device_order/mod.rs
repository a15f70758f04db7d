//! Orders for medical devices: typed columns for what is searched, the rest sealed, the patient apart from the content.

mod grants;
mod list;
mod numbers;
mod openings;
pub mod paper;
mod periods;
mod rewrap;
mod row;
mod save;
mod settlement;
mod take_ups;
mod tries;
mod verification;

pub(crate) use list::prescriber_key;
pub(crate) use numbers::give as give_number;
pub(crate) use save::{identify, terms};

pub use grants::{grant, has_grant};
pub use list::{Condition, DeviceOrderLine, Summary, list};
pub use openings::{is_open_to, open_to};
pub use rewrap::rewrap;
pub use row::{
    Loaded, OfPatient, find, find_by_access, find_by_number, of_patient, page_of_patient, readable_of_patient,
};
pub use save::{OrderKey, Saved, hold, insert, save};
pub use settlement::{
    CodeSum, ProviderSum, SettlementEntry, SettlementMonth, Sum, book, list_entries, sum_by_code,
    sum_by_provider,
};
pub use take_ups::{TakeUpLine, TakeUpListing, TakenUpBy, WaitingTakeUp, lease_take_ups, list_take_ups};
pub use tries::{find_tries, forget_old_tries, forget_tries, hold_tries, put_tries};
pub use verification::{WaitingVerification, lease as lease_verifications};

/// The unique index that keeps a client's own reference to one open order.
pub const REFERENCE_KEY: &str = "device_orders_space_client_id_client_reference_key";
/// The constraint that gives a number to one order.
pub const NUMBER_KEY: &str = "device_orders_number_key";
/// The constraint that gives a number to one document of any kind.
pub const GIVEN_NUMBER_KEY: &str = "device_order_numbers_number_key";
/// The constraint that gives a code to one open order of a patient (DO-17).
pub const ACCESS_KEY: &str = "device_orders_access_index_key";
/// The constraint that gives a month to one take-up (DO-33).
pub const PERIOD_KEY: &str = "device_order_periods_order_id_month_key";
