//! What the parties of a case write to each other, and the files that they add to it (SIOZ art. 31c(2)).
//!
//! Whoever writes names who reads: groups of parties, not people. Nothing of it moves the demand or its revision.

pub mod attachment;
pub mod events;
pub mod message;
pub mod parties;
pub mod refusals;
pub mod rules;

pub use attachment::{Attachment, MediaType, NewAttachment};
pub use events::CorrespondenceEvent;
pub use message::{Message, NewMessage};
pub use parties::{CaseParty, Reader};

#[cfg(test)]
mod tests;
