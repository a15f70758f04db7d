//! Guessing a code is slowed down, never locked, and seen by the patient.

use serde_json::{Value, json};
use std::time::Duration;
use testkit::{
    DeviceOrder, LOOK_UPS, Response, SECOND_SHOP, SHOP, Session, TestApp, absorbents, for_patient, on_both,
    pesel, wheelchair,
};

const RELEASE: &str = "/api/v1/device-orders/look-ups/release";

fn wrong(data: &Value, patient: &str) -> Value {
    let code = if data["code"] == "0001" { "0002" } else { "0001" };
    json!({ "code": code, "pesel": patient })
}

/// How long the throttle asks to wait, in seconds.
#[track_caller]
fn asked_to_wait(answer: Response) -> u32 {
    let refused = answer.refused(429, "device_order.look_ups_slowed");
    refused.header("retry-after").unwrap().parse().unwrap()
}

/// As if every delay that runs had passed; the throttle goes by real time, which no test moves.
fn wait_as_asked(app: &TestApp) {
    app.execute("UPDATE look_up_tries SET not_before = '2020-01-01 00:00:00'");
}

/// The patient's own list of who looked, with every page.
async fn log_of(patient: &Session) -> Vec<Value> {
    let log = patient.get("/api/v1/patient/access-log?limit=200").await.is(200);
    assert_eq!(log.at("/nextCursor"), Value::Null);
    log.at("/items").as_array().cloned().unwrap_or_default()
}

/// As many as may fail before anybody waits, and the one that brings the first delay.
async fn guess(shop: &Session, pair: &Value) {
    for _ in 0..6 {
        shop.look(LOOK_UPS, pair).await.refused(404, "device_order.look_up_none");
    }
}

#[track_caller]
fn has_to_wait(answer: Response, most: u32) {
    let seconds = asked_to_wait(answer);
    assert!((1..=most).contains(&seconds), "{seconds}");
}

on_both! {
    async fn tries_that_fail_make_the_next_one_wait_and_numbers_never_do(app: TestApp) {
        let patient = app.persona("patient").spec.pesel;
        let order = DeviceOrder::positive(&app, &for_patient(absorbents(&app), patient)).await;
        let data = order.access_data().await;
        let (shop, second) = (app.as_persona(SHOP), app.as_persona(SECOND_SHOP));
        guess(&shop, &wrong(&data, patient)).await;
        let right = json!({ "code": data["code"], "pesel": patient });
        has_to_wait(shop.look(LOOK_UPS, &right).await, 30);
        has_to_wait(second.look(LOOK_UPS, &right).await, 30);
        second.look(LOOK_UPS, &json!({ "number": data["number"], "pesel": patient })).await.is(200);
        shop.look(LOOK_UPS, &data).await.is(200);
        let log = app.as_persona("patient").get("/api/v1/patient/access-log").await.is(200);
        for code in ["device_order.look_up_none", "device_order.look_ups_slowed"] {
            assert!(log.text().contains(code), "{code}: {}", log.text());
        }
        let counted = "SELECT CAST(failed AS bigint) AS number FROM look_up_tries WHERE kind = 'PATIENT'";
        assert_eq!(app.count(counted).await, 6, "who had to wait tried nothing");
        wait_as_asked(&app);
        shop.look(LOOK_UPS, &right).await.is(200);
        assert_eq!(app.count(counted).await, 6, "a right one counts for nothing");
        shop.look(LOOK_UPS, &right).await.is(200);
        second.look(LOOK_UPS, &right).await.is(200);
    }

    async fn a_try_whose_client_hangs_up_is_counted_and_on_record(app: TestApp) {
        let patient = app.persona("patient").spec.pesel;
        let order = DeviceOrder::positive(&app, &for_patient(absorbents(&app), patient)).await;
        let pair = wrong(&order.access_data().await, patient);
        let shop = app.as_persona(SHOP);
        let hung_up = tokio::time::timeout(Duration::from_millis(60), shop.look(LOOK_UPS, &pair)).await;
        assert!(hung_up.is_err(), "the answer comes at the end of its step");
        let counted = "SELECT count(*) AS number FROM look_up_tries WHERE failed = 1";
        let told = "SELECT count(*) AS number FROM audit WHERE refusal = 'device_order.look_up_none'";
        for _ in 0..100 {
            if app.count(counted).await == 2 && app.count(told).await > 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(app.count(counted).await, 2, "for the patient and for whoever guesses");
        assert!(app.count(told).await > 0);
    }

    async fn many_at_once_are_counted_whoever_the_patients_are(app: TestApp) {
        let guesses = (0..40).map(|number| {
            let (shop, pair) = (app.as_persona(SHOP), json!({ "code": "0001", "pesel": pesel(number) }));
            async move { shop.look(LOOK_UPS, &pair).await.status }
        });
        let answers = futures_util::future::join_all(guesses).await;
        let admitted = answers.iter().filter(|status| **status == 404).count();
        // The first delay is of ten seconds, which a busy machine may outlast.
        assert!((21..=22).contains(&admitted), "twenty are free, and one brings the first delay: {answers:?}");
        assert!(answers.iter().all(|status| [404, 429].contains(status)), "{answers:?}");
    }

    async fn an_officer_ends_the_delays_with_a_reason_that_the_patient_sees(app: TestApp) {
        let patient = app.persona("patient").spec.pesel;
        let order = DeviceOrder::positive(&app, &for_patient(absorbents(&app), patient)).await;
        let data = order.access_data().await;
        let shop = app.as_persona(SHOP);
        guess(&shop, &wrong(&data, patient)).await;
        let right = json!({ "code": data["code"], "pesel": patient });
        has_to_wait(shop.look(LOOK_UPS, &right).await, 30);
        let body = json!({ "pesel": patient, "reason": "Pacjent pomylił kod przy ladzie." });
        shop.post(RELEASE, &body).send().await.refused(403, "auth.role");
        let officer = app.as_persona("nfz-officer");
        let released = officer.post(RELEASE, &body).send().await.is(200);
        assert_eq!(released.json(), json!({ "wereCounted": true }));
        assert_eq!(officer.post(RELEASE, &body).send().await.is(200).json(), json!({ "wereCounted": false }));
        shop.look(LOOK_UPS, &right).await.is(200);
        let log = app.as_persona("patient").get("/api/v1/patient/access-log").await.is(200);
        assert!(log.text().contains("release_look_ups") && log.text().contains("przy ladzie"), "{}", log.text());
    }

    async fn a_new_code_ends_the_delays(app: TestApp) {
        let patient = app.persona("patient").spec.pesel;
        let order = DeviceOrder::positive(&app, &for_patient(absorbents(&app), patient)).await;
        let data = order.access_data().await;
        let shop = app.as_persona(SHOP);
        guess(&shop, &wrong(&data, patient)).await;
        let another = DeviceOrder::positive(&app, &for_patient(wheelchair(&app), patient)).await;
        let code = another.access_data().await["code"].clone();
        let opened = shop.look(LOOK_UPS, &json!({ "code": code, "pesel": patient })).await.is(200);
        assert_eq!(opened.text_at("/id"), another.id);
    }

    async fn many_at_once_are_all_counted(app: TestApp) {
        let patient = app.persona("patient").spec.pesel;
        let order = DeviceOrder::positive(&app, &for_patient(absorbents(&app), patient)).await;
        let data = order.access_data().await;
        let guesses = (0..8).map(|_| {
            let (shop, pair) = (app.as_persona(SHOP), wrong(&data, patient));
            async move { shop.look(LOOK_UPS, &pair).await.status }
        });
        let answers = futures_util::future::join_all(guesses).await;
        let admitted = answers.iter().filter(|status| **status == 404).count();
        assert!(admitted <= 6, "{answers:?}");
        assert!(answers.iter().all(|status| [404, 429, 503].contains(status)), "{answers:?}");
    }

    async fn who_tries_one_code_after_the_other_is_slowed_to_an_hour_and_the_patient_sees_each_try(app: TestApp) {
        let patient = app.persona("patient").spec.pesel;
        let order = DeviceOrder::positive(&app, &for_patient(absorbents(&app), patient)).await;
        let data = order.access_data().await;
        let shop = app.as_persona(SHOP);
        let wrong = (0..10_000).map(|code| json!(format!("{code:04}"))).filter(|code| *code != data["code"]);
        let mut waits = Vec::new();
        for code in wrong.take(16) {
            let pair = json!({ "code": code, "pesel": patient });
            let mut answer = shop.look(LOOK_UPS, &pair).await;
            if answer.status == 429 {
                waits.push(asked_to_wait(answer));
                wait_as_asked(&app);
                answer = shop.look(LOOK_UPS, &pair).await;
            }
            answer.refused(404, "device_order.look_up_none");
        }
        let longest = [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600];
        assert_eq!(waits.len(), longest.len(), "six are tried before the first wait: {waits:?}");
        for (asked, longest) in waits.iter().zip(longest) {
            // What the test itself takes has passed already.
            assert!((longest - 29..=longest).contains(asked), "{waits:?}");
        }
        let right = json!({ "code": data["code"], "pesel": patient });
        assert!(asked_to_wait(shop.look(LOOK_UPS, &right).await) > 3570, "a right code waits like a wrong one");
        wait_as_asked(&app);
        shop.look(LOOK_UPS, &right).await.is(200);
        let log = log_of(&app.as_persona("patient")).await;
        let told = |code: Value| {
            let is_it = |entry: &&Value| entry["action"] == "look_up_device_order" && entry["code"] == code;
            let entries: Vec<&Value> = log.iter().filter(is_it).collect();
            assert!(entries.iter().all(|it| it["organisation"]["id"] == json!(app.organisation("device-shop"))), "{entries:?}");
            entries.len()
        };
        assert_eq!(told(json!("device_order.look_up_none")), 16);
        assert_eq!(told(json!("device_order.look_ups_slowed")), 11);
        assert_eq!(told(Value::Null), 1, "and the one that opened the order");
    }
}
