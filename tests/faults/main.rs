//! Real processes that are killed, ended and cut off while they work: nothing that was answered is lost, and nothing
//! happens twice.
//!
//! A full disk is not tried here: no process can be told from outside when its SQLite file is full, and
//! `PRAGMA max_page_count` counts for one connection alone. The store's own test puts it into a batch of the writer.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test stops where it fails"
)]

mod burst;
mod cut_off;
mod database;
mod deadlines;
mod ended;
mod killed;
mod ledger;
mod orders;
mod overdue;
mod patients;
mod process;
mod settings;
mod tampered;
mod tester;
mod verification;
mod workers;

use database::Backend;

/// Makes of each sentence two tests: one on SQLite and one on PostgreSQL.
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($home:ident: Home) $body:block)+) => {$(
        $(#[$meta])*
        mod $name {
            use super::*;

            async fn body($home: $crate::database::Home) $body

            #[test]
            fn sqlite() {
                $crate::on($crate::Backend::Sqlite, body);
            }

            #[test]
            fn postgres() {
                $crate::on($crate::Backend::Postgres, body);
            }
        }
    )+};
}
pub(crate) use on_both;

/// Plays the sentence with a folder and a database of its own; of a database that nobody asked for it says so and ends.
fn on<F: Future<Output = ()>>(backend: Backend, body: impl FnOnce(database::Home) -> F) {
    let Some(home) = database::Home::create(backend) else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(body(home));
}
