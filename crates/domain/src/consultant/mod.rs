//! Consultants apart from any demand: when they are away, and who answers in their place meanwhile.

pub mod absence;
pub mod refusals;

pub use absence::Absence;
