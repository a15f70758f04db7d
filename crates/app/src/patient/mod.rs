//! What a patient asks about their own data.

mod access_log;

pub use access_log::Access;
