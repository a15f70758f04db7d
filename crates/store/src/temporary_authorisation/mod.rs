//! Notifications for temporary authorisations: typed columns for what is searched, the rest sealed.

mod grants;
mod list;
pub mod paper;
mod rewrap;
mod row;
mod save;

pub use grants::{grant, has_grant, pharmacies_of};
pub use list::{AuthorisationLine, Condition, Summary, list, list_due};
pub use rewrap::rewrap;
pub use row::{Loaded, additions_in_force, find, find_by_number, find_by_resolution_number};
pub use save::{AuthorisationKey, hold, insert, save};

/// The unique index that keeps a client's own reference to one open notification.
pub const REFERENCE_KEY: &str = "temporary_authorisations_space_client_id_client_reference_key";
