//! Whatever is asked of a document, in whatever order and however late, some things always hold.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a story that cannot be told is a fault of the test"
)]

mod authorisations;
mod demands;
mod device_orders;
mod steps;
#[path = "../support/mod.rs"]
mod support;
