//! Errors of typing in notifications from paper, and what a correction may not do.

use super::{TITLE, entered, issued};
use serde_json::{Value, json};
use testkit::{Notification, Reached, TestApp, on_both, refusal, with, with_all};

on_both! {
    async fn an_error_of_typing_is_put_right_as_a_new_version(app: TestApp) {
        let (entry, _) = issued(&app, TITLE).await;
        let before = app.enter_paper_notification(&entry).await.is(201);
        let it = Notification::created(&app, &before);
        let right = with(entry.clone(), "/content/batches/0/number", json!("L26A010"));
        let body = json!({ "reason": "Literówka.", "entry": right });
        let preparer = app.as_persona("preparer");
        preparer.post(&it.path_of("paper-correction"), &body).if_match(77).send().await.refused(412, "request.stale");
        preparer.post(&it.path_of("paper-correction"), &body).send().await.refused(428, "request.if_match_missing");
        it.command("preparer-second", "paper-correction", &body).await.refused(409, "demand.not_assigned");
        let corrected = it.command("preparer", "paper-correction", &body).await.is(200);
        assert_eq!(corrected.at("/contentVersion"), 2);
        assert_eq!(corrected.at("/content/batches/0/number"), "L26A010");
        assert_eq!(corrected.at("/paper/corrections/0/reason"), "Literówka.");
        assert_eq!(corrected.at("/paper/corrections/0/contentVersion"), 2);
        let signed = "/examination/submission/payloadSha256";
        assert_ne!(corrected.at(signed), before.at(signed), "another version is under the signatures");
        let versions = app.as_persona("responsible-person").get(&it.path_of("versions")).await.is(200).at("/items");
        let versions = versions.as_array().unwrap();
        let numbers: Vec<&Value> = versions.iter().map(|it| &it["content"]["batches"][0]["number"]).collect();
        assert_eq!(numbers, [&json!("L26A001"), &json!("L26A010")]);
        assert!(versions.iter().all(|it| it["receivedAt"].is_string() && it["signature"].is_null()));
        let history = app.as_persona("responsible-person").get(&it.path_of("history")).await.is(200);
        assert_eq!(history.at("/items/1/type"), "PaperEntryCorrected");
        let wrong = json!({ "reason": "x", "entry": with(right, "/receivedOn", json!("2020-01-01")) });
        it.command("preparer", "paper-correction", &wrong).await.refused_at(
            422, "paper_entry.dates", "/entry/receivedOn",
        );
        it.add_scan(TITLE).await.is(201);
        it.prepare(&refusal()).await.is(200);
        it.command("preparer", "paper-correction", &body).await.refused(409, "authorisation.wrong_state");
    }

    async fn of_two_wholesalers_with_one_nip_it_is_the_one_that_the_paper_names(app: TestApp) {
        let (entry, _) = issued(&app, TITLE).await;
        let (own, second) = (app.organisation("wholesaler"), app.organisation("wholesaler-second"));
        let nip = entry["content"]["wholesaler"]["nip"].as_str().unwrap();
        app.execute(&format!("UPDATE organisations SET nip = '{nip}' WHERE id = '{second}'"));
        app.execute(&format!("UPDATE organisations SET name = 'Hurtownia Łódzka' WHERE id = '{own}'"));
        let named = |name: &str| with(entry.clone(), "/content/wholesaler/name", json!(name));
        app.enter_paper_notification(&named("Hurtownia")).await.refused_at(
            422, "paper_entry.wholesaler_unknown", "/content/wholesaler/nip",
        );
        let it = entered(&app, &named("HURTOWNIA  łódzka")).await;
        let seen = it.seen().await;
        assert_eq!(seen["wholesalerId"], json!(own), "{seen}");
        app.execute(&format!("UPDATE organisations SET active = FALSE WHERE id = '{own}'"));
        let body = json!({ "reason": "Literówka.", "entry": named("Hurtownia Łodzka") });
        let corrected = it.command("preparer", "paper-correction", &body).await.is(200);
        assert_eq!(corrected.at("/content/wholesaler/name"), "Hurtownia Łodzka", "whose it is was found before");
    }

    async fn a_correction_moves_it_to_no_other_wholesaler_or_consent(app: TestApp) {
        let base = Notification::drafted(&app).await.until(Reached::Consented).await;
        let (entry, _) = issued(&app, TITLE).await;
        let entry = with(entry, "/content/batches/0/number", json!("L26A010"));
        let entry = with(entry, "/content/batches/1/number", json!("L26A011"));
        let it = entered(&app, &entry).await;
        let second = app.persona("responsible-person-second").spec;
        let other = sandbox::personas::find_organisation(app.space(), "wholesaler-second").unwrap();
        let moved = with_all(entry.clone(), &[
            ("/content/wholesaler/nip", json!(other.spec.nip)),
            ("/content/responsiblePerson/givenNames", json!(second.given_names)),
            ("/content/responsiblePerson/familyName", json!(second.family_name)),
        ]);
        let body = json!({ "reason": "x", "entry": moved });
        it.command("preparer", "paper-correction", &body).await.refused_at(
            422, "paper_entry.other_wholesaler", "/entry/content/wholesaler/nip",
        );
        let body = json!({ "reason": "x", "entry": with(entry, "/addsToNumber", json!(base.number)) });
        it.command("preparer", "paper-correction", &body).await.refused_at(
            422, "paper_entry.other_consent", "/entry/addsToNumber",
        );
    }

    async fn only_what_came_on_paper_is_corrected_as_paper(app: TestApp) {
        let (entry, _) = issued(&app, "a").await;
        let it = Notification::drafted(&app).await.until(Reached::Assigned).await;
        let body = json!({ "reason": "Literówka.", "entry": entry });
        let refused = it.command("preparer", "paper-correction", &body).await;
        let refused = refused.refused(409, "paper_entry.not_on_paper");
        assert!(!refused.at("/allowedActions").as_array().unwrap().contains(&json!("paper-correction")));
        let actions = app.as_persona("preparer").get(&it.path_of("actions")).await.is(200);
        assert!(!actions.text().contains("paper-correction"), "{}", actions.text());
    }
}
