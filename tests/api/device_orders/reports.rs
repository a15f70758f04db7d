//! Actions, history and lifecycle.

use serde_json::{Value, json};
use testkit::{DeviceOrder, NOT_INSURED, PRESCRIBER, TestApp, absorbents, for_patient, on_both, pesel};

async fn actions(order: &DeviceOrder, persona: &'static str) -> Vec<(String, Value, Value)> {
    let told = order.app.as_persona(persona).get(&order.path_of("actions")).await.is(200);
    let items = told.at("/items").as_array().cloned().unwrap_or_default();
    let read = |item: Value| {
        (
            item["action"].as_str().unwrap_or_default().to_owned(),
            item["allowed"].clone(),
            item["unblockedBy"].clone(),
        )
    };
    items.into_iter().map(read).collect()
}

fn allowed(actions: &[(String, Value, Value)]) -> Vec<&str> {
    actions.iter().filter(|it| it.1 == true).map(|it| it.0.as_str()).collect()
}

on_both! {
    async fn actions_say_what_is_possible_now_and_who_moves_next(app: TestApp) {
        let order = DeviceOrder::drafted(&app, &for_patient(absorbents(&app), &pesel(NOT_INSURED))).await;
        assert_eq!(allowed(&actions(&order, PRESCRIBER).await), ["edit", "submission"]);
        order.submit().await.is(200);
        let now = actions(&order, PRESCRIBER).await;
        assert_eq!(allowed(&now), ["correction", "cancellation"]);
        let submission = now.iter().find(|it| it.0 == "submission").unwrap();
        assert_eq!(submission.2, json!(["DEVICE_PRESCRIBER", "MEDICAL_ASSISTANT", "NFZ_OFFICER"]));
        assert_eq!(allowed(&actions(&order, "nfz-officer").await), ["acceptance", "cancellation"]);
    }

    async fn the_history_tells_what_happened_and_through_whom(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let told = app.as_persona(PRESCRIBER).get(&order.path_of("history")).await.is(200);
        assert_eq!((told.at("/items/0/type"), told.at("/items/1/type")), (json!("OrderRegistered"), json!("OrderVerified")));
        assert_eq!(told.at("/items/0/by/role"), "DEVICE_PRESCRIBER");
        assert_eq!((told.at("/items/1/by/role"), told.at("/items/1/data/positive")), (json!("SERVICE"), json!(true)));
    }

    async fn the_state_machine_is_data(app: TestApp) {
        let read = app.anyone().get("/api/v1/lifecycles/device-orders").await.is(200);
        let rows = read.at("/transitions").as_array().cloned().unwrap_or_default();
        let accepted = rows.iter().find(|row| row["from"] == "NEGATIVE" && row["command"] == "acceptance");
        assert_eq!(accepted.unwrap()["roles"], json!(["NFZ_OFFICER"]));
        assert_eq!(read.at("/clocks/0/kind"), "VALIDITY");
    }
}
