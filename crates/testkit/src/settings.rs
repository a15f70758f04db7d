//! What the one who runs the tests says through the environment, and where tests may leave files.

use std::path::PathBuf;

#[expect(clippy::disallowed_methods, reason = "tests are told by the environment where their databases are")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// A superuser of a PostgreSQL that the tests may fill with databases.
pub(crate) fn postgres_url() -> Option<String> {
    variable("TEST_POSTGRES_URL")
}

/// Whether a missing PostgreSQL is a failure.
pub(crate) fn requires_postgres() -> bool {
    variable("REQUIRE_POSTGRES").is_some_and(|value| value == "1")
}

/// Whether `SOID_TEST_SCALE=prove` asks for the scale of a proof.
pub fn is_proof() -> bool {
    variable("SOID_TEST_SCALE").as_deref() == Some("prove")
}

/// Where servers write their logs.
pub(crate) fn logs() -> Option<PathBuf> {
    variable("SOID_TEST_LOGS").map(PathBuf::from)
}

/// The build's target folder: a test lies in `target/<profile>/deps/`.
pub(crate) fn target() -> PathBuf {
    let test = std::env::current_exe().expect("the path of the test");
    test.ancestors().nth(3).expect("a target folder").to_owned()
}

/// Every migration of the workspace, to tell templates of different schemas apart.
pub(crate) fn migrations() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../migrations")
}
