//! Prints of documents: data in, an accessible PDF out; no files, no clock.

pub mod demand;
mod error;
mod fonts;
pub mod layout;
pub mod polish;
pub mod temporary_authorisation;

pub use error::PrintError;
