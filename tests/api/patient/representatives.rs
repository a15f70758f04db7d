//! Whoever represents a patient sees what is the patient's, and nothing of their own.

use serde_json::{Value, json};
use testkit::{Case, DeviceOrder, Session, Stage, TestApp, absorbents, for_patient, on_both};

const OWN: &str = "/api/v1/patient/device-orders";
const LOG: &str = "/api/v1/patient/access-log";

/// The second patient, acting for the first.
fn representative(app: &TestApp) -> Session {
    let represented = app.persona("patient").spec.pesel;
    app.with_token(app.token("patient-second").with("represents", json!(represented)))
}

on_both! {
    async fn a_representative_reads_and_renews_what_is_the_patient_s(app: TestApp) {
        let order = DeviceOrder::positive(&app, &for_patient(absorbents(&app), app.persona("patient").spec.pesel)).await;
        let own = DeviceOrder::positive(&app, &for_patient(absorbents(&app), app.persona("patient-second").spec.pesel)).await;
        let acting = representative(&app);
        let listed = acting.get(OWN).await.is(200);
        assert_eq!((listed.at("/items/0/id"), listed.at("/items/1")), (json!(order.id), Value::Null));
        acting.get(&order.path()).await.is(200);
        acting.get(&own.path()).await.refused(404, "request.not_found");
        let path = order.path_of("access-data/renewal");
        acting.post(&path, &json!({})).if_match(order.revision()).send().await.is(200);
        let log = app.as_persona("patient").get(LOG).await.is(200);
        let items = log.at("/items").as_array().cloned().unwrap_or_default();
        for action in ["list_patient_device_orders", "find_device_order", "renew_access_code"] {
            let entry = items.iter().find(|item| item["action"] == action).unwrap();
            assert_eq!((&entry["role"], &entry["byRepresentative"]), (&json!("PATIENT"), &json!(true)), "{action}");
        }
        let acted = "SELECT count(*) AS number FROM audit WHERE person_system = 'REPRESENTATIVE' AND on_behalf_of = patient_id";
        assert!(app.count(acted).await >= 3);
        let unseen = app.as_persona("patient-second").get(LOG).await.is(200);
        assert!(!unseen.text().contains("renew_access_code"), "{}", unseen.text());
    }

    async fn it_holds_for_demands_and_in_no_other_token(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        let acting = representative(&app);
        acting.find(&case.id).await.is(200);
        let cases = acting.get("/api/v1/patient/cases").await.is(200);
        assert!(cases.text().contains(&case.id), "{}", cases.text());
        let represented = app.persona("patient").spec.pesel;
        let physician = app.with_token(app.token("device-prescriber").with("represents", json!(represented)));
        physician.get("/api/v1/device-orders").await.refused(401, "auth.token_claims");
    }

    async fn keys_and_cursors_of_patient_and_representative_are_apart(app: TestApp) {
        let pesel = app.persona("patient").spec.pesel;
        for _ in 0..2 {
            DeviceOrder::submitted(&app, &for_patient(absorbents(&app), pesel)).await;
        }
        let first = app.as_persona("patient").get(&format!("{OWN}?limit=1")).await.is(200);
        let next = format!("{OWN}?limit=1&cursor={}", first.text_at("/nextCursor"));
        representative(&app).get(&next).await.refused(400, "request.cursor");
        let (consents, body) = ("/api/v1/patient/consents", json!({ "sms": "+48600100200" }));
        let send = |who: Session| {
            let request = who.put(consents, &body).key("one-key-for-two-people").if_match(1);
            async move { request.send().await }
        };
        send(app.as_persona("patient")).await.is(200);
        send(representative(&app)).await.refused(412, "request.stale");
    }
}
