//! What a notification must hold, asked of the dry run and of the submission.

use chrono::TimeDelta;
use serde_json::{Value, json};
use testkit::{AUTHORISATIONS, Notification, TestApp, on_both, with, without};

const VALIDATIONS: &str = "/api/v1/temporary-authorisations/validations";

/// Every fault that the dry run finds, as place and code.
async fn faults(app: &TestApp, content: &Value) -> Vec<(String, String)> {
    let body = json!({ "content": content });
    let answer = app.as_persona("responsible-person").look(VALIDATIONS, &body).await.is(200);
    let problems = answer.at("/problems");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let found = problems.as_array().unwrap();
    assert_eq!(answer.at("/valid"), found.is_empty());
    assert!(found.iter().all(|problem| !problem["rules"].as_array().unwrap().is_empty()), "{problems}");
    found.iter().map(|problem| (text(&problem["pointer"]), text(&problem["code"]))).collect()
}

fn only(place: &str, code: &str) -> Vec<(String, String)> {
    vec![(format!("/content{place}"), code.to_owned())]
}

on_both! {
    async fn a_complete_notification_has_no_fault(app: TestApp) {
        assert_eq!(faults(&app, &Notification::content(&app)).await, []);
        let bare = faults(&app, &json!({ "purpose": "HUMAN" })).await;
        assert_eq!(bare.iter().filter(|(_, code)| code == "authorisation.field_required").count(), 20);
        assert!(bare.contains(&("/content/batches".to_owned(), "authorisation.batch_required".to_owned())));
    }

    async fn every_rule_of_the_batches_is_kept(app: TestApp) {
        let content = Notification::content(&app);
        let yesterday = json!(app.today() - TimeDelta::days(1));
        let expired = with(content.clone(), "/batches/1/expiresOn", yesterday);
        assert_eq!(faults(&app, &expired).await, only("/batches/1/expiresOn", "authorisation.batch_expired"));
        let twice = with(content.clone(), "/batches/1/number", json!("l26a001"));
        assert_eq!(faults(&app, &twice).await, only("/batches/1/number", "authorisation.batch_repeated"));
        let other = with(content.clone(), "/batches/0/quantity/unit", json!("VIAL"));
        assert_eq!(faults(&app, &other).await, only("/batches/0/quantity/unit", "authorisation.batch_unit"));
        let more = with(content, "/batches/0/quantity/amount", json!("7"));
        assert_eq!(faults(&app, &more).await, only("/batches", "authorisation.batches_quantity"));
    }

    async fn a_veterinary_product_needs_the_agriculture_minister_s_request(app: TestApp) {
        let content = Notification::content(&app);
        let place = "/attachments/agricultureMinisterRequest";
        let veterinary = with(content.clone(), "/purpose", json!("VETERINARY"));
        assert_eq!(faults(&app, &veterinary).await, only(place, "authorisation.agriculture_request_required"));
        let request = json!({ "title": "Wniosek", "dated": "2026-01-12", "sha256": "cd".repeat(32) });
        assert_eq!(faults(&app, &with(veterinary, place, request.clone())).await, []);
        let human = with(content.clone(), place, request);
        assert_eq!(faults(&app, &human).await, only(place, "authorisation.agriculture_request_superfluous"));
        let tomorrow = json!(app.today() + TimeDelta::days(1));
        let ahead = with(content, "/attachments/powerOfRepresentation/dated", tomorrow);
        let found = only("/attachments/powerOfRepresentation/dated", "authorisation.attachment_future");
        assert_eq!(faults(&app, &ahead).await, found);
    }

    async fn the_notifier_is_who_they_say(app: TestApp) {
        let content = Notification::content(&app);
        let other = with(content.clone(), "/responsiblePerson/familyName", json!("Zmyślona"));
        let found = only("/responsiblePerson/familyName", "authorisation.responsible_person_differs");
        assert_eq!(faults(&app, &other).await, found);
        let notification = Notification::of(&app, &other).await;
        notification.submit().await.refused(422, "authorisation.responsible_person_differs");
        let nip = with(content.clone(), "/wholesaler/nip", json!("1230055554"));
        assert_eq!(faults(&app, &nip).await, only("/wholesaler/nip", "authorisation.wholesaler_differs"));
        let stranger = with(content, "/representative/familyName", json!("Zmyślony"));
        let notification = Notification::of(&app, &stranger).await;
        notification.submit().await.is(200);
        notification.approve().await.refused(422, "authorisation.representative_differs");
        let reason = json!({ "reason": "Nie ja." });
        let refused = notification.command("wholesaler-director", "representative-refusal", &reason).await;
        refused.refused(422, "authorisation.representative_differs");
    }

    async fn illegal_values_are_named_all_at_once(app: TestApp) {
        let content = with(Notification::content(&app), "/wholesaler/nip", json!("1"));
        let content = with(content, "/attachments/powerOfRepresentation/sha256", json!("AB"));
        let body = json!({ "clientReference": "with spaces", "content": content });
        let refused = app.as_persona("responsible-person").post(AUTHORISATIONS, &body).send().await.is(422);
        let codes: Vec<Value> =
            refused.at("/errors").as_array().unwrap().iter().map(|error| error["code"].clone()).collect();
        assert_eq!(codes, ["value.client_reference", "value.nip", "authorisation.file_digest"]);
    }

    async fn a_client_reference_names_one_open_notification(app: TestApp) {
        let who = app.as_persona("responsible-person");
        let body = json!({ "clientReference": "WMS-1", "content": { "purpose": "HUMAN" } });
        let first = who.post(AUTHORISATIONS, &body).send().await.is(201);
        let refused = who.post(AUTHORISATIONS, &body).send().await.refused(409, "demand.client_reference_taken");
        assert_eq!(refused.text_at("/existing/id"), first.text_at("/id"));
        let listed = who.get(&format!("{AUTHORISATIONS}?clientReference=WMS-1")).await.is(200);
        assert_eq!(listed.at("/items").as_array().unwrap().len(), 1);
        let incomplete = without(body, "/clientReference");
        who.post(AUTHORISATIONS, &incomplete).send().await.is(201);
    }

    async fn a_signature_that_does_not_hold_is_named_beside_the_rules(app: TestApp) {
        let content = with(Notification::content(&app), "/batches", json!([]));
        let notification = Notification::of(&app, &content).await;
        let other = app.sign("responsible-person", testkit::Kind::Qualified, b"{}");
        let refused = notification.command("responsible-person", "submission", &json!({ "signature": other })).await;
        let errors = refused.is(422).at("/errors");
        let codes: Vec<&str> = errors.as_array().unwrap().iter().filter_map(|it| it["code"].as_str()).collect();
        assert!(codes.contains(&"authorisation.batch_required"), "{errors}");
        assert!(codes.iter().any(|code| code.starts_with("signature.")), "{errors}");
        assert_eq!(notification.state().await, "DRAFT");
    }
}
