//! Orders for medical devices: drafted, signed, verified by the payer, corrected, accepted, cancelled.

mod access;
mod cancellation;
mod conclusions;
mod correction;
mod draft;
mod holds;
pub(crate) mod largest;
mod look_ups;
mod openings;
mod prescriber;
mod quotes;
mod refusals;
mod reports;
mod submission;
mod take_ups;
mod throttle;
mod trusted;
mod validation;
mod verification;
