//! Temporary authorisations (PF art. 4(8)) from the draft to the end of their period.

mod access;
mod additions;
mod attachments;
mod clarifications;
mod content;
mod ended_waits;
mod limits;
mod messages;
mod paper;
mod path;
mod print;
mod procedure;
mod resolution;
mod signatory;
mod supply;
mod trusted;
