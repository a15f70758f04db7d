//! Temporary authorisations (PF art. 4(8)) from the draft to the end of their period.

mod access;
mod additions;
mod attachments;
mod content;
mod messages;
mod path;
mod print;
mod resolution;
mod supply;
mod trusted;
