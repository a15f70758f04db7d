//! The service as its clients meet it: over HTTP, on both databases.

#![cfg(test)]
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

mod absences;
mod access;
mod attachments;
mod audiences;
mod audit;
mod beginnings;
mod catching_up;
mod clarifications;
mod concurrency;
mod deadlines;
mod device_groups;
mod device_orders;
mod device_providers;
mod device_repair_orders;
mod directory;
mod endings;
mod food_demand;
mod limits;
mod medicinal_products;
mod medicine_demand;
mod messages;
mod operations;
mod outages;
mod paper;
mod patient;
mod problems;
mod procedure;
mod provider_products;
mod public;
mod reads;
mod repairs_at_the_counter;
mod sandbox_clock;
mod signatures;
mod supply;
mod support;
mod temporary_authorisation;
mod visibility;
