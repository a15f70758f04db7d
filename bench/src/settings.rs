//! What the caller decides: how long, with which binaries, where the results go.

use crate::Outcome;
use std::path::PathBuf;
use std::time::Duration;

/// Connections at once, in this order.
pub(crate) const CONNECTIONS: [usize; 3] = [1, 16, 64];

/// How long each measurement takes at most.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    pub(crate) cell: Duration,
    pub(crate) warm_up: Duration,
    /// Signatures made beforehand for one measurement.
    pub(crate) signatures: usize,
    /// Rows that pgbench finds to update.
    pub(crate) rows: u32,
    pub(crate) is_full: bool,
}

const FULL: Scale = Scale {
    cell: Duration::from_secs(5),
    warm_up: Duration::from_secs(1),
    signatures: 8_000,
    rows: 40_000,
    is_full: true,
};

/// Tries every step; its figures mean nothing.
const SMOKE: Scale = Scale {
    cell: Duration::from_millis(300),
    warm_up: Duration::from_millis(100),
    signatures: 200,
    rows: 500,
    is_full: false,
};

#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) scale: Scale,
    /// Where `soid-sandbox` lies.
    pub(crate) binaries: PathBuf,
    /// A superuser's address, for a database of the run's own.
    pub(crate) postgres: String,
    /// Absent: the results are printed and not kept.
    pub(crate) results: Option<PathBuf>,
}

impl Settings {
    pub(crate) fn read() -> Outcome<Self> {
        let scale = match variable("SOID_BENCH_SCALE").as_deref() {
            None | Some("full") => FULL,
            Some("smoke") => SMOKE,
            Some(other) => return Err(format!("SOID_BENCH_SCALE is full or smoke, not {other}").into()),
        };
        let postgres = variable("TEST_POSTGRES_URL").ok_or(
            "TEST_POSTGRES_URL is not set: run `make bench`, or WITH_FSYNC=1 scripts/with-postgres cargo run --release -p bench",
        )?;
        let beside_us = || Some(std::env::current_exe().ok()?.parent()?.to_owned());
        let binaries =
            variable("SOID_BIN_DIR").map(PathBuf::from).or_else(beside_us).ok_or("set SOID_BIN_DIR")?;
        let kept = concat!(env!("CARGO_MANIFEST_DIR"), "/results");
        let results = variable("SOID_BENCH_RESULTS").or_else(|| scale.is_full.then(|| kept.to_owned()));
        Ok(Self { scale, binaries, postgres, results: results.map(PathBuf::from) })
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a program of its own: `server::config` reads for the service only"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
