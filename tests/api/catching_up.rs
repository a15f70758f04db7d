//! Terms that ran out one after the other are applied one after the other, whoever comes first after a standstill.

use chrono::{DateTime, Utc};
use domain::demand::clocks::ClockKind;
use serde_json::{Value, json};
use testkit::{Case, DEMANDS, Stage, TestApp, on_both};

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
