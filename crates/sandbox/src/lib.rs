//! The sandbox: fictitious authorities and people for vendors and for tests.

pub mod pki;
