//! Orders for medical devices: drafted, signed, verified by the payer, corrected, accepted, cancelled.

mod access;
mod cancellation;
mod correction;
mod draft;
mod refusals;
mod reports;
mod submission;
mod validation;
mod verification;
