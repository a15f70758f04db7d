//! What an entity for people deprived of liberty issues comes on paper without any outage (PF art. 4ad(8), SIOZ art. 1(3)).

use chrono::TimeDelta;
use serde_json::json;
use testkit::{DEMANDS, TestApp, food, in_facility, in_prison, on_both, paper_entry, with};

on_both! {
    async fn prisons_need_no_outage(app: TestApp) {
        let issued_on = app.today();
        app.advance_days(90);
        let no_outage = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42";
        let entry = paper_entry(&app, in_facility(&app), no_outage, issued_on, "a");
        app.enter_paper(&entry).await.refused_at(422, "paper_entry.outage_differs", "/grounds/outageId");
        let prison = json!({ "kind": "PRISON_ENTITY" });
        let entry = with(entry, "/grounds", prison.clone());
        app.enter_paper(&entry).await.refused_at(422, "paper_entry.not_prison", "/grounds/kind");
        for (content, title) in [(in_prison(&app), "b"), (food(in_prison(&app)), "c")] {
            let entry = with(paper_entry(&app, content, no_outage, issued_on, title), "/grounds", prison.clone());
            // It is judged by its own dates, as any paper is.
            let late = with(entry.clone(), "/sentOn", json!(issued_on + TimeDelta::days(61)));
            app.enter_paper(&late).await.refused_at(422, "paper_entry.sent_late", "/sentOn");
            let entered = app.enter_paper(&entry).await.is(201);
            assert_eq!((entered.at("/state"), entered.at("/issuedOn")), (json!("WITH_MINISTER"), json!(issued_on)));
            let path = entered.header("location").unwrap().to_owned();
            for party in ["prison-physician", "prison-director"] {
                let seen = app.as_persona(party).get(&path).await.is(200);
                assert_eq!(seen.at("/paper/grounds/kind"), "PRISON_ENTITY", "{party}");
            }
            app.as_persona("hospital-physician").get(&path).await.refused(404, "request.not_found");
        }
        // The electronic way is not closed to them.
        let body = json!({ "content": in_prison(&app) });
        let drafted = app.as_persona("prison-physician").post(DEMANDS, &body).send().await.is(201);
        let path = format!("{}/submission", drafted.header("location").unwrap());
        let fields = app.consultant("consultant-nephrology");
        app.as_persona("prison-physician").look(&format!("{path}/document"), &fields).await.is(200);
    }
}
