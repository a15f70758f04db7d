//! Supply: retrievals with two numbers, paper, the wholesaler's feed, batches.

mod batches;
mod feed;
mod paper;
mod retrievals;
