//! What an officer of the payer sees of an order: enough to act, and the whole once they have said why or acted.

use serde_json::{Value, json};
use testkit::{
    DeviceOrder, NOT_INSURED, PRESCRIBER, Response, SHOP, TestApp, absorbents, for_patient, months, on_both,
    pesel,
};

const OFFICER: &str = "nfz-officer";

fn reason() -> Value {
    json!({ "reason": "Skarga pacjentki na odmowę." })
}

/// Whether nothing of the patient and of the grounds is told, and all that is needed to act.
fn is_of_staff(seen: &Response) -> bool {
    for told in [
        "/number",
        "/state",
        "/entityId",
        "/content/device/code",
        "/periods/0/state",
        "/verification/positive",
    ] {
        assert_ne!(seen.at(told), Value::Null, "{told}: {}", seen.text());
    }
    let hidden = [
        "/content/patient/identifier",
        "/content/patient/familyName",
        "/content/patient/address",
        "/content/grounds/diagnosis",
        "/content/grounds/criteria/0",
        "/content/right",
        "/takeUps",
        "/access",
    ];
    let told: Vec<&str> = hidden.into_iter().filter(|place| seen.at(place) != Value::Null).collect();
    let is_named = seen.text().contains("Janina") || seen.text().contains("N39.4");
    assert_eq!(is_named, !told.is_empty(), "{told:?}");
    told.is_empty()
}

fn is_whole(seen: &Response) -> bool {
    seen.at("/content/patient/familyName") == "Testowa" && seen.at("/content/grounds/diagnosis") == "N39.4"
}

on_both! {
    async fn an_officer_sees_enough_to_act_and_for_an_hour_the_whole_once_they_say_why(app: TestApp) {
        let patient = app.persona("patient").spec.pesel;
        let order = DeviceOrder::positive(&app, &for_patient(absorbents(&app), patient)).await;
        assert!(is_of_staff(&order.seen_by(OFFICER).await.is(200)));
        let officer = app.as_persona(OFFICER);
        officer.get(&order.path_of("versions")).await.refused(403, "auth.not_yours");
        let open = order.opened_to(OFFICER).await;
        assert_eq!(open.at("/orderId"), json!(order.id));
        assert!(is_whole(&order.seen_by(OFFICER).await.is(200)));
        officer.get(&order.path_of("versions")).await.is(200);
        assert_eq!(order.seen_by(OFFICER).await.at("/access"), Value::Null, "no officer takes anything up");
        let log = app.as_persona("patient").get("/api/v1/patient/access-log").await.is(200);
        assert!(log.text().contains("break_device_order_glass") && log.text().contains("Skarga pacjentki"), "{}", log.text());
        app.advance_minutes(59);
        assert!(is_whole(&order.seen_by(OFFICER).await.is(200)));
        app.advance_minutes(1);
        assert!(is_of_staff(&order.seen_by(OFFICER).await.is(200)), "after sixty minutes");
        order.opened_to(OFFICER).await;
        assert!(is_whole(&order.seen_by(OFFICER).await.is(200)), "anew");
    }

    async fn the_glass_is_of_one_officer_and_one_order_and_opens_reading_alone(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let other = DeviceOrder::positive(&app, &for_patient(absorbents(&app), &pesel(15))).await;
        let path = order.path_of("break-glass");
        for who in [PRESCRIBER, "medical-assistant", "patient", SHOP, "preparer"] {
            app.as_persona(who).post(&path, &reason()).send().await.refused(403, "auth.role");
        }
        app.elsewhere(OFFICER).post(&path, &reason()).send().await.refused(404, "request.not_found");
        let draft = DeviceOrder::drafted(&app, &absorbents(&app)).await;
        let of_draft = app.as_persona(OFFICER).post(&draft.path_of("break-glass"), &reason()).send().await;
        of_draft.refused(404, "request.not_found");
        app.as_persona(OFFICER).post(&path, &json!({ "reason": " " })).send().await.is(422);
        app.as_persona(OFFICER).post(&path, &reason()).without_key().send().await.refused(400, "request.idempotency_key_missing");
        order.opened_to(OFFICER).await;
        assert!(is_of_staff(&other.seen_by(OFFICER).await.is(200)), "of this order alone");
        let officer = app.as_persona(OFFICER);
        officer.get(&order.path_of("access-data")).await.refused(403, "auth.not_yours");
        officer.put(&order.path(), &json!({ "content": {} })).if_match(1).send().await.refused(403, "auth.role");
        let listed = officer.get(testkit::DEVICE_ORDERS).await.is(200);
        assert!(!listed.text().contains("Janina"), "{}", listed.text());
    }

    async fn whoever_acts_on_an_order_sees_it_whole_from_then_on(app: TestApp) {
        let (order, answer) = DeviceOrder::submitted(&app, &for_patient(absorbents(&app), &pesel(NOT_INSURED))).await;
        answer.is(200);
        let staff = order.seen_by(OFFICER).await.is(200);
        assert_eq!(staff.at("/verification/problems/0/code"), "device_order.right_not_confirmed", "what is needed to act");
        let accepted = order.command(OFFICER, "acceptance", &json!({ "reason": "Okazano dokument." })).await.is(200);
        assert!(is_whole(&accepted) && is_whole(&order.seen_by(OFFICER).await.is(200)));
        app.advance_days(2);
        assert!(is_whole(&order.seen_by(OFFICER).await.is(200)));
    }

    async fn staff_release_a_month_by_its_take_up_and_see_then_whose_it_was(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let shop = app.as_persona(SHOP);
        order.opened_by(&shop).await;
        let taken = order.take_up(&shop, &json!({ "months": months(&app, 0, 1), "place": "M-1" })).await.is(201);
        let staff = order.seen_by(OFFICER).await.is(200);
        assert_eq!((staff.at("/periods/0/takeUpId"), staff.at("/takeUps")), (taken.at("/id"), Value::Null));
        let path = order.path_of(&format!("take-ups/{}/withdrawal", taken.text_at("/id")));
        let released = app.as_persona(OFFICER).post(&path, &json!({ "reason": "Sklep zamknięty." })).send().await.is(200);
        assert_eq!(released.at("/provider/name"), taken.at("/provider/name"));
        assert!(is_whole(&order.seen_by(OFFICER).await.is(200)));
    }
}
