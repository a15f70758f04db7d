//! The sandbox: the service with fictitious organisations, people, tokens and signatures, for vendors and for tests.
//!
//! Production contains nothing of it.

pub mod clock;
pub mod contracts;
pub mod demo;
mod folder;
pub mod insurance;
pub mod keys;
pub mod personas;
pub mod pki;
pub mod products;
mod routes;
pub mod scenarios;
pub mod signatures;
mod start;
mod state;
pub mod tokens;
pub mod validation;
pub mod xades;

pub use routes::routes;
pub use start::{Options, RunningSandbox, SandboxFault, start, telemetry};
pub use state::{FillFault, Sandbox};

/// The contract of production with the sandbox's operations, as the file that is checked in.
pub fn openapi_json() -> String {
    http::contract::to_json(&http::contract::compose(routes))
}
