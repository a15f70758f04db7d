//! Supply: what pharmacies and wholesalers fetch with two numbers, and the wholesaler's feeds.

mod batches;
mod consent_feed;
mod demand_feed;
mod feed;
mod numbers;
mod record;
mod retrieve_demand;

pub use batches::BatchLine;
pub use feed::{FeedItem, FeedPage};
pub use numbers::Numbers;
pub(crate) use numbers::{Met, find_resolved};
pub(crate) use record::entries_of_retrieval;
pub(crate) use retrieve_demand::{Opens, grant, nothing, secrets};
pub use store::ledger::Account;
