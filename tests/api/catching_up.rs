//! Terms that ran out one after the other are applied one after the other, whoever comes first after a standstill.

use chrono::{DateTime, Utc};
use domain::demand::clocks::ClockKind;
use futures_util::future::join_all;
use serde_json::{Value, json};
use testkit::{Backend, Case, DEMANDS, Stage, TestApp, on, on_both};

/// What is told of the ends of its terms: type, state, instant and revision, which grows by one from each to the next.
async fn ends(case: &Case) -> Vec<(String, String, DateTime<Utc>)> {
    let history = case.as_physician().get(&case.path_of("history")).await.is(200).at("/items");
    let by_the_clock = |it: &&Value| it["by"]["role"] == "SERVICE";
    let ends: Vec<Value> = history.as_array().unwrap().iter().filter(by_the_clock).cloned().collect();
    let revisions: Vec<i64> = ends.iter().map(|it| it["revision"].as_i64().unwrap()).collect();
    assert!(revisions.windows(2).all(|pair| pair[0] + 1 == pair[1]), "a revision of its own: {ends:?}");
    let entries = "SELECT count(*) AS number FROM audit WHERE action = 'elapse'";
    assert_eq!(case.app.count(entries).await, i64::try_from(ends.len()).unwrap(), "an entry of its own");
    let text = |it: &Value, member: &str| it[member].as_str().unwrap().to_owned();
    ends.iter().map(|it| (text(it, "type"), text(it, "state"), text(it, "at").parse().unwrap())).collect()
}

/// A return at the end of the first term, and the end of the whole procedure at that of the second.
async fn ended_one_by_one(case: &Case, submitted_at: DateTime<Utc>) {
    let of = |kind: ClockKind| -> DateTime<Utc> { kind.term().due(submitted_at) };
    let first = if case.in_facility { ClockKind::RepresentativeApproval } else { ClockKind::Opinion };
    let wanted = [
        ("DemandReturned".to_owned(), "RETURNED".to_owned(), of(first)),
        ("DemandExpired".to_owned(), "EXPIRED".to_owned(), of(ClockKind::SubmissionToMinister)),
    ];
    assert_eq!(ends(case).await, wanted);
}

async fn submitted(app: &TestApp, in_facility: bool) -> (Case, DateTime<Utc>) {
    let case = if in_facility { Case::in_facility(app).await } else { Case::outside(app).await };
    let case = case.until(Stage::Submitted).await;
    (case, app.now())
}

on_both! {
    async fn a_reader_who_comes_first_leaves_the_history_that_a_worker_would(app: TestApp) {
        let (case, at) = submitted(&app, true).await;
        app.advance_days(100);
        ended_one_by_one(&case, at).await;
        assert_eq!(app.fire_due("late").await, 0, "nothing is left to the worker");
    }

    async fn so_does_a_list(app: TestApp) {
        let (case, at) = submitted(&app, false).await;
        app.advance_days(61);
        let listed = case.as_physician().get(DEMANDS).await.is(200);
        assert_eq!(listed.at("/items/0/state"), json!("EXPIRED"), "{}", listed.text());
        ended_one_by_one(&case, at).await;
    }

    async fn so_does_a_worker_that_has_the_later_term_alone(app: TestApp) {
        let (case, at) = submitted(&app, false).await;
        app.advance_days(61);
        let until = (app.real_now() + chrono::TimeDelta::seconds(60)).format("%Y-%m-%d %H:%M:%S%.6f");
        let lease = format!("UPDATE deadlines SET leased_by = 'other', leased_until = '{until}' WHERE kind = 'OPINION'");
        app.execute(&lease);
        assert!(app.fire_due("one").await > 0);
        assert_eq!(app.count("SELECT count(*) AS number FROM deadlines").await, 0);
        ended_one_by_one(&case, at).await;
    }
}

/// Each locks the demand before its rows. Where one did not, PostgreSQL would end one of the two transactions.
async fn a_worker_and_readers_at_once(app: TestApp) {
    let mut cases = Vec::new();
    for round in 0..24 {
        cases.push(submitted(&app, round % 2 == 0).await.0);
    }
    app.advance_days(100);
    let other = app.another_node().await;
    let read = |case: &Case| {
        let (who, path) = (case.as_physician(), case.path_of("history"));
        async move { who.get(&path).await.is(200) }
    };
    let readers = async { join_all(cases.iter().chain(&cases).map(read)).await };
    tokio::join!(app.fire_due("one"), async { other.fire_due("two").await.unwrap() }, readers);
    app.fire_due("one").await;
    let of = |kind: &str| format!("SELECT count(*) AS number FROM events WHERE type = '{kind}'");
    assert_eq!(app.count_of(of("DemandReturned")).await, 24);
    assert_eq!(app.count_of(of("DemandExpired")).await, 24);
    let deadlocks = "SELECT deadlocks AS number FROM pg_stat_database WHERE datname = current_database()";
    // The statistics of a session are told when it is idle.
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    assert_eq!(app.count(deadlocks).await, 0);
}

#[test]
fn a_worker_and_readers_who_meet_on_due_demands_do_not_wait_for_each_other() {
    on(Backend::Postgres, testkit::generous(), a_worker_and_readers_at_once);
}
