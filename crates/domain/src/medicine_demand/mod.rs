//! A physician's demand for a medicine that is not on the Polish market (PF art. 4(1)–(2)).
//!
//! The physician of an entity performing medical activity issues it, for use in the entity or outside it. Its
//! lifecycle, events and refusals are those of every demand ([`crate::demand`]); here is what makes it a
//! *medicine* demand: the content and the field matrix that decides, at submission, what must, may and must not
//! be there.

pub mod model;
pub mod refusals;
pub mod rules;

pub use model::Content;
