//! `GET /operations?key=…`: did you get it?

use serde_json::json;
use testkit::{DEMANDS, TestApp, on_both, outside_facility};

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
}
