//! A provider opens an order with one of four pairs, and with nothing else.

use serde_json::{Value, json};
use std::time::{Duration, Instant};
use testkit::{
    DeviceOrder, LOOK_UPS, PRESCRIBER, SECOND_SHOP, SHOP, TestApp, absorbents, for_patient, months, on_both,
    pesel, statement, with,
};

on_both! {
    async fn each_of_the_four_pairs_opens_an_order(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let data = order.access_data().await;
        let shop = app.as_persona(SHOP);
        shop.get(&order.path()).await.refused(404, "request.not_found");
        for pair in [
            json!({ "code": data["code"], "pesel": pesel(14) }),
            json!({ "number": data["number"], "code": data["code"] }),
            json!({ "number": data["number"], "pesel": pesel(14) }),
        ] {
            let opened = shop.look(LOOK_UPS, &pair).await.is(200);
            assert_eq!((opened.text_at("/id"), opened.at("/state")), (order.id.clone(), json!("POSITIVE")), "{pair}");
        }
        let content = with(absorbents(&app), "/patient", json!({
            "givenNames": "Oksana", "familyName": "Przykładowa", "birthDate": "1990-01-31", "sex": "FEMALE",
            "identifier": { "kind": "FOREIGN_PASSPORT", "country": "UA", "number": "FA123456" },
        }));
        let without_pesel = DeviceOrder::positive(&app, &with(content, "/right", statement(&app))).await;
        let number = without_pesel.access_data().await["number"].clone();
        let born = json!({ "number": number, "birthDate": "1990-01-31" });
        assert_eq!(shop.look(LOOK_UPS, &born).await.is(200).text_at("/id"), without_pesel.id);
        let of_pesel = json!({ "number": data["number"], "birthDate": "1944-05-14" });
        shop.look(LOOK_UPS, &of_pesel).await.refused(404, "device_order.look_up_none");
    }

    async fn a_provider_sees_what_it_must_dispense_and_no_reason_for_it(app: TestApp) {
        let patient = app.persona("patient").spec.pesel;
        let order = DeviceOrder::positive(&app, &for_patient(absorbents(&app), patient)).await;
        let opened = order.opened_by(&app.as_persona(SHOP)).await;
        assert_eq!(opened.at("/content/device/code"), "Y.06.01");
        assert_eq!(opened.at("/content/patient/familyName"), "Testowa");
        assert_eq!(opened.at("/periods/0/state"), "AVAILABLE");
        for hidden in ["/content/grounds", "/content/shortening", "/access", "/issue", "/clientReference"] {
            assert_eq!(opened.at(hidden), Value::Null, "{hidden}");
        }
        let seen = app.as_persona(SHOP).get(&order.path()).await.is(200);
        assert_eq!(seen.at("/content"), opened.at("/content"), "it can be read from then on");
        app.as_persona(SECOND_SHOP).get(&order.path()).await.refused(404, "request.not_found");
        let accesses = app.as_persona("patient").get("/api/v1/patient/access-log").await.is(200);
        assert!(accesses.text().contains("look_up_device_order"), "{}", accesses.text());
        assert_eq!(app.count("SELECT count(*) AS number FROM device_order_grants").await, 1);
    }

    async fn a_provider_is_not_shown_the_order_that_a_continuation_continues(app: TestApp) {
        let patient = app.persona("patient").spec.pesel;
        let first = with(for_patient(absorbents(&app), patient), "/supply/months", json!(1));
        let primary = DeviceOrder::positive(&app, &first).await;
        let number = primary.seen_by(PRESCRIBER).await.at("/number");
        let next = months(&app, 1, 1);
        let mut short = for_patient(absorbents(&app), patient);
        for (member, value) in [
            ("from", next["from"].clone()),
            ("months", json!(1)),
            ("ordination", json!("CONTINUATION")),
            ("form", json!("SHORT")),
            ("primaryOrder", number.clone()),
        ] {
            short = with(short, &format!("/supply/{member}"), value);
        }
        let order = DeviceOrder::positive(&app, &short).await;
        assert_eq!(order.seen_by(PRESCRIBER).await.at("/content/supply/primaryOrder"), number);
        let opened = order.opened_by(&app.as_persona(SHOP)).await;
        assert_eq!(opened.at("/content/supply/ordination"), "CONTINUATION");
        assert!(!opened.text().contains(number.as_str().unwrap()), "{}", opened.text());
    }

    async fn unknown_wrong_and_not_to_be_taken_up_are_one_answer_in_one_time(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let data = order.access_data().await;
        let (_, negative) = DeviceOrder::submitted(&app, &absorbents(&app)).await;
        let shop = app.as_persona(SHOP);
        let wrong = if data["code"] == "0001" { "0002" } else { "0001" };
        let mut answers = Vec::new();
        for pair in [
            json!({ "number": data["number"], "code": wrong }),
            json!({ "number": data["number"], "pesel": pesel(15) }),
            json!({ "number": "T5-22222222-22222222", "code": data["code"] }),
            json!({ "number": negative.at("/number"), "pesel": pesel(14) }),
            json!({ "code": wrong, "pesel": pesel(14) }),
            json!({ "code": wrong, "pesel": pesel(16) }),
        ] {
            let started = Instant::now();
            let refused = shop.look(LOOK_UPS, &pair).await.refused(404, "device_order.look_up_none");
            assert!(started.elapsed() >= Duration::from_millis(150), "{pair}");
            let mut problem = refused.json();
            problem["traceId"] = Value::Null;
            answers.push(problem);
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        let tried = "SELECT count(*) AS number FROM audit WHERE action = 'look_up_device_order' AND refusal IS NOT NULL AND patient_id IS NOT NULL";
        assert_eq!(app.count(tried).await, 4, "whose order or PESEL it was sees it");
    }

    async fn other_pairs_open_nothing(app: TestApp) {
        let shop = app.as_persona(SHOP);
        for pair in [
            json!({ "code": "0427", "birthDate": "1944-05-14" }),
            json!({ "number": "T5-3K7M9QXT-22A4CDEF" }),
            json!({ "number": "T5-3K7M9QXT-22A4CDEF", "code": "0427", "pesel": pesel(14) }),
            json!({}),
        ] {
            shop.look(LOOK_UPS, &pair).await.refused(422, "device_order.look_up_pair");
        }
        let unreadable = json!({ "code": "42a7", "pesel": pesel(14) });
        shop.look(LOOK_UPS, &unreadable).await.refused_at(422, "value.access_code", "/code");
    }

    async fn nobody_without_a_contract_of_today_looks_anything_up(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let data = order.access_data().await;
        let mut file = sandbox::contracts::sample(app.space());
        let yesterday = (app.today() - chrono::Days::new(1)).to_string();
        file["contracts"][0]["subcontractors"][0]["validTo"] = json!(yesterday);
        app.import_contracts(&file.to_string(), app::device_group::ImportMode::Import).await.unwrap();
        let second = app.as_persona(SECOND_SHOP);
        second.look(LOOK_UPS, &data).await.refused(403, "device_provider.contract_not_in_force");
        app.as_persona(PRESCRIBER).look(LOOK_UPS, &data).await.refused(403, "auth.role");
    }
}
