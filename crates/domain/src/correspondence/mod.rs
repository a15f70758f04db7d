//! What the parties of a case write to each other, and the files that they add to it (SIOZ art. 31c(2)).
//!
//! Whoever writes names who reads: groups of parties, not people. Nothing of it moves the document or its revision. A
//! demand and a notification each say who takes part in them (ADR 24, 30); the rest is the same for both.

pub mod attachment;
pub mod case;
pub mod events;
pub mod message;
pub mod party;
pub mod refusals;
pub mod rules;

pub use attachment::{Attachment, MediaType, NewAttachment};
pub use case::{Case, CaseId};
pub use events::CorrespondenceEvent;
pub use message::{Message, NewMessage};
pub use party::{CaseParty, Reader};
