//! `soid outage record`, before the service starts.

use crate::database::Database;
use crate::installation::{Installation, get, text};
use chrono::{SecondsFormat, TimeDelta, Utc};

fn hours_ago(hours: i64) -> String {
    #[expect(clippy::disallowed_methods, reason = "the program under test has the clock of the machine")]
    let now = Utc::now();
    (now - TimeDelta::hours(hours)).to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn record<'a>(from: &'a str, until: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let call = ["outage", "record", "--from", from, "--until", until, "--reason", "Awaria zasilania."];
    [&call[..], more].concat()
}

#[test]
fn the_operator_records_an_outage_under_the_rules_of_every_outage() {
    let (from, until) = (hours_ago(9), hours_ago(1));
    for database in Database::each() {
        let installation = Installation::on(&database);
        let told = installation.done(&record(&from, &until, &[]));
        assert!(told.starts_with("recorded outage ") && told.contains("its terms wait until 20"), "{told}");
        assert_eq!(installation.done(&record(&from, &until, &[])), told, "the same call is the same outage");
        let until = hours_ago(0);
        let told = installation.done(&record(&from, &until, &["--grace", "until-released"]));
        assert!(told.ends_with("its terms wait until an officer releases them\n"), "{told}");
        let kept =
            "SELECT count(*) AS number FROM outages WHERE space = 'main' AND reason = 'Awaria zasilania.'";
        assert_eq!(database.count(&format!("{kept} AND grace_days = 1")), 1);
        assert_eq!(database.count(&format!("{kept} AND grace_days IS NULL")), 1);
        let by_operator =
            "SELECT count(*) AS number FROM audit WHERE role = 'OPERATOR' AND action = 'record_outage'";
        assert_eq!(database.count(by_operator), 2);
        let backwards = installation.run(&record(&until, &from, &[]));
        assert_eq!(backwards.status.code(), Some(1));
        assert!(text(&backwards.stderr).starts_with("outage.span: "), "{backwards:?}");
        let ahead = installation.run(&record(&from, &hours_ago(-1), &[]));
        assert_eq!(ahead.status.code(), Some(1));
        assert!(text(&ahead.stderr).contains("--until is still ahead"), "{ahead:?}");
        let report = installation.done(&["verify-audit"]);
        assert!(report.contains("entries that wait for one: 2"), "{report}");
    }
}

#[test]
fn a_call_that_cannot_be_read_is_told_before_anything_is_opened() {
    let installation = Installation::on(&Database::sqlite());
    let (from, until) = (hours_ago(9), hours_ago(1));
    for (call, told) in [
        (record("2026-12-08 20:00", &until, &[]), "RFC 3339"),
        (record(&from, &until, &["--grace", "a while"]), "must be until-released or a number of days"),
        (vec!["outage", "record", "--from", &from, "--until", &until, "--reason", " "], "value.text_empty"),
    ] {
        let output = installation.run(&call);
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains(told), "{output:?}");
    }
}

#[test]
fn a_process_that_waits_for_a_dependency_does_not_say_that_it_serves_and_tells_of_the_silence() {
    for database in Database::each() {
        let installation = Installation::on(&database);
        installation.done(&["migrate"]);
        database.execute("INSERT INTO heartbeats (name, at) VALUES ('serving', '2026-01-01 00:00:00')");
        // The issuer's keys cannot be fetched here, so that nobody can be answered.
        let mut serving = installation.serve();
        assert_eq!(get(serving.address, "/health/ready", "").0, 503);
        serving.tells("no process says that it answers requests");
        let since = "SELECT count(*) AS number FROM heartbeats WHERE at < '2026-01-02 00:00:00'";
        assert_eq!(database.count(since), 1, "the silence goes on");
        serving.signal("TERM");
        let (status, _) = serving.end(std::time::Duration::from_secs(15));
        assert_eq!(status.code(), Some(0));
        assert_eq!(database.count(since), 1, "to its end");
        assert_eq!(database.count("SELECT count(*) AS number FROM outages"), 0);
    }
}
