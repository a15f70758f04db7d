//! Use cases: who may do what, in one transaction, with everything that must happen together.

pub mod answer;
pub mod caller;
pub mod clock;
pub mod failure;
