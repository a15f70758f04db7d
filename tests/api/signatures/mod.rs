//! Signatures over HTTP: what is refused, with which code, and why.

mod diagnoses;
mod refusals;
mod trusted;
mod validation;
