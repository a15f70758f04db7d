//! What was typed wrongly of a demand on paper is put right as a new version.

use super::{TITLE, outage};
use chrono::TimeDelta;
use serde_json::{Value, json};
use testkit::{
    Case, Stage, TestApp, approval, in_facility, on_both, outside_facility, paper_entry, with, with_all,
};

on_both! {
    async fn an_error_of_typing_is_put_right_as_a_new_version(app: TestApp) {
        let (outage, issued_on) = outage(&app).await;
        let entry = paper_entry(&app, outside_facility(&app), &outage, issued_on, TITLE);
        let case = Case::created(&app, &app.enter_paper(&entry).await.is(201));
        let right = with_all(entry.clone(), &[
            ("/content/treatmentDays", json!(45)),
            ("/opinion/givenOn", json!(issued_on + TimeDelta::days(16))),
        ]);
        let body = json!({ "reason": "Literówka.", "entry": right });
        let stale = case.app.as_persona("preparer").post(&case.path_of("paper-correction"), &body).if_match(77);
        stale.send().await.refused(412, "request.stale");
        case.command("preparer-second", "paper-correction", &body).await.refused(409, "demand.not_assigned");
        let corrected = case.command("preparer", "paper-correction", &body).await.is(200);
        assert_eq!(corrected.at("/contentVersion"), 2);
        assert_eq!(corrected.at("/content/treatmentDays"), 45);
        assert_eq!(corrected.at("/paper/corrections/0/reason"), "Literówka.");
        assert_eq!(corrected.at("/paper/corrections/0/contentVersion"), 2);
        let versions = case.as_physician().get(&case.path_of("versions")).await.is(200).at("/items");
        let days: Vec<&Value> = versions.as_array().unwrap().iter().map(|it| &it["content"]["treatmentDays"]).collect();
        assert_eq!(days, [&json!(90), &json!(45)]);
        assert!(versions.as_array().unwrap().iter().all(|it| it["receivedAt"].is_string()));
        let history = case.as_physician().get(&case.path_of("history")).await.is(200);
        assert_eq!(history.at("/items/1/type"), "PaperEntryCorrected");
        let late = json!({ "reason": "x", "entry": with(right, "/opinion/givenOn", json!(issued_on + TimeDelta::days(18))) });
        case.command("preparer", "paper-correction", &late).await.refused_at(
            422, "paper_entry.opinion_late", "/entry/opinion/givenOn",
        );
        let moved = json!({ "reason": "x", "entry": paper_entry(&app, in_facility(&app), &outage, issued_on, TITLE) });
        case.command("preparer", "paper-correction", &moved).await.refused_at(
            422, "paper_entry.other_entity", "/entry/content/entity/rpwdlNumber",
        );
        case.add_scan(TITLE).await.is(201);
        case.prepare(&approval("10")).await.is(200);
        case.command("preparer", "paper-correction", &body).await.refused(409, "demand.wrong_state");
    }

    async fn whoever_was_named_wrongly_finds_the_correction_and_every_later_read(app: TestApp) {
        let (outage, issued_on) = outage(&app).await;
        let entry = paper_entry(&app, outside_facility(&app), &outage, issued_on, TITLE);
        let case = Case::created(&app, &app.enter_paper(&entry).await.is(201));
        let other = app.persona("patient-second").spec;
        let patient = with_all(entry["content"]["patients"]["patient"].clone(), &[
            ("/identifier/number", json!(other.pesel)),
            ("/givenNames", json!(other.given_names)),
            ("/familyName", json!(other.family_name)),
        ]);
        let right = with(entry, "/content/patients/patient", patient);
        let body = json!({ "reason": "Nie ten pacjent.", "entry": right });
        case.command("preparer", "paper-correction", &body).await.is(200);
        case.as_physician().get(&case.path_of("versions")).await.is(200);
        case.as_physician().get(&case.path()).await.is(200);
        let mut counts = Vec::new();
        for key in ["patient", "patient-second"] {
            let log = app.as_persona(key).get("/api/v1/patient/access-log?limit=200").await.is(200).at("/items");
            let of = |action: &str| log.as_array().unwrap().iter().filter(|item| item["action"] == action).count();
            counts.push(["enter_demand_from_paper", "correct_demand_from_paper", "demand_versions", "find_demand"].map(of));
        }
        assert_eq!(counts, [[1, 1, 1, 0], [0, 1, 1, 1]], "who was named first, and who is named now");
        app.as_persona("patient").find(&case.id).await.refused(404, "request.not_found");
    }

    async fn a_correction_does_not_take_another_paper_s_place(app: TestApp) {
        let (outage, issued_on) = outage(&app).await;
        let first = paper_entry(&app, outside_facility(&app), &outage, issued_on, "a");
        let entered = app.enter_paper(&first).await.is(201);
        let second = paper_entry(&app, in_facility(&app), &outage, issued_on, "b");
        let case = Case::created(&app, &app.enter_paper(&second).await.is(201));
        let body = json!({ "reason": "x", "entry": with(second, "/scan", first["scan"].clone()) });
        let refused = case.command("preparer", "paper-correction", &body).await.refused(409, "paper_entry.duplicate");
        assert_eq!(refused.at("/existing/id"), entered.at("/id"));
    }

    async fn only_what_came_on_paper_is_corrected_as_paper(app: TestApp) {
        let (outage, issued_on) = outage(&app).await;
        let case = Case::outside(&app).await.until(Stage::Assigned).await;
        let entry = paper_entry(&app, outside_facility(&app), &outage, issued_on, "a");
        let body = json!({ "reason": "Literówka.", "entry": entry });
        let refused = case.command("preparer", "paper-correction", &body).await;
        let refused = refused.refused(409, "paper_entry.not_on_paper");
        assert!(!refused.at("/allowedActions").as_array().unwrap().contains(&json!("paper-correction")));
        let actions = app.as_persona("preparer").get(&case.path_of("actions")).await.is(200);
        assert!(!actions.text().contains("paper-correction"), "{}", actions.text());
    }
}
