//! `soid openapi`: the contract of production, byte for byte as it is checked in.

use super::Failed;
use std::io::{self, Write as _};

pub(super) fn run() -> Result<(), Failed> {
    Ok(io::stdout().write_all(http::openapi_json().as_bytes())?)
}
