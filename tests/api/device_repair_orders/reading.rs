//! Who reads a repair order, and how much of it: lists, actions, history, versions, the patient's own, and the broken glass.

use serde_json::{Value, json};
use testkit::{
    DeviceOrder, PRESCRIBER, REPAIR_ORDERS, SHOP, TestApp, for_patient, on_both, wheelchair_repair,
};

const OFFICER: &str = "nfz-officer";

async fn of_patient(app: &TestApp) -> DeviceOrder {
    app.with_repair_limit().await;
    let patient = app.persona("patient").spec.pesel;
    let (order, answer) =
        DeviceOrder::repair_submitted(app, &for_patient(wheelchair_repair(app), patient)).await;
    assert_eq!(answer.is(200).at("/state"), "POSITIVE");
    order
}

on_both! {
    async fn the_patient_finds_it_among_their_own_and_sees_who_read_it(app: TestApp) {
        let order = of_patient(&app).await;
        let own = app.as_persona("patient").get("/api/v1/patient/device-repair-orders").await.is(200);
        assert_eq!((own.at("/items/0/id"), own.at("/items/1")), (json!(order.id), Value::Null));
        assert_eq!(own.at("/items/0/verification/terms/limit"), "1000.00");
        assert_eq!(order.seen_by("patient").await.is(200).at("/content/justification"), "Pęknięta rama.");
        let log = app.as_persona("patient").get("/api/v1/patient/access-log").await.is(200);
        assert!(log.text().contains("submit_device_repair_order"), "{}", log.text());
        app.as_persona(SHOP).get("/api/v1/patient/device-repair-orders").await.refused(403, "auth.role");
    }

    async fn an_officer_sees_the_whole_once_they_have_said_why(app: TestApp) {
        let order = of_patient(&app).await;
        let seen = order.seen_by(OFFICER).await.is(200);
        assert_eq!((seen.at("/content/device/code"), seen.at("/content/patient")), (json!("S.12.01"), Value::Null));
        assert!(!seen.text().contains("Pęknięta"), "{}", seen.text());
        app.as_persona(OFFICER).get(&order.path_of("versions")).await.refused(403, "auth.not_yours");
        order.opened_to(OFFICER).await;
        assert_eq!(order.seen_by(OFFICER).await.is(200).at("/content/justification"), "Pęknięta rama.");
        let log = app.as_persona("patient").get("/api/v1/patient/access-log").await.is(200);
        assert!(log.text().contains("break_device_repair_order_glass") && log.text().contains("Skarga pacjentki"));
        app.advance_minutes(60);
        assert_eq!(order.seen_by(OFFICER).await.is(200).at("/content/patient"), Value::Null);
    }

    async fn a_cancellation_has_a_reason_and_ends_it(app: TestApp) {
        let order = of_patient(&app).await;
        let unsaid = order.command(PRESCRIBER, "cancellation", &json!({ "reason": "" })).await;
        assert_eq!(unsaid.is(422).at("/errors/0/pointer"), "/reason");
        let cancelled = order.command(OFFICER, "cancellation", &json!({ "reason": "Na wniosek pacjenta." })).await.is(200);
        assert_eq!((cancelled.at("/state"), cancelled.at("/cancellation/reason")), (json!("CANCELLED"), json!("Na wniosek pacjenta.")));
        assert!(cancelled.at("/cancellation/by").is_object(), "the officer is named");
        let again = order.command(PRESCRIBER, "cancellation", &json!({ "reason": "Jeszcze raz." })).await;
        again.refused(409, "device_repair_order.wrong_state");
    }

    async fn lists_actions_history_and_versions_tell_what_concerns_their_reader(app: TestApp) {
        let order = of_patient(&app).await;
        for who in [PRESCRIBER, "medical-assistant", "patient", OFFICER] {
            let listed = app.as_persona(who).get(&format!("{REPAIR_ORDERS}?state=POSITIVE")).await.is(200);
            assert_eq!(listed.at("/items/0/id"), json!(order.id), "{who}");
            assert!(!listed.text().contains("Testowa"));
        }
        let none = app.as_persona(SHOP).get(REPAIR_ORDERS).await.is(200);
        assert_eq!(none.at("/items"), json!([]));
        let actions = app.as_persona(PRESCRIBER).get(&order.path_of("actions")).await.is(200).at("/items");
        let allowed: Vec<&Value> = actions.as_array().unwrap().iter().filter(|it| it["allowed"] == true).collect();
        assert_eq!((allowed.len(), &allowed[0]["action"]), (1, &json!("cancellation")));
        assert_eq!(actions[0]["blockedBy"]["code"], "device_repair_order.wrong_state");
        let history = app.as_persona(PRESCRIBER).get(&order.path_of("history")).await.is(200);
        assert_eq!((history.at("/items/0/type"), history.at("/items/1/type")), (json!("RepairOrdered"), json!("RepairVerified")));
        let versions = app.as_persona(PRESCRIBER).get(&order.path_of("versions")).await.is(200);
        assert_eq!((versions.at("/items/0/version"), versions.at("/items/1")), (json!(1), Value::Null));
        assert!(versions.at("/items/0/signature").is_string(), "for its signer");
        let lifecycle = app.as_persona(PRESCRIBER).get("/api/v1/lifecycles/device-repair-orders").await.is(200);
        assert_eq!(lifecycle.at("/states").as_array().map(Vec::len), Some(8));
    }
}
