//! Orders for medical devices: drafted, signed, verified by the payer, corrected, accepted, cancelled.

mod access;
mod cancellation;
mod correction;
mod draft;
mod holds;
mod look_ups;
mod paper;
mod quotes;
mod refusals;
mod reports;
mod submission;
mod take_ups;
mod throttle;
mod validation;
mod verification;
