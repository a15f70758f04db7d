//! Orders for medical devices: drafted, signed, verified by the payer, corrected, accepted, cancelled, taken up and issued.

mod access;
mod after_issues;
mod cancellation;
mod contention;
mod correction;
mod draft;
mod goods;
mod holds;
mod look_ups;
mod model;
mod quotes;
mod realisation;
mod realisation_withdrawal;
mod receipt;
mod refusals;
mod reports;
mod settlement;
mod submission;
mod take_ups;
mod throttle;
mod validation;
mod verification;
