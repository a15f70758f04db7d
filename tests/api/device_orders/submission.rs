//! Signing an order: by whom, with what, and what it is answered.

use app::caller::Role;
use domain::values::YearMonth;
use serde_json::{Value, json};
use testkit::{DeviceOrder, Kind, PRESCRIBER, TestApp, absorbents, on_both, wheelchair, with};

/// The first day of the next month.
fn to_the_next_month(app: &TestApp) {
    let left = YearMonth::of(app.today()).last_day() - app.today();
    app.advance_days(left.num_days() + 1);
}

on_both! {
    async fn an_order_is_signed_verified_and_opened_at_once(app: TestApp) {
        let (order, answer) = DeviceOrder::submitted(&app, &absorbents(&app)).await;
        let answer = answer.is(200);
        assert_eq!((answer.at("/state"), answer.at("/nfzStatus")), (json!("POSITIVE"), json!("P")));
        let number = answer.text_at("/number");
        assert!(number.starts_with("T5-") && number.len() == 20, "{number}");
        let line = answer.at("/verification/lines/0");
        let expected = json!({
            "code": "Y.06.01", "tier": 2, "pieces": "90", "limit": "1.70", "limitKind": "PER_PIECE", "refundPercent": 80,
        });
        assert_eq!(line, expected);
        assert_eq!(answer.at("/verification/right/confirmed"), true);
        assert!(answer.at("/verification/right/operation").is_string());
        assert_eq!(answer.text_at("/access/code").len(), 4);
        assert_eq!(answer.at("/access/informationPrintObligatory"), false);
        assert_eq!(answer.at("/periods").as_array().map(Vec::len), Some(12));
        assert_eq!(answer.at("/periods/0/nfzStatus"), "B");
        assert_eq!(answer.at("/clocks/0/kind"), "MONTH");
        assert_eq!((answer.at("/issue/byAssistant"), answer.at("/issue/contentVersion")), (json!(false), json!(1)));
        assert_eq!(order.seen_by(PRESCRIBER).await.body, answer.body);
    }

    async fn an_authorised_assistant_signs_and_both_are_kept(app: TestApp) {
        let order = DeviceOrder::drafted(&app, &wheelchair(&app)).await;
        let answer = order.submit_as("medical-assistant", Kind::Zus).await.is(200);
        assert_eq!(answer.at("/issue/byAssistant"), true);
        assert_eq!(answer.at("/issue/signature/familyName"), "Próbny");
        assert_eq!(answer.at("/issuer/licenceNumber"), "3900433");
        assert_eq!(answer.at("/clocks/0/kind"), "VALIDITY");
    }

    async fn a_personal_signature_is_refused(app: TestApp) {
        let order = DeviceOrder::drafted(&app, &absorbents(&app)).await;
        let refused = order.submit_as(PRESCRIBER, Kind::Personal).await;
        refused.refused_at(422, "device_order.signature_kind", "/signature/kind");
        assert_eq!(order.seen_by(PRESCRIBER).await.at("/state"), "DRAFT");
    }

    async fn a_signature_of_somebody_else_or_over_other_bytes_is_refused(app: TestApp) {
        let order = DeviceOrder::drafted(&app, &absorbents(&app)).await;
        let document = order.document(PRESCRIBER, "submission", &json!({})).await;
        let theirs = app.sign("medical-assistant", Kind::Qualified, &document);
        let refused = order.command(PRESCRIBER, "submission", &json!({ "signature": theirs })).await;
        refused.refused(422, "signature.wrong_signer");
        let other = app.sign(PRESCRIBER, Kind::Qualified, b"{}");
        let refused = order.command(PRESCRIBER, "submission", &json!({ "signature": other })).await;
        assert!(refused.clone().is(422).code().starts_with("signature."), "{}", refused.text());
    }

    async fn figures_that_nobody_knows_stop_an_order_before_it_is_signed(app: TestApp) {
        let content = with(wheelchair(&app), "/device/code", json!("S.13.01"));
        let order = DeviceOrder::drafted(&app, &content).await;
        let path = order.path_of("submission/document");
        let refused = app.as_persona(PRESCRIBER).look(&path, &json!({})).await;
        refused.refused_at(422, "device_group.figures_unknown", "/content/device");
        let unsigned = json!({ "signature": app.sign(PRESCRIBER, Kind::Qualified, b"{}") });
        let refused = order.command(PRESCRIBER, "submission", &unsigned).await;
        refused.refused(422, "device_group.figures_unknown");
    }

    async fn the_same_submission_gets_the_final_answer_again(app: TestApp) {
        let order = DeviceOrder::drafted(&app, &absorbents(&app)).await;
        let body = order.signed(PRESCRIBER, "submission", json!({}), Kind::Qualified).await;
        let ask = || order.ask(PRESCRIBER, "submission", &body).key("submission-key-00001");
        let (one, two) = tokio::join!(ask().send(), ask().send());
        let (one, two) = (one.is(200), two.is(200));
        assert_eq!(one.body, two.body);
        assert_eq!((one.at("/state"), one.is_replayed() != two.is_replayed()), (json!("POSITIVE"), true));
        let third = ask().send().await.is(200);
        assert!(third.is_replayed());
        assert_eq!(third.body, one.body);
        assert_eq!(app.count("SELECT count(*) AS number FROM device_orders WHERE number IS NOT NULL").await, 1);
    }

    async fn what_is_signed_is_not_edited_or_signed_again(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let body = json!({ "content": wheelchair(&app) });
        let put = app.as_persona(PRESCRIBER).put(&order.path(), &body).if_match(order.revision());
        let refused = put.send().await.refused(409, "device_order.wrong_state");
        assert_eq!(refused.at("/currentState"), "POSITIVE");
        assert_eq!(refused.at("/allowedActions"), json!(["cancellation", "access-data/renewal"]));
        let path = order.path_of("submission/document");
        app.as_persona(PRESCRIBER).look(&path, &json!({})).await.refused(409, "device_order.wrong_state");
    }

    async fn somebody_else_s_order_does_not_exist(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        for role in [Role::DevicePrescriber, Role::MedicalAssistant, Role::DeviceProvider] {
            app.stranger(role).get(&order.path()).await.refused(404, "request.not_found");
            for part in ["actions", "history", "versions", "access-data"] {
                app.stranger(role).get(&order.path_of(part)).await.refused(404, "request.not_found");
            }
        }
        let stranger = app.stranger(Role::DevicePrescriber);
        let signature = app.sign(PRESCRIBER, Kind::Qualified, b"{}");
        for (action, body) in [
            ("submission", json!({ "signature": signature })),
            ("correction", json!({ "content": {}, "signature": signature })),
            ("cancellation", json!({ "reason": "Nie moje." })),
        ] {
            let asked = stranger.post(&order.path_of(action), &body).if_match(1);
            asked.send().await.refused(404, "request.not_found");
        }
        for (action, body) in [("submission", json!({})), ("correction", json!({ "content": {} }))] {
            let path = order.path_of(&format!("{action}/document"));
            stranger.look(&path, &body).await.refused(404, "request.not_found");
        }
        stranger.put(&order.path(), &json!({ "content": {} })).if_match(1).send().await.refused(404, "request.not_found");
        app.elsewhere(PRESCRIBER).get(&order.path()).await.refused(404, "request.not_found");
        let colleague = json!({ "idSystem": "NPWZ", "id": "5425740", "role": "DEVICE_PRESCRIBER" });
        let hospital = json!({ "id": app.organisation("hospital"), "kind": "MEDICAL_ENTITY" });
        let other_patient = app.token("patient").with("pesel", json!(testkit::pesel(15)));
        for token in [
            app.token(PRESCRIBER).with("person", colleague),
            app.token(PRESCRIBER).with("org", hospital),
            other_patient,
        ] {
            app.with_token(token).get(&order.path()).await.refused(404, "request.not_found");
        }
        app.stranger(Role::Physician).get(&order.path()).await.refused(403, "auth.role");
        app.as_persona("device-provider").get(&order.path()).await.refused(404, "request.not_found");
    }

    async fn every_write_refused_attempt_and_read_is_on_record_for_the_patient(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        order.seen_by(PRESCRIBER).await.is(200);
        order.command(PRESCRIBER, "acceptance", &json!({ "reason": "Nie." })).await.refused(403, "auth.role");
        order.command("nfz-officer", "acceptance", &json!({ "reason": "Nie." })).await.refused(409, "device_order.wrong_state");
        for (action, refusal) in [
            ("create_device_order", None),
            ("submit_device_order", None),
            ("verify_device_order", None),
            ("find_device_order", None),
            ("accept_device_order", Some("device_order.wrong_state")),
        ] {
            let refusal = refusal.map_or("IS NULL".to_owned(), |code| format!("= '{code}'"));
            let sql = format!(
                "SELECT count(*) AS number FROM audit WHERE document_id = '{}' AND action = '{action}' \
                 AND patient_id IS NOT NULL AND refusal {refusal}",
                order.id
            );
            assert!(app.count_of(sql).await >= 1, "{action}");
        }
    }

    async fn months_elapse_and_the_last_one_ends_the_order(app: TestApp) {
        let content = with(absorbents(&app), "/supply/months", json!(2));
        let order = DeviceOrder::positive(&app, &content).await;
        let before = order.seen_by(PRESCRIBER).await.is(200);
        to_the_next_month(&app);
        assert_eq!(app.fire_due("worker").await, 1);
        let after = order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!((after.at("/periods/0/state"), after.at("/periods/1/state")), (json!("LOST"), json!("AVAILABLE")));
        assert_eq!(after.at("/periods/0/nfzStatus"), Value::Null);
        assert_ne!(after.etag(), before.etag());
        to_the_next_month(&app);
        let over = order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!((over.at("/state"), over.at("/clocks")), (json!("EXPIRED"), json!([])), "whoever reads it applies it");
        assert_eq!(over.at("/access"), Value::Null);
    }
}
