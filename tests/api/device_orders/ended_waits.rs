//! The wait for the validation of a signature on an order is ended: by the issuer at once, by an officer of the payer after a
//! day (ADR 39).

use super::trusted::{received, stated, told, uninsured};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{DeviceOrder, Mood, PRESCRIBER, Response, SHOP, TestApp, absorbents, on_both};

const ACTION: &str = "pending-step/refusal";
const OFFICER: &str = "nfz-officer";
const ASSISTANT: &str = "medical-assistant";

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

async fn waiting_draft(app: &TestApp) -> DeviceOrder {
    let order = DeviceOrder::drafted(app, &absorbents(app)).await;
    received(&order, PRESCRIBER, "submission", json!({})).await;
    order
}

async fn waiting_correction(app: &TestApp) -> DeviceOrder {
    let order = uninsured(app).await;
    received(&order, PRESCRIBER, "correction", stated(app)).await;
    order
}

on_both! {
    async fn the_issuer_ends_a_wait_at_once_and_signs_otherwise(app: TestApp) {
        for persona in [PRESCRIBER, ASSISTANT] {
            let order = waiting_draft(&app).await;
            app.validation().set_mood(Mood::IsDown);
            app.validate_pending("one").await;
            let blocked = line_of(&order, PRESCRIBER, "submission").await.unwrap();
            assert_eq!(blocked["blockedBy"]["code"], "device_order.step_pending");
            assert_eq!(blocked["unblockedBy"], json!(["DEVICE_PRESCRIBER", "MEDICAL_ASSISTANT"]));
            assert_eq!(line_of(&order, persona, ACTION).await.unwrap()["allowed"], true);
            let ended = end(&order, persona).await.is(200);
            assert_eq!((ended.at("/state"), ended.at("/pendingStep")), (json!("DRAFT"), Value::Null));
            let refused = (ended.at("/refusedSteps/0/action"), ended.at("/refusedSteps/0/reason"));
            assert_eq!(refused, (json!("submission"), reason()["reason"].clone()));
            let told = told(&order, "SignatureRefused").await;
            assert_eq!(told[0]["data"], json!({ "action": "submission", "code": "signature.validation_ended" }));
            assert_eq!(app.count("SELECT count(*) AS number FROM pending_steps").await, 0);
            app.validation().set_mood(Mood::Judges);
            assert_eq!(app.validate_pending("one").await, 0, "nobody is asked any more");
            assert_eq!(line_of(&order, persona, ACTION).await, None, "nothing waits");
            assert_eq!(order.submit().await.is(200).at("/contentVersion"), 1);
            assert!(!told[0].to_string().contains("nie odpowiada"), "an event carries codes alone: {told:?}");
        }
        app.settle().await;
        let entries = "SELECT count(*) AS number FROM audit \
                       WHERE action = 'refuse_device_order_pending_step' AND refusal IS NULL";
        assert_eq!(app.count(entries).await, 2);
    }

    async fn an_officer_ends_the_wait_of_a_correction_after_a_day(app: TestApp) {
        let order = waiting_correction(&app).await;
        let receipt: DateTime<Utc> = order.seen_by(PRESCRIBER).await.text_at("/pendingStep/receivedAt").parse().unwrap();
        let early = end(&order, OFFICER).await.refused(409, "pending_step.too_early");
        let from: DateTime<Utc> = early.text_at("/notBefore").parse().unwrap();
        assert_eq!(from, receipt + TimeDelta::hours(24));
        assert_eq!((early.at("/currentState"), early.at("/allowedActions")), (json!("NEGATIVE"), json!(["cancellation"])));
        let line = line_of(&order, OFFICER, ACTION).await.unwrap();
        assert_eq!((&line["allowed"], &line["blockedBy"]["code"]), (&json!(false), &json!("pending_step.too_early")));
        app.advance_days(1);
        assert_eq!(line_of(&order, OFFICER, ACTION).await.unwrap()["allowed"], true);
        let accepting = json!({ "reason": "Okazano dokument." });
        let refused = order.command(OFFICER, "acceptance", &accepting).await.refused(409, "device_order.step_pending");
        assert_eq!(refused.at("/allowedActions"), json!([ACTION, "cancellation"]));
        let ended = end(&order, OFFICER).await.is(200);
        assert_eq!((ended.at("/state"), ended.at("/refusedSteps/0/action")), (json!("NEGATIVE"), json!("correction")));
        assert_eq!(told(&order, "SignatureRefused").await[0]["by"]["role"], "NFZ_OFFICER");
        assert_eq!(order.seen_by(PRESCRIBER).await.at("/refusedSteps/0/reason"), reason()["reason"]);
        order.command(OFFICER, "acceptance", &accepting).await.is(200);
    }

    async fn an_officer_knows_nothing_of_a_draft_and_others_end_no_wait(app: TestApp) {
        let draft = waiting_draft(&app).await;
        app.advance_days(2);
        end(&draft, OFFICER).await.refused(404, "request.not_found");
        let order = waiting_correction(&app).await;
        for persona in [SHOP, "patient", "preparer"] {
            end(&order, persona).await.refused(403, "auth.role");
        }
    }

    async fn only_where_something_waits_and_of_the_revision_that_was_seen(app: TestApp) {
        let order = DeviceOrder::drafted(&app, &absorbents(&app)).await;
        let nothing = end(&order, PRESCRIBER).await.refused(409, "pending_step.none");
        assert_eq!(nothing.at("/allowedActions"), json!(["edit", "submission"]));
        received(&order, PRESCRIBER, "submission", json!({})).await;
        let prescriber = app.as_persona(PRESCRIBER);
        prescriber.post(&order.path_of(ACTION), &reason()).send().await.refused(428, "request.if_match_missing");
        let late = prescriber.post(&order.path_of(ACTION), &reason()).if_match(order.revision() - 1).send().await;
        late.refused(412, "request.stale");
        let empty = order.command(PRESCRIBER, ACTION, &json!({ "reason": "" })).await;
        empty.refused_at(422, "value.text_empty", "/reason");
        assert_eq!(app.validate_pending("one").await, 1);
        order.seen_by(PRESCRIBER).await.is(200);
        end(&order, PRESCRIBER).await.refused(409, "device_order.wrong_state");
    }

    async fn a_repeated_request_gets_the_first_answer(app: TestApp) {
        let order = waiting_draft(&app).await;
        let send = || order.ask(PRESCRIBER, ACTION, &reason()).key("the-end-of-a-wait-once").send();
        let first = send().await.is(200);
        let again = send().await.is(200);
        assert!(again.is_replayed() && again.body == first.body, "{}", again.text());
    }

    async fn a_verdict_that_comes_after_the_end_changes_nothing(app: TestApp) {
        let order = waiting_draft(&app).await;
        app.validation().set_mood(Mood::Delays(Duration::from_millis(700)));
        let ending = async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            end(&order, PRESCRIBER).await.is(200)
        };
        let (asked, _) = tokio::join!(app.validate_pending("one"), ending);
        assert_eq!(asked, 1);
        assert_eq!(order.seen_by(PRESCRIBER).await.at("/state"), "DRAFT");
        assert_eq!(told(&order, "OrderRegistered").await.len(), 0);
        assert_eq!(told(&order, "SignatureRefused").await.len(), 1);
    }
}
