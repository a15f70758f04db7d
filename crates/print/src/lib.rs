//! Prints of documents: data in, an accessible PDF out; no files, no clock.

pub mod demand;
mod error;
mod fonts;
pub mod layout;
pub mod polish;

pub use error::PrintError;
