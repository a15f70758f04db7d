//! Demands on paper because of force majeure.

use chrono::TimeDelta;
use serde_json::json;
use testkit::{Case, TestApp, approval, food, in_facility, on_both, outside_facility, paper_entry, with};

on_both! {
    async fn paper_because_of_force_majeure_is_judged_and_resolved_like_that_of_an_outage(app: TestApp) {
        let issued_on = app.today();
        app.advance_days(90);
        let flood = json!({
            "kind": "FORCE_MAJEURE", "description": "Powódź odcięła poradnię.", "from": issued_on,
            "until": issued_on + TimeDelta::days(20),
        });
        for (title, content) in [("Lek", in_facility(&app)), ("Żywność", food(outside_facility(&app)))] {
            let entry = with(paper_entry(&app, content, "", issued_on, title), "/grounds", flood.clone());
            let late = with(entry.clone(), "/sentOn", json!(issued_on + TimeDelta::days(61)));
            app.enter_paper(&late).await.refused_at(422, "paper_entry.sent_late", "/sentOn");
            let case = Case::created(&app, &app.enter_paper(&entry).await.is(201));
            let seen = case.seen().await;
            assert_eq!((&seen["state"], &seen["paper"]["grounds"]), (&json!("WITH_MINISTER"), &flood));
            case.assign("preparer").await.is(200);
            case.add_scan(title).await.is(201);
            case.prepare(&approval("10")).await.is(200);
            assert_eq!(case.resolve().await.is(200).text_at("/state"), "APPROVED");
        }
    }
}
