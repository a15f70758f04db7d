//! `GET /operations?key=…`: did you get it?

use serde_json::{Value, json};
use testkit::{Case, DEMANDS, Stage, TestApp, on_both, outside_facility};

const KEY: &str = "did-you-get-it-000001";

on_both! {
    async fn a_write_is_found_by_its_key_and_by_whoever_sent_it(app: TestApp) {
        let who = app.as_persona("clinic-physician");
        let ask = format!("/api/v1/operations?key={KEY}");
        who.get(&ask).await.refused(404, "request.not_found");
        let body = json!({ "content": outside_facility(&app) });
        let created = who.post(DEMANDS, &body).key(KEY).send().await.is(201);
        let known = who.get(&ask).await.is(200);
        assert_eq!(known.text_at("/operation"), "create_demand");
        assert_eq!(known.at("/status"), 201);
        assert_eq!(known.at("/documentId"), created.at("/id"));
        assert_eq!(known.at("/body"), created.json());
        assert_eq!(known.at("/etag"), json!(created.etag()));
        who.through("other-client").get(&ask).await.refused(404, "request.not_found");
        app.as_persona("hospital-physician").get(&ask).await.refused(404, "request.not_found");
    }

    async fn a_refused_write_leaves_its_key_free(app: TestApp) {
        let who = app.as_persona("clinic-physician");
        let body = json!({ "content": outside_facility(&app), "clientReference": "TAKEN" });
        let first = who.post(DEMANDS, &body).send().await.is(201).text_at("/id");
        who.post(DEMANDS, &body).key(KEY).send().await.refused(409, "demand.client_reference_taken");
        who.get(&format!("/api/v1/operations?key={KEY}")).await.refused(404, "request.not_found");
        let withdrawal = format!("{DEMANDS}/{first}/withdrawal");
        who.post(&withdrawal, &json!({ "reason": "Pomyłka." })).if_match(1).send().await.is(200);
        who.post(DEMANDS, &body).key(KEY).send().await.is(201);
    }

    async fn a_key_has_a_form(app: TestApp) {
        let refused = app.as_persona("clinic-physician").get("/api/v1/operations?key=short").await;
        refused.refused(400, "request.idempotency_key");
    }

    async fn asking_again_and_repeating_are_on_record_for_the_patient(app: TestApp) {
        let who = app.as_persona("clinic-physician");
        let body = json!({ "content": outside_facility(&app) });
        who.post(DEMANDS, &body).key(KEY).send().await.is(201);
        who.post(DEMANDS, &body).key(KEY).send().await.is(201);
        who.get(&format!("/api/v1/operations?key={KEY}")).await.is(200);
        for action in ["replay_answer", "find_operation"] {
            let of = format!(
                "SELECT count(*) AS number FROM audit WHERE action = '{action}' AND purpose = 'create_demand' \
                 AND patient_id IS NOT NULL AND document_id IS NOT NULL AND refusal IS NULL"
            );
            assert_eq!(app.count_of(of).await, 1, "{action}");
        }
        let log = app.as_persona("patient").get("/api/v1/patient/access-log").await.is(200);
        assert_eq!(log.at("/items/0/action"), "find_operation");
    }

    async fn who_has_lost_the_role_is_not_told_again(app: TestApp) {
        let who = app.as_persona("clinic-physician");
        who.post(DEMANDS, &json!({ "content": outside_facility(&app) })).key(KEY).send().await.is(201);
        let token = app.token("clinic-physician");
        let number = app.persona("clinic-physician").spec.npwz;
        let person = json!({ "idSystem": "NPWZ", "id": number, "role": "CONSULTANT" });
        let former = app.with_token(token.with("person", person));
        former.get(&format!("/api/v1/operations?key={KEY}")).await.refused(403, "auth.role");
        let of = "SELECT count(*) AS number FROM audit WHERE action = 'find_operation' AND refusal = 'auth.role'";
        assert_eq!(app.count(of).await, 1);
    }

    async fn two_organisations_behind_one_client_share_no_key(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        let of = |key| app.with_token(app.token(key).without("person"));
        let entry = app.entry("IMPORTED", 1);
        let import = |key| of(key).post(&case.path_of("realisations"), &entry).key(KEY).send();
        import("wholesaler").await.is(201);
        let ask = format!("/api/v1/operations?key={KEY}");
        of("wholesaler").get(&ask).await.is(200);
        of("wholesaler-second").get(&ask).await.refused(404, "request.not_found");
        import("wholesaler-second").await.refused(404, "request.not_found");
    }

    async fn every_step_of_a_case_can_be_asked_for(app: TestApp) {
        let case = Case::in_facility(&app).await;
        let verdict = json!({ "verdict": "CONFIRMED" });
        carried_out(&case, "hospital-physician", "submission", app.consultant("consultant-nephrology"), true).await;
        carried_out(&case, "director", "representative-approval", json!({}), true).await;
        carried_out(&case, "consultant-nephrology", "opinion", verdict, true).await;
        carried_out(&case, "preparer", "assignment", json!({}), false).await;
        carried_out(&case, "preparer", "resolution-draft", testkit::approval("10"), false).await;
        let seen = json!({ "draftSha256": case.draft_sha256().await });
        carried_out(&case, "decider", "resolution", seen, true).await;
        let to = json!({ "wholesalerId": app.organisation("wholesaler") });
        carried_out(&case, "hospital-pharmacist", "handover", to, false).await;
        carried_out(&case, "wholesaler", "realisations", app.entry("IMPORTED", 1), false).await;
        carried_out(&case, "hospital-physician", "copies", json!({}), false).await;
    }
}

/// Takes a step under a key of its own and asks what became of it.
async fn carried_out(case: &Case, persona: &'static str, action: &str, fields: Value, signed: bool) {
    let who = case.app.as_persona(persona);
    let body = if signed { case.signed(persona, action, fields).await } else { fields };
    let key = format!("key-of-the-step-{action}");
    let answer = case.ask(&who, action, &body).key(&key).send().await;
    assert!((200..300).contains(&answer.status), "{}", answer.text());
    if action != "copies" {
        case.follow(&answer);
    }
    let known = who.get(&format!("/api/v1/operations?key={key}")).await.is(200);
    assert_eq!(known.at("/body"), answer.json(), "{action}");
}
