//! One scan is one paper: a demand or a notification, never both.

use super::entries;
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{
    Backend, Case, DEMANDS, Notification, Response, TestApp, on_both, outside_facility, paper_entry,
    paper_notification, with,
};

/// A demand and a notification that were issued 90 days ago in an outage, on papers with these titles.
async fn issued(app: &TestApp, titles: [&str; 2]) -> (Value, Value) {
    let (outage, issued_on) = (app.outage_today().await, app.today());
    let content = Notification::content(app);
    app.advance_days(90);
    let demand = paper_entry(app, outside_facility(app), &outage, issued_on, titles[0]);
    (demand, paper_notification(&content, &outage, issued_on, titles[1]))
}

/// Whether the first problem of the dry run names this rule.
fn names(dry: &Response, number: &str) -> bool {
    dry.at("/problems/0/rules").as_array().unwrap().iter().any(|rule| rule["number"] == number)
}

/// How many wait to write down whose the scan is.
const WAITING: &str = "SELECT count(*) AS number FROM pg_locks WHERE NOT granted
    AND relation = 'paper_scans'::regclass AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

/// The answers to both where, on PostgreSQL, neither is written before both have looked. SQLite has one writer.
async fn at_once(
    app: &TestApp,
    one: impl Future<Output = Response>,
    other: impl Future<Output = Response>,
) -> (Response, Response) {
    let held = (app.backend() == Backend::Postgres).then(|| app.hold("LOCK TABLE paper_scans IN SHARE MODE"));
    let released = async {
        if let Some(held) = held {
            while app.count(WAITING).await < 2 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            drop(held);
        }
    };
    let (one, other, ()) = tokio::join!(one, other, released);
    (one, other)
}

/// One was written, and the other is refused as one that stands already; the one that was.
fn one_has_it<'a>(one: &'a Response, other: &'a Response) -> &'a Response {
    let (won, lost) = if one.status < 300 { (one, other) } else { (other, one) };
    assert!(won.status < 300, "{}\n{}", one.text(), other.text());
    assert_eq!(
        (lost.status, lost.text_at("/code").as_str()),
        (409, "paper_entry.duplicate"),
        "{}",
        lost.text()
    );
    assert_eq!(lost.at("/existing/id"), won.at("/id"), "{}", lost.text());
    won
}

/// The same of two entries, of which nothing else is left.
async fn one_stands(app: &TestApp, one: &Response, other: &Response) {
    let won = one_has_it(one, other);
    assert_eq!(app.count("SELECT count(*) AS number FROM paper_scans").await, 1);
    let entered =
        "SELECT (SELECT count(*) FROM demands) + (SELECT count(*) FROM temporary_authorisations) AS number";
    assert_eq!(app.count(entered).await, 1, "{}", won.text());
}

on_both! {
    async fn the_scan_of_a_demand_is_no_notification(app: TestApp) {
        let (demand, notification) = issued(&app, ["a", "a"]).await;
        let entered = app.enter_paper(&demand).await.is(201);
        let refused = app.enter_paper_notification(&notification).await;
        refused.refused_at(409, "paper_entry.duplicate", "/scan/sha256");
        let refused = app.enter_paper_notification(&notification).await.refused(409, "paper_entry.duplicate");
        assert_eq!(refused.at("/existing/id"), entered.at("/id"));
        assert_eq!(refused.at("/existing/href").as_str(), entered.header("location"));
        let dry = app.as_persona("preparer").look(&format!("{}/validations", entries()), &notification).await.is(200);
        assert_eq!(dry.at("/problems/0/pointer"), "/scan/sha256");
        assert!(names(&dry, "PE-39"), "{}", dry.text());
        let case = Case::created(&app, &entered);
        case.withdraw().await.is(200);
        app.enter_paper_notification(&notification).await.is(201);
    }

    async fn the_scan_of_a_notification_is_no_demand(app: TestApp) {
        let (demand, notification) = issued(&app, ["a", "a"]).await;
        let entered = app.enter_paper_notification(&notification).await.is(201);
        let dry = app.as_persona("preparer").look(&format!("{DEMANDS}/paper-entries/validations"), &demand).await.is(200);
        assert_eq!(dry.at("/problems/0/pointer"), "/scan/sha256");
        assert!(names(&dry, "PE-38"), "{}", dry.text());
        let refused = app.enter_paper(&demand).await.refused(409, "paper_entry.duplicate");
        assert_eq!(refused.at("/existing/id"), entered.at("/id"));
        assert_eq!(refused.at("/existing/href").as_str(), entered.header("location"));
        let other_scan = with(demand, "/scan/sha256", json!("c".repeat(64)));
        app.enter_paper(&other_scan).await.is(201);
    }

    async fn a_correction_does_not_take_the_scan_of_another_document(app: TestApp) {
        let (demand, notification) = issued(&app, ["a", "b"]).await;
        let case = Case::created(&app, &app.enter_paper(&demand).await.is(201));
        let it = Notification::created(&app, &app.enter_paper_notification(&notification).await.is(201));
        let taken = with(notification.clone(), "/scan", demand["scan"].clone());
        let refused = it.command("preparer", "paper-correction", &json!({ "reason": "x", "entry": taken })).await;
        refused.refused_at(409, "paper_entry.duplicate", "/entry/scan/sha256");
        let taken = with(demand.clone(), "/scan", notification["scan"].clone());
        let refused = case.command("preparer", "paper-correction", &json!({ "reason": "x", "entry": taken })).await;
        refused.refused_at(409, "paper_entry.duplicate", "/entry/scan/sha256");
        let corrected = json!({ "reason": "x", "entry": notification });
        it.command("preparer", "paper-correction", &corrected).await.is(200);
    }

    async fn of_one_scan_that_is_entered_as_both_at_once_one_stands(app: TestApp) {
        let (demand, notification) = issued(&app, ["a", "a"]).await;
        let (one, other) = at_once(&app, app.enter_paper(&demand), app.enter_paper_notification(&notification)).await;
        one_stands(&app, &one, &other).await;
    }

    async fn of_one_scan_that_two_are_corrected_to_at_once_one_has_it(app: TestApp) {
        let (demand, notification) = issued(&app, ["a", "b"]).await;
        let case = Case::created(&app, &app.enter_paper(&demand).await.is(201));
        let it = Notification::created(&app, &app.enter_paper_notification(&notification).await.is(201));
        let scan = json!({ "title": "c", "sha256": "c".repeat(64) });
        let corrected = |entry: Value| json!({ "reason": "x", "entry": with(entry, "/scan", scan.clone()) });
        let (demand, notification) = (corrected(demand), corrected(notification));
        let (one, other) = at_once(
            &app,
            case.command("preparer", "paper-correction", &demand),
            it.command("preparer", "paper-correction", &notification),
        )
        .await;
        one_has_it(&one, &other);
        assert_eq!(app.count("SELECT count(*) AS number FROM paper_scans").await, 2);
    }
}
