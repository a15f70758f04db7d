//! Prints of documents: data in, an accessible PDF out; no files, no clock.

pub mod demand;
pub mod device_order;
mod ending;
mod error;
mod fonts;
pub mod layout;
pub mod polish;
mod section;
mod signature;
pub mod temporary_authorisation;

pub use ending::EndingPrint;
pub use error::PrintError;
pub use signature::{RepresentativePrint, SignaturePrint, StatementPrint};
