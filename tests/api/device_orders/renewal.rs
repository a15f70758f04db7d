//! The access code of an order is drawn anew.

use serde_json::{Value, json};
use testkit::{
    DeviceOrder, LOOK_UPS, PRESCRIBER, Response, SECOND_SHOP, SHOP, TestApp, absorbents, for_patient,
    on_both, statement, wheelchair, with,
};

const RENEWAL: &str = "access-data/renewal";

async fn of_patient(app: &TestApp) -> DeviceOrder {
    let patient = app.persona("patient").spec.pesel;
    DeviceOrder::positive(app, &for_patient(absorbents(app), patient)).await
}

async fn renewed(order: &DeviceOrder, persona: &'static str, body: &Value) -> Response {
    order.command(persona, RENEWAL, body).await
}

on_both! {
    async fn the_former_code_opens_nothing_and_whoever_opened_the_order_keeps_it(app: TestApp) {
        let order = of_patient(&app).await;
        let patient = app.persona("patient").spec.pesel;
        let former = order.access_data().await;
        let (shop, second) = (app.as_persona(SHOP), app.as_persona(SECOND_SHOP));
        shop.look(LOOK_UPS, &former).await.is(200);
        let answer = renewed(&order, "patient", &json!({})).await.is(200);
        let code = answer.at("/access/code");
        assert!(code.is_string() && code != former["code"], "{}", answer.text());
        assert_eq!(order.access_data().await["code"], code);
        second.look(LOOK_UPS, &former).await.refused(404, "device_order.look_up_none");
        let guessed = json!({ "code": former["code"], "pesel": patient });
        second.look(LOOK_UPS, &guessed).await.refused(404, "device_order.look_up_none");
        assert_eq!(shop.get(&order.path()).await.is(200).at("/access"), Value::Null, "it keeps the order, not the code");
        second.look(LOOK_UPS, &json!({ "code": code, "pesel": patient })).await.is(200);
    }

    async fn it_is_told_without_the_code_and_not_to_providers(app: TestApp) {
        let order = of_patient(&app).await;
        let shop = app.as_persona(SHOP);
        order.opened_by(&shop).await;
        let answer = renewed(&order, PRESCRIBER, &json!({ "reason": "Zgubiony wydruk." })).await.is(200);
        let code = answer.text_at("/access/code");
        for (who, is_told) in [(PRESCRIBER, true), ("patient", true), (SHOP, false)] {
            let history = app.as_persona(who).get(&order.path_of("history")).await.is(200);
            assert_eq!(history.text().contains("AccessCodeRenewed"), is_told, "{who}: {}", history.text());
            assert!(!history.text().contains(&format!("\"{code}\"")), "{}", history.text());
        }
        app.settle().await;
        let to_shops = format!(
            "SELECT count(*) AS number FROM event_audience JOIN events ON events.id = event_audience.event_id \
             WHERE events.type = 'AccessCodeRenewed' AND event_audience.audience = 'org:{}'",
            app.persona(SHOP).organisation.unwrap().id
        );
        assert_eq!(app.count_of(to_shops).await, 0);
        let log = app.as_persona("patient").get("/api/v1/patient/access-log").await.is(200);
        let items = log.at("/items").as_array().cloned().unwrap_or_default();
        let entry = items.iter().find(|item| item["action"] == "renew_access_code").unwrap();
        assert_eq!((&entry["role"], &entry["reason"]), (&json!("DEVICE_PRESCRIBER"), &json!("Zgubiony wydruk.")));
    }

    async fn an_officer_says_why_and_is_not_told_the_code(app: TestApp) {
        let order = of_patient(&app).await;
        let former = order.access_data().await;
        let silent = renewed(&order, "nfz-officer", &json!({})).await;
        silent.refused_at(422, "device_order.renewal_reason", "/reason");
        let said = json!({ "reason": "Kod poznał sąsiad; na wniosek pacjentki." });
        let answer = renewed(&order, "nfz-officer", &said).await.is(200);
        assert_eq!(answer.at("/access"), Value::Null);
        assert_ne!(order.access_data().await["code"], former["code"]);
        let log = app.as_persona("patient").get("/api/v1/patient/access-log").await.is(200);
        assert!(log.text().contains("na wniosek pacjentki"), "{}", log.text());
    }

    async fn it_ends_what_slows_look_ups_down(app: TestApp) {
        let order = of_patient(&app).await;
        let patient = app.persona("patient").spec.pesel;
        let data = order.access_data().await;
        let shop = app.as_persona(SHOP);
        let code = if data["code"] == "0001" { "0002" } else { "0001" };
        for _ in 0..6 {
            shop.look(LOOK_UPS, &json!({ "code": code, "pesel": patient })).await.refused(404, "device_order.look_up_none");
        }
        let own = "/api/v1/patient/device-orders";
        assert!(app.as_persona("patient").get(own).await.is(200).at("/lookUpsSlowedUntil").is_string());
        let answer = renewed(&order, "medical-assistant", &json!({})).await.is(200);
        assert_eq!(app.as_persona("patient").get(own).await.is(200).at("/lookUpsSlowedUntil"), Value::Null);
        shop.look(LOOK_UPS, &json!({ "code": answer.at("/access/code"), "pesel": patient })).await.is(200);
    }

    async fn only_a_code_that_is_there_is_renewed_and_only_by_whom_it_concerns(app: TestApp) {
        let draft = DeviceOrder::drafted(&app, &absorbents(&app)).await;
        renewed(&draft, PRESCRIBER, &json!({})).await.refused(409, "device_order.wrong_state");
        let order = of_patient(&app).await;
        order.ask("patient-second", RENEWAL, &json!({})).send().await.refused(404, "request.not_found");
        order.ask(SHOP, RENEWAL, &json!({})).send().await.refused(403, "auth.role");
        let path = order.path_of(RENEWAL);
        app.as_persona("patient").post(&path, &json!({})).send().await.refused(428, "request.if_match_missing");
        let content = with(wheelchair(&app), "/patient", json!({
            "givenNames": "Oksana", "familyName": "Przykładowa", "birthDate": "1990-01-31", "sex": "FEMALE",
            "identifier": { "kind": "FOREIGN_PASSPORT", "country": "UA", "number": "FA123456" },
        }));
        let (without, answer) = DeviceOrder::submitted(&app, &with(content, "/right", statement(&app))).await;
        assert_eq!(answer.is(200).at("/access"), json!({ "informationPrintObligatory": true }));
        renewed(&without, PRESCRIBER, &json!({})).await.refused(409, "device_order.no_code");
        let actions = app.as_persona(PRESCRIBER).get(&without.path_of("actions")).await.is(200);
        let items = actions.at("/items").as_array().cloned().unwrap_or_default();
        let line = items.iter().find(|item| item["action"] == RENEWAL).unwrap();
        assert_eq!(line["blockedBy"]["code"], "device_order.no_code");
    }

    async fn a_repeated_request_draws_once(app: TestApp) {
        let order = of_patient(&app).await;
        let send = || order.ask("patient", RENEWAL, &json!({})).key("renewal-that-is-sent-twice").send();
        let first = send().await.is(200);
        let again = send().await.is(200);
        assert!(again.is_replayed() && again.body == first.body, "{}", again.text());
        assert_eq!(order.access_data().await["code"], first.at("/access/code"));
    }
}
