//! One scan is one paper: a demand or a notification, never both.

use super::entries;
use serde_json::{Value, json};
use testkit::{
    Case, DEMANDS, Notification, Response, TestApp, on_both, outside_facility, paper_entry,
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
}
