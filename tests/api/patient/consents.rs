//! To what a patient agrees, and what may be sent for it.

use serde_json::{Value, json};
use testkit::{DeviceOrder, PRESCRIBER, TestApp, absorbents, for_patient, on_both};

const CONSENTS: &str = "/api/v1/patient/consents";

async fn may_be_sent_by(order: &DeviceOrder) -> Value {
    order.app.as_persona(PRESCRIBER).get(&order.path_of("access-data")).await.is(200).at("/mayBeSentBy")
}

on_both! {
    async fn nothing_may_be_sent_without_a_consent_and_its_contact(app: TestApp) {
        let patient = app.as_persona("patient");
        let order = DeviceOrder::positive(&app, &for_patient(absorbents(&app), app.persona("patient").spec.pesel)).await;
        assert_eq!(may_be_sent_by(&order).await, json!([]));
        let none = patient.get(CONSENTS).await.is(200);
        assert_eq!((none.json(), none.etag()), (json!({ "revision": 1 }), "\"1\"".to_owned()));
        let by_mail = json!({ "email": "janina.testowa@example.pl" });
        let given = patient.put(CONSENTS, &by_mail).if_match(1).send().await.is(200);
        assert_eq!((given.at("/revision"), given.at("/email/contact")), (json!(2), by_mail["email"].clone()));
        assert_eq!(patient.get(CONSENTS).await.is(200).json(), given.json());
        assert_eq!(may_be_sent_by(&order).await, json!(["EMAIL"]));
        let told = app.as_persona(PRESCRIBER).get(&order.path_of("access-data")).await.is(200);
        assert!(!told.text().contains("example.pl"), "the contact is the patient's: {}", told.text());
        let both = json!({ "email": "janina.testowa@example.pl", "sms": "+48 600 100 200" });
        let given_too = patient.put(CONSENTS, &both).if_match(2).send().await.is(200);
        assert_eq!(given_too.at("/email"), given.at("/email"), "what stays was given when it was");
        assert_eq!(given_too.at("/sms/contact"), "+48600100200");
        assert_eq!(may_be_sent_by(&order).await, json!(["EMAIL", "SMS"]));
        patient.put(CONSENTS, &json!({})).if_match(3).send().await.is(200);
        assert_eq!(may_be_sent_by(&order).await, json!([]), "taken back");
    }

    async fn consents_are_the_patient_s_alone_and_name_what_they_replace(app: TestApp) {
        let patient = app.as_persona("patient");
        let by_mail = json!({ "email": "janina.testowa@example.pl" });
        patient.put(CONSENTS, &by_mail).send().await.refused(428, "request.if_match_missing");
        patient.put(CONSENTS, &by_mail).if_match(7).send().await.refused(412, "request.stale");
        patient.put(CONSENTS, &by_mail).if_match(1).send().await.is(200);
        patient.put(CONSENTS, &by_mail).if_match(1).send().await.refused(412, "request.stale");
        let other = app.as_persona("patient-second").get(CONSENTS).await.is(200);
        assert_eq!(other.json(), json!({ "revision": 1 }));
        app.as_persona(PRESCRIBER).get(CONSENTS).await.refused(403, "auth.role");
        app.as_persona(PRESCRIBER).put(CONSENTS, &by_mail).if_match(1).send().await.refused(403, "auth.role");
        let log = patient.get("/api/v1/patient/access-log").await.is(200);
        assert!(log.text().contains("change_patient_consents"), "{}", log.text());
    }

    async fn every_illegal_contact_is_named(app: TestApp) {
        let body = json!({ "email": "janina", "sms": "600100200" });
        let refused = app.as_persona("patient").put(CONSENTS, &body).if_match(1).send().await;
        let refused = refused.refused_at(422, "value.email", "/email");
        assert!(refused.text().contains("value.phone"), "{}", refused.text());
    }

    async fn a_repeated_change_is_carried_out_once_and_contacts_are_sealed(app: TestApp) {
        let patient = app.as_persona("patient");
        let body = json!({ "email": "janina.testowa@example.pl" });
        let send = || patient.put(CONSENTS, &body).key("consents-that-are-sent-twice").if_match(1).send();
        let first = send().await.is(200);
        let again = send().await.is(200);
        assert!(again.is_replayed() && again.body == first.body, "{}", again.text());
        assert_eq!(app.count("SELECT revision AS number FROM patient_consents").await, 2);
        let plain = "SELECT count(*) AS number FROM patient_consents WHERE CAST(sealed AS text) LIKE '%example.pl%'";
        assert_eq!(app.count(plain).await, 0);
    }
}
