//! The real service in one process, on a database of its own, and the words in which acceptance tests speak to it.

#![expect(
    clippy::return_self_not_must_use,
    reason = "an assertion about an answer hands it on, and nobody needs to take it"
)]
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    reason = "this crate is linked into tests only, and a test stops where it fails"
)]

mod case;
mod client;
mod content;
mod database;
mod device_order;
mod imports;
mod insured;
mod keys;
mod later;
mod limits;
mod logs;
mod notification;
mod paper;
mod paper_order;
mod response;
mod runner;
mod service;
mod settings;
mod template;
mod tokens;
mod trusted;
mod wiring;

pub use case::{Case, Stage, approval, rejection};
pub use client::{DEMANDS, FOOD_DEMANDS, Request, Session};
pub use content::{
    ad_hoc, because_of_disaster, food, in_facility, in_prison, listed, outside_facility, with, without,
};
pub use database::{Backend, Held};
pub use device_order::{
    DEVICE_ORDERS, DeviceOrder, LOOK_UPS, NOT_INSURED, PRESCRIBER, REPAIR_ORDERS, SECOND_SHOP, SHOP,
    TAKE_UPS, absorbents, for_patient, found, months, pesel, statement, wheelchair, wheelchair_repair,
};
pub use keys::TestKeys;
pub use later::Restart;
pub use limits::{generous, tight};
pub use notification::{
    AUTHORISATION, AUTHORISATIONS, Notification, PROOF, REQUEST, Reached, consent, digest_of, refusal,
};
pub use paper::{DAYS_ON_PAPER, paper_entry, paper_notification, with_all};
pub use paper_order::{NFZ_OFFICER, PAPER_BATCHES, PAPER_ORDERS, on_six_months, paper_order, scan_of_order};
pub use response::Response;
pub use runner::on;
pub use sandbox::pki;
pub use service::TestApp;
pub use settings::is_proof;
pub use signing::SignatureKind as Kind;
pub use tokens::Token;
pub use trusted::{Defect, Mood, Packaging};

/// Makes of each sentence two tests: one on SQLite and one on PostgreSQL. Only a test of limits names its buckets.
#[macro_export]
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident: $service:ty) $body:block)+) => {
        $crate::on_both! { limits: $crate::generous(); $($(#[$meta])* async fn $name($app: $service) $body)+ }
    };
    (limits: $limits:expr; $($(#[$meta:meta])* async fn $name:ident($app:ident: $service:ty) $body:block)+) => {$(
        $(#[$meta])*
        mod $name {
            use super::*;

            async fn body($app: $service) $body

            #[test]
            fn sqlite() {
                $crate::on($crate::Backend::Sqlite, $limits, body);
            }

            #[test]
            fn postgres() {
                $crate::on($crate::Backend::Postgres, $limits, body);
            }
        }
    )+};
}
