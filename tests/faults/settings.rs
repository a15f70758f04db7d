//! What the one who runs the tests says through the environment, and where the programs under test lie.

use std::path::PathBuf;

#[expect(clippy::disallowed_methods, reason = "tests are told by the environment where their databases are")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// How much a test does.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    /// How often the service is killed.
    pub(crate) kills: usize,
    /// Submissions of one burst.
    pub(crate) submissions: usize,
    /// Connections that submit at once.
    pub(crate) clients: usize,
    /// Terms that have run out and that nobody has applied.
    pub(crate) deadlines: usize,
}

/// `SOID_TEST_SCALE=prove` asks for the scale of a proof.
pub(crate) fn scale() -> Scale {
    match variable("SOID_TEST_SCALE").as_deref() {
        Some("prove") => Scale { kills: 5, submissions: 400, clients: 32, deadlines: 10_000 },
        _ => Scale { kills: 1, submissions: 60, clients: 12, deadlines: 800 },
    }
}

/// A superuser of a PostgreSQL that the tests may fill with databases. `scripts/with-postgres` starts it with
/// `fsync=off`, which is enough here: what a killed process of ours has handed to the server is the server's to keep,
/// and the server lives on. What a power cut leaves is up to the operator's server, with `fsync` on, as it is by default.
pub(crate) fn postgres_url() -> Option<String> {
    let url = variable("TEST_POSTGRES_URL");
    let required = variable("REQUIRE_POSTGRES").is_some_and(|value| value == "1");
    assert!(url.is_some() || !required, "REQUIRE_POSTGRES=1 but no TEST_POSTGRES_URL");
    url
}

/// Where servers write their logs.
pub(crate) fn logs() -> Option<PathBuf> {
    variable("SOID_TEST_LOGS").map(PathBuf::from)
}

/// A program of this workspace: where the script says, else beside the test, which lies in `target/<profile>/deps/`.
pub(crate) fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("the path of the test");
    let beside = || test.ancestors().nth(2).expect("a target folder").to_owned();
    let path = variable("SOID_BIN_DIR").map_or_else(beside, PathBuf::from).join(name);
    assert!(path.exists(), "{} is missing: scripts/build makes it", path.display());
    path
}
