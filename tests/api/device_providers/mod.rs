//! Contracted providers and the payer's branches: read by every client, imported from the payer's file.

mod branches;
mod import;
mod list;
mod supplier;

use serde_json::Value;
use testkit::TestApp;

pub(crate) const PROVIDERS: &str = "/api/v1/providers";

/// The contracts that the tests begin with, as a file.
pub(crate) fn sample(app: &TestApp) -> Value {
    sandbox::contracts::sample(app.space())
}

pub(crate) fn organisation(app: &TestApp, key: &str) -> String {
    sandbox::personas::find_organisation(app.space(), key).unwrap().id.to_string()
}
