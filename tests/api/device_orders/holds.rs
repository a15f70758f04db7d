//! A hold ends: given back, released by an officer, or run out; and months elapse.

use serde_json::{Value, json};
use testkit::{
    DeviceOrder, PRESCRIBER, Response, SECOND_SHOP, SHOP, TAKE_UPS, TestApp, absorbents, for_patient, months,
    on_both, wheelchair,
};

async fn held(order: &DeviceOrder, app: &TestApp, later: u32, count: u32) -> Response {
    let shop = app.as_persona(SHOP);
    order.opened_by(&shop).await;
    order.take_up(&shop, &json!({ "months": months(app, later, count), "place": "M-1" })).await.is(201)
}

fn withdrawal(order: &DeviceOrder, taken: &Response) -> String {
    order.path_of(&format!("take-ups/{}/withdrawal", taken.text_at("/id")))
}

fn states(seen: &Response) -> Vec<String> {
    let periods = seen.at("/periods").as_array().cloned().unwrap_or_default();
    periods.iter().map(|period| period["state"].as_str().unwrap_or_default().to_owned()).collect()
}

on_both! {
    async fn a_provider_gives_back_what_it_took_up(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let taken = held(&order, &app, 0, 3).await;
        let (path, reason) = (withdrawal(&order, &taken), json!({ "reason": "Brak towaru." }));
        order.opened_by(&app.as_persona(SECOND_SHOP)).await;
        app.as_persona(SECOND_SHOP).post(&path, &reason).send().await.refused(404, "device_order.take_up_unknown");
        let shop = app.as_persona(SHOP);
        shop.post(&path, &json!({ "reason": "" })).send().await.is(422);
        let withdrawn = shop.post(&path, &reason).send().await.is(200);
        assert_eq!((withdrawn.at("/state"), withdrawn.at("/withdrawal/reason")), (json!("WITHDRAWN"), json!("Brak towaru.")));
        assert_eq!(withdrawn.at("/withdrawal/by"), Value::Null);
        shop.post(&path, &reason).send().await.refused(409, "device_order.not_holder");
        assert_eq!(states(&order.seen_by(PRESCRIBER).await)[..3], ["AVAILABLE", "AVAILABLE", "AVAILABLE"]);
        let second = json!({ "months": months(&app, 0, 3), "place": "M-2" });
        order.take_up(&app.as_persona(SECOND_SHOP), &second).await.is(201);
    }

    async fn an_officer_releases_with_a_reason_that_patient_and_provider_see(app: TestApp) {
        let patient = app.persona("patient").spec.pesel;
        let order = DeviceOrder::positive(&app, &for_patient(absorbents(&app), patient)).await;
        let taken = held(&order, &app, 0, 1).await;
        let reason = json!({ "reason": "Sklep zamknięty; na wniosek pacjentki." });
        let released = app.as_persona("nfz-officer").post(&withdrawal(&order, &taken), &reason).send().await.is(200);
        assert_eq!(released.at("/withdrawal/by/familyName"), "Zmyślony");
        for who in ["patient", SHOP] {
            let seen = app.as_persona(who).get(&order.path()).await.is(200);
            assert_eq!(seen.at("/takeUps/0/withdrawal/reason"), reason["reason"], "{who}");
        }
        let history = app.as_persona(SHOP).get(&order.path_of("history")).await.is(200);
        assert!(history.text().contains("TakeUpWithdrawn"), "{}", history.text());
    }

    async fn another_shop_and_the_patient_ask_the_holder_for_a_release(app: TestApp) {
        let patient = app.persona("patient").spec.pesel;
        let order = DeviceOrder::positive(&app, &for_patient(absorbents(&app), patient)).await;
        let taken = held(&order, &app, 0, 2).await;
        let (shop, second) = (app.as_persona(SHOP), app.as_persona(SECOND_SHOP));
        let path = order.path_of("release-requests");
        let asking = json!({ "months": months(&app, 1, 1), "reason": "Pacjentka jest u nas i czeka." });
        second.post(&path, &asking).send().await.refused(404, "request.not_found");
        order.opened_by(&second).await;
        let lines = second.get(&order.path_of("actions")).await.is(200).at("/items");
        let line = lines.as_array().unwrap().iter().find(|it| it["action"] == "release-requests").cloned().unwrap();
        assert_eq!((&line["allowed"], &line["path"]), (&json!(true), &json!(path)));
        let told = second.post(&path, &asking).key("a-release-request-01").send().await.is(200);
        assert_eq!(told.at("/periods/1/heldBy/name"), taken.at("/provider/name"));
        assert!(told.at("/periods/1/heldBy/releaseRequestedAt").is_string());
        assert_eq!(told.at("/periods/1/heldBy/freeFrom").as_str().map(str::len), Some(20));
        assert!(second.post(&path, &asking).key("a-release-request-01").send().await.is(200).is_replayed());
        second.post(&path, &asking).send().await.refused(409, "device_order.release_requested");
        shop.post(&path, &asking).send().await.refused(409, "device_order.nothing_to_release");
        let outside = json!({ "months": months(&app, 40, 1), "reason": "Zły miesiąc." });
        second.post(&path, &outside).send().await.refused_at(422, "device_order.months_outside", "/months");
        second.post(&path, &json!({ "reason": "" })).send().await.refused_at(422, "value.text_empty", "/reason");
        app.as_persona("patient").post(&path, &json!({ "reason": "Jestem w innym sklepie." })).send().await.is(200);
        for persona in [PRESCRIBER, "nfz-officer"] {
            app.as_persona(persona).post(&path, &asking).send().await.refused(403, "auth.role");
        }
        let seen = shop.get(&order.path()).await.is(200);
        let asked = (seen.at("/takeUps/0/releaseRequests/0/by"), seen.at("/takeUps/0/releaseRequests/0/reason"));
        assert_eq!(asked, (json!("PROVIDER"), asking["reason"].clone()));
        assert_eq!(seen.at("/takeUps/0/releaseRequests/1/by"), "PATIENT");
        assert_eq!(states(&seen)[..2], ["RESERVED", "RESERVED"], "the holder decides");
        let history = shop.get(&order.path_of("history")).await.is(200);
        assert_eq!(history.text().matches("ReleaseRequested").count(), 2, "{}", history.text());
        let own = app.as_persona("patient").get("/api/v1/patient/device-orders").await.is(200);
        assert!(own.at("/items/0/periods/0/takenBy/releaseRequestedAt").is_string(), "{}", own.text());
        shop.post(&withdrawal(&order, &taken), &json!({ "reason": "Na prośbę." })).send().await.is(200);
        let again = json!({ "months": months(&app, 0, 2), "place": "M-2" });
        order.take_up(&second, &again).await.is(201);
    }

    async fn who_held_something_and_issued_nothing_sees_the_patient_no_more_once_nothing_can_be_had(app: TestApp) {
        let patient = app.persona("patient").spec.pesel;
        let order = DeviceOrder::positive(&app, &for_patient(absorbents(&app), patient)).await;
        let taken = held(&order, &app, 0, 1).await;
        let (shop, reason) = (app.as_persona(SHOP), json!({ "reason": "Brak towaru." }));
        shop.post(&withdrawal(&order, &taken), &reason).send().await.is(200);
        let seen = shop.get(&order.path()).await.is(200);
        assert_eq!(seen.at("/content/patient/familyName"), "Testowa", "it can take it up again");
        order.seen_by(PRESCRIBER).await.is(200);
        order.command(PRESCRIBER, "cancellation", &json!({ "reason": "Zmiana leczenia." })).await.is(200);
        let seen = shop.get(&order.path()).await.is(200);
        assert_eq!((seen.at("/state"), seen.at("/takeUps/0/withdrawal/reason")), (json!("CANCELLED"), reason["reason"].clone()));
        for hidden in ["Testowa", patient, "N39.4"] {
            assert!(!seen.text().contains(hidden), "{hidden}: {}", seen.text());
        }
        let history = shop.get(&order.path_of("history")).await.is(200);
        assert!(history.text().contains("TakeUpWithdrawn"), "{}", history.text());
        shop.get(&order.path_of(&format!("take-ups/{}/print", taken.text_at("/id")))).await.refused(403, "auth.not_yours");
    }

    async fn a_hold_that_nobody_used_runs_out_and_frees_its_month(app: TestApp) {
        let order = DeviceOrder::positive(&app, &wheelchair(&app)).await;
        let shop = app.as_persona(SHOP);
        order.opened_by(&shop).await;
        let taken = order.take_up(&shop, &json!({ "place": "M-1" })).await.is(201);
        app.advance_days(21);
        assert_eq!(shop.get(&order.path()).await.is(200).at("/takeUps/0/state"), "HELD", "its last day of confirmation");
        app.advance_days(1);
        app.complete_deadlines().await;
        app.fire_due("worker").await;
        let seen = shop.get(&order.path()).await.is(200);
        assert_eq!((seen.at("/takeUps/0/state"), states(&seen)), (json!("LAPSED"), vec!["AVAILABLE".to_owned()]));
        assert!(seen.at("/takeUps/0/lapsedAt").is_string());
        assert_eq!(shop.get(&format!("{TAKE_UPS}?state=LAPSED")).await.is(200).at("/items/0/id"), taken.at("/id"));
        let history = shop.get(&order.path_of("history")).await.is(200);
        assert!(history.text().contains("TakeUpLapsed"), "{}", history.text());
        order.take_up(&shop, &json!({ "place": "M-1" })).await.is(201);
    }

    async fn months_elapse_in_order_and_an_order_of_which_nothing_is_left_expires(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        held(&order, &app, 0, 1).await;
        app.advance_days(62);
        app.fire_due("worker").await;
        let seen = order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!(states(&seen)[..2], ["LOST", "LOST"], "the hold of the first ran out when the month had passed");
        assert_eq!(seen.at("/state"), "POSITIVE");
        app.advance_days(370);
        app.fire_due("worker").await;
        let seen = order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!((seen.at("/state"), seen.at("/nfzStatus")), (json!("EXPIRED"), json!("P")));
        assert!(states(&seen).iter().all(|state| state == "LOST"));
        let history = app.as_persona(PRESCRIBER).get(&order.path_of("history")).await.is(200);
        let text = history.text();
        let (lapsed, lost, expired) = (text.find("TakeUpLapsed"), text.find("MonthsLost"), text.find("OrderExpired"));
        assert!(lapsed.is_some() && lapsed < lost && lost < expired, "{text}");
        let shop = app.as_persona(SHOP);
        shop.get(&order.path()).await.is(200);
        order.take_up(&shop, &json!({ "months": months(&app, 0, 1), "place": "M-1" })).await.refused(409, "device_order.wrong_state");
    }

    async fn what_was_only_looked_up_is_no_longer_seen_once_nothing_is_left(app: TestApp) {
        let order = DeviceOrder::positive(&app, &wheelchair(&app)).await;
        let shop = app.as_persona(SHOP);
        order.opened_by(&shop).await;
        app.advance_days(367);
        shop.get(&order.path()).await.refused(404, "request.not_found");
        assert_eq!(order.seen_by(PRESCRIBER).await.is(200).at("/state"), "EXPIRED");
    }
}
