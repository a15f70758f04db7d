//! What anybody may ask without an account.

mod checks;
mod keys;
mod verifications;
