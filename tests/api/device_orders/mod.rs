//! Orders for medical devices: drafted, signed, verified by the payer, corrected, accepted, cancelled, taken up and issued.

mod access;
mod after_issues;
mod cancellation;
mod conclusions;
mod correction;
mod draft;
mod goods;
mod holds;
pub(crate) mod largest;
mod look_ups;
mod openings;
mod prescriber;
mod prints;
mod quotes;
mod realisation;
mod realisation_withdrawal;
mod receipt;
mod refusals;
mod renewal;
mod reports;
mod submission;
mod take_ups;
mod throttle;
mod trusted;
mod validation;
mod verification;
