//! Access data, for whoever issued the order and for the patient.

use serde_json::{Value, json};
use testkit::{DeviceOrder, PRESCRIBER, TestApp, absorbents, for_patient, on_both};

on_both! {
    async fn number_and_code_are_for_the_issuer_and_the_patient(app: TestApp) {
        let patient = app.persona("patient").spec.pesel;
        let order = DeviceOrder::positive(&app, &for_patient(absorbents(&app), patient)).await;
        let path = order.path_of("access-data");
        let told = app.as_persona(PRESCRIBER).get(&path).await.is(200);
        assert_eq!(told.text_at("/access/code").len(), 4);
        assert!(told.text_at("/number").starts_with("T5-") && told.at("/lastDay").is_string());
        for who in ["medical-assistant", "patient"] {
            assert_eq!(app.as_persona(who).get(&path).await.is(200).body, told.body);
        }
        app.as_persona("nfz-officer").get(&path).await.refused(403, "auth.not_yours");
        let own = order.seen_by("patient").await.is(200);
        assert_eq!((own.at("/content/grounds/diagnosis"), own.at("/clientReference")), (json!("N39.4"), Value::Null));
        let accesses = app.as_persona("patient").get("/api/v1/patient/access-log").await.is(200);
        let read = "read_device_order_access_data";
        assert!(accesses.text().contains(read), "each reading is on record: {}", accesses.text());
    }

    async fn an_order_that_opens_nothing_has_no_access_data(app: TestApp) {
        let order = DeviceOrder::drafted(&app, &absorbents(&app)).await;
        let path = order.path_of("access-data");
        let refused = app.as_persona(PRESCRIBER).get(&path).await.refused(409, "device_order.no_access_data");
        assert_eq!(refused.at("/currentState"), "DRAFT");
        app.as_persona("patient").get(&path).await.refused(404, "request.not_found");
    }
}
