//! The wait for the validation of a signature on a repair order is ended: by the issuer at once, by an officer of the payer after a
//! day (ADR 39).

use super::trusted::received;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use testkit::{
    DeviceOrder, Mood, NOT_INSURED, PRESCRIBER, Response, SHOP, TestApp, for_patient, on_both, pesel,
    statement, wheelchair_repair, with,
};

const ACTION: &str = "pending-step/refusal";
const OFFICER: &str = "nfz-officer";

fn reason() -> Value {
    json!({ "reason": "Usługa sprawdzania nie odpowiada; podpisuję inaczej." })
}

async fn end(order: &DeviceOrder, persona: &'static str) -> Response {
    order.command(persona, ACTION, &reason()).await
}

async fn line_of(order: &DeviceOrder, persona: &'static str, action: &str) -> Option<Value> {
    let lines = order.app.as_persona(persona).get(&order.path_of("actions")).await.is(200).at("/items");
    lines.as_array().unwrap().iter().find(|it| it["action"] == action).cloned()
}

/// A correction of an order that was found negative, and its receipt.
async fn waiting_correction(app: &TestApp) -> (DeviceOrder, DateTime<Utc>) {
    app.with_repair_limit().await;
    let content = for_patient(wheelchair_repair(app), &pesel(NOT_INSURED));
    let (order, found) = DeviceOrder::repair_submitted(app, &content).await;
    assert_eq!(found.is(200).at("/state"), "NEGATIVE");
    let body = json!({ "content": with(content, "/right", statement(app)) });
    let document = order.document(PRESCRIBER, "correction", &body).await;
    let signed = with(body, "/signature", app.sign_trusted(PRESCRIBER, &document));
    let waits = order.command(PRESCRIBER, "correction", &signed).await.is(202);
    let receipt = waits.text_at("/pendingStep/receivedAt").parse().unwrap();
    (order, receipt)
}

on_both! {
    async fn the_issuer_of_a_repair_ends_a_wait_at_once_and_signs_otherwise(app: TestApp) {
        let order = received(&app).await;
        app.validation().set_mood(Mood::IsDown);
        app.validate_pending("one").await;
        assert_eq!(line_of(&order, PRESCRIBER, "submission").await.unwrap()["blockedBy"]["code"], "device_order.step_pending");
        assert_eq!(line_of(&order, "medical-assistant", ACTION).await.unwrap()["allowed"], true);
        let ended = end(&order, "medical-assistant").await.is(200);
        assert_eq!((ended.at("/state"), ended.at("/pendingStep")), (json!("DRAFT"), Value::Null));
        let refused = (ended.at("/refusedSteps/0/action"), ended.at("/refusedSteps/0/reason"));
        assert_eq!(refused, (json!("submission"), reason()["reason"].clone()));
        assert_eq!(app.count("SELECT count(*) AS number FROM pending_steps").await, 0);
        assert_eq!(line_of(&order, PRESCRIBER, ACTION).await, None, "nothing waits");
        end(&order, PRESCRIBER).await.refused(409, "pending_step.none");
        app.validation().set_mood(Mood::Judges);
        assert_eq!(order.submit().await.is(200).at("/contentVersion"), 1);
        app.settle().await;
        let entries = "SELECT count(*) AS number FROM audit \
                       WHERE action = 'refuse_device_repair_order_pending_step' AND refusal IS NULL";
        assert_eq!(app.count(entries).await, 1);
    }

    async fn an_officer_ends_the_wait_of_a_repair_s_correction_after_a_day(app: TestApp) {
        let (order, receipt) = waiting_correction(&app).await;
        let early = end(&order, OFFICER).await.refused(409, "pending_step.too_early");
        let from: DateTime<Utc> = early.text_at("/notBefore").parse().unwrap();
        assert_eq!(from, receipt + TimeDelta::hours(24));
        assert_eq!((early.at("/currentState"), early.at("/allowedActions")), (json!("NEGATIVE"), json!(["cancellation"])));
        assert_eq!(line_of(&order, OFFICER, ACTION).await.unwrap()["blockedBy"]["code"], "pending_step.too_early");
        app.advance_days(1);
        let ended = end(&order, OFFICER).await.is(200);
        assert_eq!((ended.at("/state"), ended.at("/refusedSteps/0/action")), (json!("NEGATIVE"), json!("correction")));
        assert_eq!(order.seen_by(PRESCRIBER).await.at("/refusedSteps/0/reason"), reason()["reason"]);
    }

    async fn an_officer_knows_nothing_of_a_repair_draft_and_others_end_no_wait(app: TestApp) {
        let draft = received(&app).await;
        app.advance_days(2);
        end(&draft, OFFICER).await.refused(404, "request.not_found");
        for persona in [SHOP, "patient", "preparer"] {
            end(&draft, persona).await.refused(403, "auth.role");
        }
    }
}
