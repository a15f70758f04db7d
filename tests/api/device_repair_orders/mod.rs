//! Orders for repairs of medical devices: drafted, signed, verified by the payer, corrected, cancelled and read.

mod draft;
mod ended_waits;
mod reading;
mod refusals;
mod submission;
mod trusted;
mod verification;
