//! Signing a repair order: by whom, with what, and what it is answered.

use app::caller::Role;
use serde_json::{Value, json};
use testkit::{
    DeviceOrder, Kind, NOT_INSURED, PRESCRIBER, TestApp, for_patient, found, on_both, pesel, statement,
    wheelchair_repair, with, without,
};

const OFFICER: &str = "nfz-officer";

/// As a branch of the payer orders it: without place and prescriber.
fn of_branch(app: &TestApp) -> Value {
    without(without(wheelchair_repair(app), "/place"), "/prescriber")
}

on_both! {
    async fn a_repair_order_is_signed_numbered_and_verified_at_once(app: TestApp) {
        app.with_repair_limit().await;
        let (order, answer) = DeviceOrder::repair_submitted(&app, &wheelchair_repair(&app)).await;
        let answer = answer.is(200);
        assert_eq!(answer.at("/state"), "POSITIVE");
        let number = answer.text_at("/number");
        assert!(number.starts_with("T5-") && number.len() == 20, "{number}");
        let terms = (answer.at("/verification/terms/limit"), answer.at("/verification/terms/left"));
        assert_eq!(terms, (json!("1000.00"), json!("1000.00")));
        assert_eq!(answer.at("/verification/right/confirmed"), true);
        assert_eq!((answer.at("/clocks/0/kind"), answer.at("/clocks/1")), (json!("VALIDITY"), Value::Null));
        let issuer = (answer.at("/issuer/kind"), answer.at("/issuer/licenceNumber"), answer.at("/issue/byAssistant"));
        assert_eq!(issuer, (json!("PRESCRIBER"), json!("3900433"), json!(false)));
        assert_eq!(order.seen_by(PRESCRIBER).await.body, answer.body);
        let given = "SELECT count(*) AS number FROM device_order_numbers WHERE document_kind = 'DEVICE_REPAIR_ORDER'";
        assert_eq!(app.count(given).await, 1);
    }

    async fn an_authorised_assistant_signs_and_both_are_kept(app: TestApp) {
        app.with_repair_limit().await;
        let order = DeviceOrder::repair_drafted(&app, PRESCRIBER, &wheelchair_repair(&app)).await;
        let answer = order.submit_as("medical-assistant", Kind::Zus).await.is(200);
        assert_eq!((answer.at("/issue/byAssistant"), answer.at("/issue/signature/familyName")), (json!(true), json!("Próbny")));
        assert_eq!(answer.at("/issuer/licenceNumber"), "3900433");
    }

    async fn a_personal_signature_is_refused(app: TestApp) {
        app.with_repair_limit().await;
        let order = DeviceOrder::repair_drafted(&app, PRESCRIBER, &wheelchair_repair(&app)).await;
        let refused = order.submit_as(PRESCRIBER, Kind::Personal).await;
        refused.refused_at(422, "device_order.signature_kind", "/signature/kind");
        assert_eq!(order.seen_by(PRESCRIBER).await.at("/state"), "DRAFT");
    }

    async fn a_branch_of_the_payer_orders_at_the_patient_s_request(app: TestApp) {
        app.with_repair_limit().await;
        let named = DeviceOrder::repair_drafted(&app, OFFICER, &wheelchair_repair(&app)).await;
        let body = named.signed(OFFICER, "submission", json!({}), Kind::Qualified).await;
        let refused = named.command(OFFICER, "submission", &body).await;
        refused.refused(422, "device_repair_order.branch_prescribes");
        let order = DeviceOrder::repair_drafted(&app, OFFICER, &of_branch(&app)).await;
        let answer = order.submit_as(OFFICER, Kind::Qualified).await.is(200);
        assert_eq!((answer.at("/state"), answer.at("/issuer/kind")), (json!("POSITIVE"), json!("BRANCH")));
        assert!(answer.at("/issuer/branch").is_u64() && answer.at("/content/patient/familyName") == "Testowa");
        app.as_persona(PRESCRIBER).get(&order.path()).await.refused(404, "request.not_found");
    }

    async fn the_same_submission_gets_the_final_answer_again(app: TestApp) {
        app.with_repair_limit().await;
        let order = DeviceOrder::repair_drafted(&app, PRESCRIBER, &wheelchair_repair(&app)).await;
        let body = order.signed(PRESCRIBER, "submission", json!({}), Kind::Qualified).await;
        let ask = || order.ask(PRESCRIBER, "submission", &body).key("repair-submission-0001");
        let (one, two) = tokio::join!(ask().send(), ask().send());
        let (one, two) = (one.is(200), two.is(200));
        assert_eq!((&one.body, one.at("/state")), (&two.body, json!("POSITIVE")));
        assert_ne!(one.is_replayed(), two.is_replayed());
        assert_eq!(ask().send().await.is(200).body, one.body);
    }

    async fn of_two_submissions_at_once_one_is_issued(app: TestApp) {
        app.with_repair_limit().await;
        let order = DeviceOrder::repair_drafted(&app, PRESCRIBER, &wheelchair_repair(&app)).await;
        let body = order.signed(PRESCRIBER, "submission", json!({}), Kind::Qualified).await;
        let ask = || order.ask(PRESCRIBER, "submission", &body).send();
        let (one, two) = tokio::join!(ask(), ask());
        let done = [&one, &two].iter().filter(|answer| answer.status == 200).count();
        assert_eq!(done, 1, "{} {}", one.text(), two.text());
        assert_eq!(app.count("SELECT count(*) AS number FROM device_order_numbers").await, 1);
    }

    async fn a_negative_order_is_corrected_under_its_number(app: TestApp) {
        app.with_repair_limit().await;
        let content = for_patient(wheelchair_repair(&app), &pesel(NOT_INSURED));
        let (order, answer) = DeviceOrder::repair_submitted(&app, &content).await;
        let answer = answer.is(200);
        assert_eq!(answer.at("/state"), "NEGATIVE");
        assert_eq!(found(&answer, "problems"), ["device_repair_order.right_not_confirmed"]);
        let corrected = order.correct(&with(content, "/right", statement(&app))).await.is(200);
        assert_eq!((corrected.at("/state"), corrected.at("/contentVersion")), (json!("POSITIVE"), json!(2)));
        assert_eq!(corrected.at("/number"), answer.at("/number"));
        let again = order.path_of("correction/document");
        let refused = app.as_persona(PRESCRIBER).look(&again, &json!({ "content": {} })).await;
        refused.refused(409, "device_repair_order.wrong_state");
    }

    async fn a_register_that_is_away_keeps_nobody_waiting_and_the_result_of_a_repair_says_so(app: TestApp) {
        app.with_repair_limit().await;
        app.insurance().set_mood(sandbox::insurance::Mood::IsDown);
        let plain = for_patient(wheelchair_repair(&app), &pesel(31));
        let (order, answer) = DeviceOrder::repair_submitted(&app, &plain).await;
        let answer = answer.is(200);
        assert_eq!(found(&answer, "problems"), ["device_repair_order.right_not_confirmed"]);
        assert_eq!(found(&answer, "warnings"), ["device_order.right_unanswered"], "nobody said no");
        let corrected = order.correct(&with(plain, "/right", statement(&app))).await.is(200);
        assert_eq!((corrected.at("/state"), found(&corrected, "warnings")), (json!("POSITIVE"), vec!["device_order.right_unanswered".to_owned()]));
    }

    async fn somebody_else_s_repair_order_does_not_exist(app: TestApp) {
        app.with_repair_limit().await;
        let (order, _) = DeviceOrder::repair_submitted(&app, &wheelchair_repair(&app)).await;
        for role in [Role::DevicePrescriber, Role::MedicalAssistant, Role::DeviceProvider] {
            for path in [order.path(), order.path_of("actions"), order.path_of("history"), order.path_of("versions")] {
                app.stranger(role).get(&path).await.refused(404, "request.not_found");
            }
        }
    }
}
