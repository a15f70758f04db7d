//! The edge as a client meets it: every refusal is a problem with a code, in the one order of checks.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it fails")]

mod fixture;
mod meta;
mod order;
mod shape;
mod socket;
