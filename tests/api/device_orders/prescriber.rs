//! Who orders, beside what the directory knows of them; and from when to when somebody orders in their name.

use super::validation::validated;
use chrono::Days;
use serde_json::{Value, json};
use testkit::{DEVICE_ORDERS, DeviceOrder, Kind, PRESCRIBER, TestApp, absorbents, found, on_both, with};

const ASSISTANT: &str = "medical-assistant";

fn items(page: &testkit::Response) -> usize {
    page.at("/items").as_array().map_or(0, Vec::len)
}

on_both! {
    async fn the_names_and_the_specialties_are_those_of_the_directory(app: TestApp) {
        let named = with(absorbents(&app), "/prescriber/familyName", json!("Zmyślona"));
        let order = DeviceOrder::drafted(&app, &named).await;
        order.submit().await.refused_at(422, "device_order.prescriber_name", "/content/prescriber/familyName");
        let capital = with(absorbents(&app), "/prescriber/familyName", json!("WZORCOWA"));
        DeviceOrder::positive(&app, &capital).await;
        let urologist = with(absorbents(&app), "/prescriber/specialties", json!(["rodzinny", "urolog"]));
        let told = validated(&app, &urologist).await;
        assert_eq!(told.at("/problems/0/code"), "device_order.specialty_differs", "{}", told.text());
        let order = DeviceOrder::drafted(&app, &urologist).await;
        order.submit().await.refused_at(422, "device_order.specialty_differs", "/content/prescriber/specialties/1");
    }

    async fn an_assistant_s_order_names_the_prescriber_as_the_directory_does_too(app: TestApp) {
        let named = with(absorbents(&app), "/prescriber/givenNames", json!("Filip"));
        let order = DeviceOrder::drafted(&app, &named).await;
        let refused = order.submit_as(ASSISTANT, Kind::Qualified).await;
        refused.refused_at(422, "device_order.prescriber_name", "/content/prescriber/givenNames");
    }

    async fn a_specialty_that_nobody_knows_is_taken_as_stated_and_said_to_be(app: TestApp) {
        app.know_of(PRESCRIBER, json!({})).await;
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let seen = order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!(found(&seen, "warnings"), ["device_order.specialty_unconfirmed"]);
        app.know_of(PRESCRIBER, json!({ "specialties": ["chirurgia naczyniowa"] })).await;
        let silent = with(testkit::wheelchair(&app), "/prescriber/specialties", json!([]));
        let told = validated(&app, &silent).await;
        assert_eq!(told.at("/problems"), json!([]), "what is not stated contradicts nothing: {}", told.text());
    }

    async fn the_same_number_of_another_register_is_somebody_else_s(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        app.know_of(PRESCRIBER, json!({ "profession": "PHYSIOTHERAPIST" })).await;
        let namesake = app.as_persona(PRESCRIBER);
        namesake.get(&order.path()).await.refused(404, "request.not_found");
        assert_eq!(items(&namesake.get(DEVICE_ORDERS).await.is(200)), 0);
        let stated = namesake.post(DEVICE_ORDERS, &json!({ "content": {} })).send().await.is(201);
        assert_eq!(stated.at("/issuer/profession"), "PHYSIOTHERAPIST");
        assert_eq!(items(&namesake.get(DEVICE_ORDERS).await.is(200)), 1, "their own");
    }

    async fn an_assistant_orders_from_the_first_day_of_the_authorisation_to_its_last(app: TestApp) {
        let assistant = app.as_persona(ASSISTANT);
        let body = json!({ "content": absorbents(&app) });
        let today = app.today();
        let (before, after) = (today - Days::new(1), today + Days::new(1));
        let order = DeviceOrder::drafted(&app, &absorbents(&app)).await;
        for (first, last, may) in [
            (today, today, true), (before, today, true), (today, after, true), (before, before, false), (after, after, false),
        ] {
            app.execute(&format!("UPDATE authorised_assistants SET first_day = '{first}', last_day = '{last}'"));
            let created = assistant.post(DEVICE_ORDERS, &body).send().await;
            let (read, listed) = (assistant.get(&order.path()).await, assistant.get(DEVICE_ORDERS).await.is(200));
            if may {
                created.is(201);
                read.is(200);
                assert!(items(&listed) > 0, "{first} to {last}");
            } else {
                created.refused(403, "device_order.assistant_not_authorised");
                read.refused(404, "request.not_found");
                assert_eq!(items(&listed), 0, "{first} to {last}");
            }
        }
        app.execute(&format!("UPDATE authorised_assistants SET first_day = '{before}', last_day = '{today}'"));
        let signed = order.signed(ASSISTANT, "submission", json!({}), Kind::Qualified).await;
        app.advance_days(1);
        order.command(ASSISTANT, "submission", &signed).await.refused(404, "request.not_found");
    }

    async fn who_orders_for_nobody_asks_nobody_about_a_patient(app: TestApp) {
        let (assistant, path) = (app.as_persona(ASSISTANT), format!("{DEVICE_ORDERS}/validations"));
        let body = json!({ "content": absorbents(&app) });
        assistant.look(&path, &body).await.is(200);
        let asked = app.insurance().questions();
        assert!(asked > 0);
        app.execute(&format!("UPDATE authorised_assistants SET last_day = '{}'", app.today() - Days::new(1)));
        assistant.look(&path, &body).await.refused(403, "device_order.assistant_not_authorised");
        assert_eq!(app.insurance().questions(), asked);
        let nameless: Value = with(absorbents(&app), "/prescriber", json!({}));
        assistant.look(&path, &json!({ "content": nameless })).await.is(422);
        assert_eq!(app.insurance().questions(), asked);
    }
}
