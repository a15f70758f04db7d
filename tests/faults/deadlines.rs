//! `kill -9` among workers that fire a heap of due deadlines: each is fired once, whoever lives.

use crate::database::{Backend, Home};
use crate::process::Service;
use crate::workers::Installation;
use crate::{ledger, on, overdue, settings};
use std::time::{Duration, Instant};

/// Firing all of them on a busy machine, and the lease of a worker that was killed.
const PATIENCE: Duration = Duration::from_mins(4);
const LOOK: Duration = Duration::from_millis(5);

fn fired(home: &Home) -> usize {
    let returned = "SELECT count(*) AS number FROM events WHERE type = 'DemandReturned'";
    usize::try_from(home.number(returned)).expect("a number")
}

/// Those who have claimed something that is not fired yet.
fn holders(home: &Home) -> i64 {
    home.number("SELECT count(DISTINCT leased_by) AS number FROM deadlines WHERE leased_by IS NOT NULL")
}

async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < end, "not in time: {what}");
        tokio::time::sleep(LOOK).await;
    }
}

/// Each of so many terms has ended once, with everything that belongs to its end, and nothing is left of it.
async fn each_ended_once(home: &Home, count: usize) {
    let count = i64::try_from(count).expect("a number");
    let of = |rows: &str| home.number(&format!("SELECT count(*) AS number FROM {rows}"));
    assert_eq!(of("demands WHERE state = 'RETURNED' AND revision = 2"), count, "returned by one change");
    for (what, rows) in [
        ("an event", "SELECT document_id FROM events WHERE type = 'DemandReturned'"),
        ("an entry", "SELECT document_id FROM audit WHERE action = 'elapse'"),
    ] {
        assert_eq!(of(&format!("({rows}) AS each_one")), count, "{what} for each");
        assert_eq!(of(&format!("({rows} GROUP BY document_id) AS once")), count, "{what} once for each");
    }
    assert_eq!(of("deadlines WHERE kind = 'OPINION'"), 0, "what was fired is gone");
    assert_eq!(of("deadlines WHERE kind = 'SUBMISSION_TO_MINISTER' AND purpose = 'TERM'"), count);
    ledger::numbered(home).await;
    for table in ["events", "audit"] {
        let gaps = format!("SELECT coalesce(max(seq), 0) - count(*) AS number FROM {table}");
        assert_eq!(home.number(&gaps), 0, "the numbers of {table} have a gap");
    }
}

#[test]
fn of_two_workers_one_is_killed_in_the_middle_and_every_deadline_is_fired_once() {
    on(Backend::Postgres, |home| async move {
        let count = settings::scale().deadlines;
        let installation = Installation::of(&home);
        overdue::seed(&home, installation.ring(), count).await;
        let (mut killed, mut left) = (installation.work(&home), installation.work(&home));
        until("both work", || {
            assert!(killed.is_running() && left.is_running(), "a worker has ended by itself");
            holders(&home) > 1 && fired(&home) > count / 8
        })
        .await;
        let begun = Instant::now();
        killed.kill();
        let at = fired(&home);
        assert!(at < count, "everything was fired before the kill");
        until("all are fired", || fired(&home) == count).await;
        eprintln!("killed at {at} of {count}; the other fired the rest in {:?}", begun.elapsed());
        assert!(left.is_running());
        each_ended_once(&home, count).await;
    });
}

#[test]
fn a_service_on_sqlite_is_killed_in_the_middle_and_the_next_one_fires_the_rest() {
    on(Backend::Sqlite, |home| async move {
        let count = settings::scale().deadlines;
        let installation = Installation::of(&home);
        overdue::seed(&home, installation.ring(), count).await;
        let service = Service::start(&home);
        until("it works", || fired(&home) > count / 8).await;
        let begun = Instant::now();
        service.kill();
        let at = fired(&home);
        assert!(at < count, "everything was fired before the kill");
        let mut service = Service::start(&home);
        until("all are fired", || fired(&home) == count).await;
        eprintln!("killed at {at} of {count}; the next one fired the rest in {:?}", begun.elapsed());
        assert!(service.is_running());
        each_ended_once(&home, count).await;
    });
}
