//! `soid worker`, beside the processes that answer requests.

use crate::database::Database;
use crate::installation::{Installation, text};
use std::time::Duration;

const GRACE: Duration = Duration::from_secs(15);

/// PostgreSQL, where it was asked for.
fn shared() -> Option<Database> {
    Database::each().into_iter().find(|database| database.url.starts_with("postgres"))
}

#[test]
fn it_works_beside_another_and_ends_when_it_is_told_to() {
    let Some(database) = shared() else { return };
    let installation = Installation::on(&database);
    let workers = [installation.work(), installation.work()];
    for (worker, signal) in workers.into_iter().zip(["TERM", "INT"]) {
        worker.signal(signal);
        let (status, log) = worker.end(GRACE);
        assert_eq!(status.code(), Some(0), "{log}");
        assert!(log.contains(r#""message":"stopping""#) && log.contains(r#""message":"stopped""#), "{log}");
        assert!(!log.contains("not fired") && !log.contains("ERROR"), "{log}");
    }
}

#[test]
fn on_sqlite_it_says_who_fires_there() {
    let database = Database::sqlite();
    let output = Installation::on(&database).run(&["worker"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("SQLite is for one process"), "{output:?}");
}

#[test]
fn it_refuses_what_a_production_system_must_not_start_with() {
    let database = Database::sqlite();
    let mut installation = Installation::on(&database);
    installation.set("SOID_OUTAGE_GRACE", "a while");
    let output = installation.run(&["worker"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("SOID_OUTAGE_GRACE: must be until-released or"), "{output:?}");
    installation.set("SOID_OUTAGE_GRACE", "until-released");
    installation.set("SOID_SILENCE_IS_OUTAGE_MINUTES", "1");
    let output = installation.run(&["worker"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("SOID_SILENCE_IS_OUTAGE_MINUTES: must be off or a number"),
        "{output:?}"
    );
    installation.set("SOID_SILENCE_IS_OUTAGE_MINUTES", "off");
    installation.set("SOID_PATIENT_LIST_DAYS", "0");
    let output = installation.run(&["worker"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("SOID_PATIENT_LIST_DAYS: must be off or"), "{output:?}");
    installation.set("SOID_PATIENT_LIST_DAYS", "off");
    installation.set("SOID_PUBLIC_URL", "http://127.0.0.1:8080");
    let output = installation.run(&["worker"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
}

#[test]
fn a_schema_that_is_behind_stops_a_worker_that_may_not_migrate() {
    let Some(database) = shared() else { return };
    let mut installation = Installation::on(&database);
    installation.set("SOID_MIGRATE_ON_START", "false");
    let output = installation.run(&["worker"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("run soid migrate"), "{output:?}");
}
