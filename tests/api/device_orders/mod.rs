//! Orders for medical devices: drafted, signed, verified by the payer, corrected, accepted, cancelled.

mod access;
mod cancellation;
mod contention;
mod correction;
mod draft;
mod holds;
mod look_ups;
mod quotes;
mod refusals;
mod reports;
mod submission;
mod take_ups;
mod throttle;
mod validation;
mod verification;
