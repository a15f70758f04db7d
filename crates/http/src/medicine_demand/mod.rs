//! Medicine demands over HTTP: one file per operation, and what they read and show.

pub mod choices;
pub mod content;
pub mod view;
