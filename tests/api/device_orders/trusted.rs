//! Orders signed with a trusted profile: received at once, issued when the signature is confirmed, as of its receipt.

use serde_json::{Value, json};
use testkit::{
    DeviceOrder, Mood, NOT_INSURED, PRESCRIBER, Response, TestApp, absorbents, for_patient, found, on_both,
    pesel, statement, with,
};

const ASSISTANT: &str = "medical-assistant";

/// The step is received and waits.
pub(super) async fn received(
    order: &DeviceOrder,
    persona: &'static str,
    action: &str,
    fields: Value,
) -> Response {
    let document = order.document(persona, action, &fields).await;
    let body = with(fields, "/signature", order.app.sign_trusted(persona, &document));
    let answer = order.command(persona, action, &body).await.is(202);
    let pending = (answer.at("/pendingStep/action"), answer.at("/pendingStep/kind"));
    assert_eq!(pending, (json!(action), json!("TRUSTED")), "{}", answer.text());
    answer
}

pub(super) async fn told(order: &DeviceOrder, kind: &str) -> Vec<Value> {
    let history = order.app.as_persona(PRESCRIBER).get(&order.path_of("history")).await.is(200).at("/items");
    history.as_array().unwrap().iter().filter(|it| it["type"] == kind).cloned().collect()
}

pub(super) async fn uninsured(app: &TestApp) -> DeviceOrder {
    let content = for_patient(absorbents(app), &pesel(NOT_INSURED));
    let (order, answer) = DeviceOrder::submitted(app, &content).await;
    assert_eq!(answer.is(200).at("/state"), "NEGATIVE");
    order
}

pub(super) fn stated(app: &TestApp) -> Value {
    let content = for_patient(absorbents(app), &pesel(NOT_INSURED));
    json!({ "content": with(content, "/right", statement(app)) })
}

on_both! {
    async fn an_order_is_issued_when_its_signature_is_confirmed_as_of_its_receipt(app: TestApp) {
        let order = DeviceOrder::drafted(&app, &absorbents(&app)).await;
        let waiting = received(&order, PRESCRIBER, "submission", json!({})).await;
        assert_eq!((waiting.at("/state"), waiting.at("/number")), (json!("DRAFT"), Value::Null));
        let first = app.today();
        app.advance_days(45);
        assert_eq!(app.validate_pending("one").await, 1);
        assert_eq!(app.validate_pending("one").await, 0, "nothing waits any more");
        let seen = order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!((seen.at("/state"), seen.at("/pendingStep")), (json!("POSITIVE"), Value::Null));
        assert_eq!(seen.at("/issue/issuedOn"), json!(first), "on the day of the receipt");
        assert_eq!(seen.at("/issue/signature/receivedAt"), waiting.at("/pendingStep/receivedAt"));
        let signature = (seen.at("/issue/signature/kind"), seen.at("/issue/signature/level"));
        assert_eq!(signature, (json!("TRUSTED"), json!("VALIDATED")));
        let months = (seen.at("/periods/0/state"), seen.at("/periods/11/state"));
        assert_eq!(months, (json!("LOST"), json!("AVAILABLE")), "the month of the receipt has passed since");
        assert_eq!((told(&order, "SignatureReceived").await.len(), told(&order, "OrderRegistered").await.len()), (1, 1));
        assert_eq!(app.count("SELECT count(*) AS number FROM pending_steps").await, 0);
    }

    async fn a_correction_waits_and_keeps_its_content_until_then(app: TestApp) {
        let order = uninsured(&app).await;
        let number = order.seen_by(PRESCRIBER).await.at("/number");
        let waiting = received(&order, PRESCRIBER, "correction", stated(&app)).await;
        assert_eq!((waiting.at("/state"), waiting.at("/content/right")), (json!("NEGATIVE"), Value::Null));
        assert_eq!(app.validate_pending("one").await, 1);
        let seen = order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!((seen.at("/state"), seen.at("/number"), seen.at("/contentVersion")), (json!("POSITIVE"), number, json!(2)));
        assert_eq!(seen.at("/content/right/kind"), "STATEMENT");
    }

    async fn meanwhile_nothing_is_done_but_a_cancellation(app: TestApp) {
        let draft = DeviceOrder::drafted(&app, &absorbents(&app)).await;
        received(&draft, PRESCRIBER, "submission", json!({})).await;
        let prescriber = app.as_persona(PRESCRIBER);
        let edit = prescriber.put(&draft.path(), &json!({ "content": absorbents(&app) })).if_match(draft.revision());
        edit.send().await.refused(409, "device_order.step_pending");
        let path = draft.path_of("submission/document");
        prescriber.look(&path, &json!({})).await.refused(409, "device_order.step_pending");
        let order = uninsured(&app).await;
        received(&order, PRESCRIBER, "correction", stated(&app)).await;
        let accepted = order.command("nfz-officer", "acceptance", &json!({ "reason": "Okazano dokument." })).await;
        let refused = accepted.refused(409, "device_order.step_pending");
        assert_eq!((refused.at("/currentState"), refused.at("/allowedActions")), (json!("NEGATIVE"), json!(["cancellation"])));
        let actions = prescriber.get(&order.path_of("actions")).await.is(200);
        let blocked = |action: &str| {
            let all = actions.at("/items").as_array().cloned().unwrap_or_default();
            all.into_iter().find(|it| it["action"] == action).map(|it| it["blockedBy"]["code"].clone()).unwrap_or_default()
        };
        assert_eq!(blocked("correction"), "device_order.step_pending", "{}", actions.text());
        let cancelled = order.command(PRESCRIBER, "cancellation", &json!({ "reason": "Zlecono omyłkowo." })).await.is(200);
        assert_eq!((cancelled.at("/state"), cancelled.at("/pendingStep")), (json!("CANCELLED"), Value::Null));
        assert_eq!(app.validate_pending("one").await, 1, "the draft alone still waits");
        assert_eq!(order.seen_by(PRESCRIBER).await.at("/state"), "CANCELLED");
    }

    async fn a_signature_that_is_not_confirmed_leaves_the_order_to_be_signed_again(app: TestApp) {
        let order = DeviceOrder::drafted(&app, &absorbents(&app)).await;
        received(&order, PRESCRIBER, "submission", json!({})).await;
        app.validation().set_mood(Mood::Says("TOTAL_FAILED", "HASH_FAILURE"));
        assert_eq!(app.validate_pending("one").await, 1);
        app.validation().set_mood(Mood::Judges);
        let seen = order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!((seen.at("/state"), seen.at("/pendingStep")), (json!("DRAFT"), Value::Null));
        let refused = told(&order, "SignatureRefused").await;
        assert_eq!(refused[0]["data"]["code"], "signature.validation_failed", "{refused:?}");
        received(&order, PRESCRIBER, "submission", json!({})).await;
        assert_eq!(app.validate_pending("one").await, 1);
        assert_eq!(order.seen_by(PRESCRIBER).await.at("/state"), "POSITIVE");
    }

    async fn whatever_else_stands_in_the_way_is_told_at_once(app: TestApp) {
        let past = with(absorbents(&app), "/supply/from", json!("2020-01"));
        let order = DeviceOrder::drafted(&app, &past).await;
        let document = order.document(PRESCRIBER, "submission", &json!({})).await;
        let body = json!({ "signature": app.sign_trusted(PRESCRIBER, &document) });
        let refused = order.command(PRESCRIBER, "submission", &body).await;
        refused.refused_at(422, "device_order.month_past", "/content/supply/from");
        assert_eq!(app.count("SELECT count(*) AS number FROM pending_steps").await, 0);
    }

    async fn a_verdict_on_an_order_that_was_cancelled_meanwhile_changes_nothing(app: TestApp) {
        let order = uninsured(&app).await;
        received(&order, PRESCRIBER, "correction", stated(&app)).await;
        app.validation().set_mood(Mood::Delays(std::time::Duration::from_millis(600)));
        let cancelling = async {
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
            order.command(PRESCRIBER, "cancellation", &json!({ "reason": "Zlecono omyłkowo." })).await.is(200)
        };
        let (asked, _) = tokio::join!(app.validate_pending("one"), cancelling);
        assert_eq!(asked, 1);
        assert_eq!(order.seen_by(PRESCRIBER).await.at("/state"), "CANCELLED");
        assert_eq!(told(&order, "OrderRegistered").await.len(), 1, "the first issue alone");
    }

    async fn an_assistant_s_signature_counts_on_the_last_day_of_the_authorisation(app: TestApp) {
        let order = DeviceOrder::drafted(&app, &absorbents(&app)).await;
        app.execute(&format!("UPDATE authorised_assistants SET last_day = '{}'", app.today()));
        received(&order, ASSISTANT, "submission", json!({})).await;
        app.advance_days(2);
        assert_eq!(app.validate_pending("one").await, 1);
        let seen = order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!((seen.at("/state"), seen.at("/issue/byAssistant")), (json!("POSITIVE"), json!(true)));
        assert_eq!(found(&seen, "problems"), [""; 0]);
    }
}
