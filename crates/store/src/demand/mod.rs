//! Demands: typed columns for what is searched, everything that names a patient sealed.

mod grants;
mod list;
pub mod paper;
mod rewrap;
mod row;
mod save;
mod treated;

pub use grants::{grant, has_grant, pharmacies_of, supply_of};
pub use list::{Condition, DemandLine, Summary, consultant_post, list, list_due};
pub use rewrap::rewrap;
pub use row::{Loaded, PatientLine, find, find_by_number, find_by_resolution_number, patients_of};
pub use save::{DemandKey, complete_deadlines, hold, insert, keep_still, save};
pub use treated::{TreatedLine, insert_treated, is_treated, list_treated, take_back_treated, treated_by};
