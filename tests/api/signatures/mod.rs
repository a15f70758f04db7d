//! Signatures over HTTP: what is refused, with which code, and why.

mod diagnoses;
mod ended_waits;
mod in_time;
mod refusals;
mod trusted;
mod validation;
