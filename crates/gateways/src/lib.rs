//! The outside world: key sets, revocation lists, a validation service and the payer's register of the insured behind
//! traits, and the files of other registers.

pub mod attachment_store;
mod breaker;
pub mod crl;
mod fetch;
pub mod insurance;
pub mod jwks;
mod kept;
mod key_set;
pub mod product_register;
pub mod validation;

use std::pin::Pin;

pub use fetch::FetchLimits;

/// The answer of a source that may have to ask over the network; boxed, so that sources can be `dyn`.
pub type Asked<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The program cannot ask the outside at all, for instance because the system has no certificate store.
#[derive(Debug, thiserror::Error)]
#[error("the HTTP client for the outside world cannot be set up: {0}")]
pub struct SetUpFault(pub(crate) String);
