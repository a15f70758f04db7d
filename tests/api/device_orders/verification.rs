//! What the payer finds, with and without its register of the insured.

use sandbox::insurance::Mood;
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{
    DeviceOrder, Kind, NOT_INSURED, PRESCRIBER, TestApp, absorbents, for_patient, found, on_both, pesel,
    statement, with,
};

on_both! {
    async fn who_is_not_insured_needs_a_statement_or_a_document(app: TestApp) {
        let uninsured = for_patient(absorbents(&app), &pesel(NOT_INSURED));
        let (_, answer) = DeviceOrder::submitted(&app, &uninsured).await;
        let answer = answer.is(200);
        assert_eq!((answer.at("/state"), answer.at("/nfzStatus")), (json!("NEGATIVE"), json!("N")));
        assert_eq!(found(&answer, "problems"), ["device_order.right_not_confirmed"]);
        assert_eq!(answer.at("/verification/problems/0/pointer"), "/content/right");
        for said in ["detail", "fix"] {
            for language in ["pl", "en"] {
                assert!(answer.text_at(&format!("/verification/problems/0/{said}/{language}")).len() > 10);
            }
        }
        assert_eq!((answer.at("/access"), answer.at("/periods")), (Value::Null, Value::Null));
        assert!(answer.at("/number").is_string(), "a negative order has its number");
        let stated = with(for_patient(absorbents(&app), &pesel(NOT_INSURED)), "/right", statement(&app));
        let order = DeviceOrder::positive(&app, &stated).await;
        assert_eq!(order.seen_by(PRESCRIBER).await.at("/verification/right/confirmed"), false);
        let expired = json!({ "kind": "DOCUMENT", "document": {
            "kind": "INSURANCE_PROOF", "number": "1", "until": { "kind": "DAY", "last": "2020-01-01" },
        } });
        let expired = with(for_patient(absorbents(&app), &pesel(NOT_INSURED)), "/right", expired);
        let (_, answer) = DeviceOrder::submitted(&app, &expired).await;
        assert_eq!(found(&answer.is(200), "problems"), ["device_order.right_proof_expired", "device_order.duplicate"]);
    }

    async fn a_largest_quantity_that_nobody_knows_is_told(app: TestApp) {
        let figures = json!({
            "tier": 1, "ages": { "from": 18 }, "limit": { "amount": "255.00", "basis": "PER_PIECE" },
            "holdsFrom": "2024-01-01", "source": "Dz.U. 2025 poz. 1038, załącznik",
        });
        app.as_persona("nfz-officer").post("/api/v1/device-groups/R.05.02/figures", &figures).send().await.is(201);
        let sensors = with(absorbents(&app), "/device", json!({ "kind": "OTHER", "code": "R.05.02" }));
        let (order, answer) = DeviceOrder::submitted(&app, &with(sensors, "/supply/piecesAMonth", json!("2"))).await;
        assert_eq!(found(&answer.is(200), "problems"), ["device_order.quantity_unknown"]);
        let accepted = order.command("nfz-officer", "acceptance", &json!({ "reason": "Dwa czujniki." })).await.is(200);
        assert_eq!(accepted.at("/state"), "POSITIVE");
    }

    async fn a_payer_that_is_away_keeps_nobody_waiting_and_the_result_says_so(app: TestApp) {
        for mood in [Mood::IsDown, Mood::Delays(Duration::from_secs(3))] {
            app.insurance().set_mood(mood.clone());
            let middle = if mood == Mood::IsDown { 21 } else { 31 };
            let plain = for_patient(absorbents(&app), &pesel(middle));
            let (_, answer) = DeviceOrder::submitted(&app, &plain).await;
            let answer = answer.is(200);
            assert_eq!(answer.at("/state"), "NEGATIVE");
            assert_eq!(found(&answer, "problems"), ["device_order.right_not_confirmed"]);
            assert_eq!(found(&answer, "warnings"), ["device_order.right_unanswered"], "nobody said no");
            let stated = with(for_patient(absorbents(&app), &pesel(middle + 1)), "/right", statement(&app));
            let (_, answer) = DeviceOrder::submitted(&app, &stated).await;
            let answer = answer.is(200);
            assert_eq!(answer.at("/state"), "POSITIVE");
            assert_eq!(answer.at("/verification/right"), json!({ "confirmed": false, "basis": "PROOF" }));
            assert_eq!(found(&answer, "warnings"), ["device_order.right_unanswered"]);
        }
    }

    async fn what_nobody_finished_a_worker_does(app: TestApp) {
        let order = DeviceOrder::drafted(&app, &absorbents(&app)).await;
        let body = order.signed(PRESCRIBER, "submission", json!({}), Kind::Qualified).await;
        // The second transaction cannot look at the patient, as if the process had ended between the two.
        app.execute("ALTER TABLE patients RENAME TO patients_away");
        let begun = order.ask(PRESCRIBER, "submission", &body).key("orphan-key-000000001").send().await;
        app.execute("ALTER TABLE patients_away RENAME TO patients");
        let begun = begun.is(202);
        assert_eq!((begun.at("/state"), begun.at("/nfzStatus")), (json!("VERIFYING"), json!("W")));
        assert!(begun.at("/number").is_string(), "it is issued");
        assert_eq!(app.finish_verifications().await, 0, "whoever submitted it may still be at it");
        app.execute("UPDATE device_orders SET verify_at = '2020-01-01 00:00:00'");
        assert_eq!(app.finish_verifications().await, 1);
        assert_eq!(app.finish_verifications().await, 0);
        let seen = order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!((seen.at("/state"), seen.at("/number")), (json!("POSITIVE"), begun.at("/number")));
        let again = order.ask(PRESCRIBER, "submission", &body).key("orphan-key-000000001").send().await;
        assert_eq!(again.is(202).body, begun.body, "the same request gets its first answer");
    }

    async fn two_workers_finish_an_order_once(app: TestApp) {
        let order = DeviceOrder::drafted(&app, &absorbents(&app)).await;
        let body = order.signed(PRESCRIBER, "submission", json!({}), Kind::Qualified).await;
        app.execute("ALTER TABLE patients RENAME TO patients_away");
        order.ask(PRESCRIBER, "submission", &body).send().await.is(202);
        app.execute("ALTER TABLE patients_away RENAME TO patients");
        app.execute("UPDATE device_orders SET verify_at = '2020-01-01 00:00:00'");
        let (one, two) = tokio::join!(app.finish_verifications(), app.finish_verifications());
        assert_eq!(one + two, 1);
        let history = app.as_persona(PRESCRIBER).get(&order.path_of("history")).await.is(200);
        assert_eq!(history.at("/items").as_array().map(Vec::len), Some(2), "{}", history.text());
    }

    async fn a_second_order_for_the_same_months_is_negative_and_codes_differ(app: TestApp) {
        let first = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let (_, second) = DeviceOrder::submitted(&app, &absorbents(&app)).await;
        assert_eq!(found(&second.is(200), "problems"), ["device_order.duplicate"]);
        let third = DeviceOrder::positive(&app, &testkit::wheelchair(&app)).await;
        let code = async |order: &DeviceOrder| order.seen_by(PRESCRIBER).await.text_at("/access/code");
        assert_ne!(code(&first).await, code(&third).await, "open orders of one patient have codes of their own");
        let taken = app.try_execute(&format!(
            "UPDATE device_orders SET access_index = (SELECT access_index FROM device_orders WHERE id = '{}') WHERE id = '{}'",
            first.id, third.id
        ));
        assert!(taken.is_err(), "by constraint");
    }

    async fn of_two_at_once_for_the_same_months_one_is_positive(app: TestApp) {
        let (one, two) = (
            DeviceOrder::drafted(&app, &absorbents(&app)).await,
            DeviceOrder::drafted(&app, &absorbents(&app)).await,
        );
        let (first, second) = tokio::join!(one.submit(), two.submit());
        let mut states = [first.is(200).text_at("/state"), second.is(200).text_at("/state")];
        states.sort();
        assert_eq!(states, ["NEGATIVE", "POSITIVE"]);
    }

    async fn without_a_pesel_there_is_no_code_and_the_print_is_obligatory(app: TestApp) {
        let patient = json!({
            "givenNames": "Oksana", "familyName": "Przykładowa", "birthDate": "1990-02-03", "sex": "FEMALE",
            "identifier": { "kind": "FOREIGN_PASSPORT", "country": "UA", "number": "FA123456" },
        });
        let content = with(with(absorbents(&app), "/patient", patient), "/right", statement(&app));
        let (order, answer) = DeviceOrder::submitted(&app, &content).await;
        let answer = answer.is(200);
        assert_eq!(answer.at("/access"), json!({ "informationPrintObligatory": true }));
        assert_eq!(found(&answer, "warnings"), [""; 0], "nobody could be asked");
        let data = app.as_persona(PRESCRIBER).get(&order.path_of("access-data")).await.is(200);
        assert_eq!(data.at("/access/code"), Value::Null);
    }

    async fn an_outdated_pesel_a_wrong_entitlement_and_too_much_are_all_told(app: TestApp) {
        let content = for_patient(absorbents(&app), &pesel(999));
        let content = with(content, "/right", statement(&app));
        let content = with(content, "/supply/piecesAMonth", json!("91"));
        app.know_of(PRESCRIBER, json!({ "specialties": ["chirurgia naczyniowa"] })).await;
        let content = with(content, "/prescriber/specialties", json!(["chirurg naczyniowy"]));
        let (_, answer) = DeviceOrder::submitted(&app, &content).await;
        let mut problems = found(&answer.is(200), "problems");
        problems.sort();
        let expected =
            ["device_order.issuer_not_listed", "device_order.pesel_outdated", "device_order.quantity_exceeded"];
        assert_eq!(problems, expected);
        let entitlement = |code: &str, until: Value| json!({ "code": code, "document": {
            "kind": "DISABILITY_RULING", "number": "1", "issuedOn": "2015-06-01", "until": until,
        } });
        let child = entitlement("47ZND", json!({ "kind": "DAY", "last": "2020-01-01" }));
        app.know_of(PRESCRIBER, json!({ "specialties": ["medycyna rodzinna"] })).await;
        let (_, answer) = DeviceOrder::submitted(&app, &with(absorbents(&app), "/additionalEntitlement", child)).await;
        let mut problems = found(&answer.is(200), "problems");
        problems.sort();
        assert_eq!(problems, ["device_order.entitlement_age", "device_order.entitlement_expired"]);
    }
}
