//! Steps of a notification that are signed with a trusted profile: received at once, taken when the signature is
//! confirmed.

use super::additions::{added, new_batches, opened};
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{Mood, Notification, PROOF, Reached, Response, TestApp, on_both, with};

const PENDING: &str = "authorisation.step_pending";

/// The fields of a step with the person's trusted signature over its document.
async fn signed(notification: &Notification, persona: &'static str, action: &str, fields: Value) -> Value {
    let document = notification.document(persona, action, &fields).await;
    with(fields, "/signature", notification.app.sign_trusted(persona, &document))
}

/// The step is received and waits.
pub(super) async fn received(
    notification: &Notification,
    persona: &'static str,
    action: &str,
    fields: Value,
) -> Response {
    let body = signed(notification, persona, action, fields).await;
    let answer = notification.command(persona, action, &body).await.is(202);
    assert_eq!(answer.at("/pendingStep/action"), action, "{}", answer.text());
    assert_eq!(answer.at("/pendingStep/kind"), "TRUSTED");
    answer
}

/// What the responsible person is told of this kind.
pub(super) async fn told(notification: &Notification, kind: &str) -> Vec<Value> {
    let who = notification.app.as_persona("responsible-person");
    let history = who.get(&notification.path_of("history")).await.is(200).at("/items");
    history.as_array().unwrap().iter().filter(|it| it["type"] == kind).cloned().collect()
}

pub(super) async fn submitted(notification: &Notification) -> Response {
    notification.attach_proof().await.is(201);
    received(notification, "responsible-person", "submission", json!({})).await
}

on_both! {
    async fn a_notification_is_signed_with_trusted_profiles_from_submission_to_consent(app: TestApp) {
        let notification = Notification::drafted(&app).await;
        let issued = submitted(&notification).await;
        assert_eq!((issued.text_at("/state").as_str(), issued.at("/revision")), ("DRAFT", json!(2)));
        assert_eq!(app.validate_pending("one").await, 1);
        assert_eq!(app.validate_pending("one").await, 0, "nothing waits any more");
        let seen = notification.seen().await;
        assert_eq!((&seen["state"], &seen["pendingStep"]), (&json!("AWAITING_REPRESENTATIVE"), &Value::Null));
        let issue = &seen["examination"]["submission"];
        assert_eq!((&issue["kind"], &issue["level"]), (&json!("TRUSTED"), &json!("VALIDATED")));
        assert_eq!(issue["receivedAt"], issued.at("/pendingStep/receivedAt"), "as of its receipt");
        received(&notification, "wholesaler-director", "representative-approval", json!({})).await;
        assert_eq!(app.validate_pending("one").await, 1);
        assert_eq!(notification.state().await, "WITH_MINISTER");
        notification.command("preparer", "assignment", &json!({})).await.is(200);
        notification.prepare(&testkit::consent(&app, "10")).await.is(200);
        let seen = json!({ "draftSha256": notification.draft_sha256().await });
        received(&notification, "decider", "resolution", seen).await;
        assert_eq!(notification.seen().await["pendingStep"], Value::Null, "that is the ministry's affair as yet");
        assert_eq!(app.validate_pending("one").await, 1);
        assert_eq!(notification.state().await, "CONSENTED");
        assert_eq!(told(&notification, "SignatureReceived").await.len(), 2);
        let kept = "SELECT count(*) AS number FROM signatures WHERE kind = 'TRUSTED' AND level = 'VALIDATED'";
        assert_eq!(app.count(kept).await, 3);
        assert_eq!(app.count("SELECT count(*) AS number FROM pending_steps").await, 0);
        let versions = app.as_persona("responsible-person").get(&notification.path_of("versions")).await.is(200);
        assert_eq!(versions.at("/items/0/content"), notification.seen().await["content"]);
        app.settle().await;
        let taken = "SELECT count(*) AS number FROM audit WHERE action = 'complete_step' AND refusal IS NULL";
        assert_eq!(app.count(taken).await, 3);
    }

    async fn while_a_signature_waits_only_a_withdrawal_is_left(app: TestApp) {
        let notification = Notification::drafted(&app).await;
        submitted(&notification).await;
        let content = json!({ "content": Notification::content(&app) });
        let edit = app.as_persona("responsible-person").put(&notification.path(), &content);
        let refused = edit.if_match(notification.revision()).send().await.refused(409, PENDING);
        assert_eq!(refused.at("/allowedActions"), json!(["withdrawal"]));
        let path = notification.path_of("submission/document");
        app.as_persona("responsible-person").look(&path, &json!({})).await.refused(409, PENDING);
        let actions = app.as_persona("responsible-person").get(&notification.path_of("actions")).await.is(200);
        let items = actions.at("/items");
        for line in items.as_array().unwrap() {
            let is_left = line["action"] == "withdrawal";
            assert_eq!(line["allowed"], is_left, "{line}");
        }
        // A child moves nothing and so need not wait.
        notification.upload("responsible-person", "MINISTRY", PROOF).send().await.is(201);
        let reason = json!({ "reason": "Zagrożenie ustało." });
        let withdrawn = notification.command("responsible-person", "withdrawal", &reason).await.is(200);
        assert_eq!((withdrawn.text_at("/state").as_str(), withdrawn.at("/pendingStep")), ("WITHDRAWN", Value::Null));
        assert_eq!(app.count("SELECT count(*) AS number FROM pending_steps").await, 0);
        assert_eq!(app.validate_pending("one").await, 0);
        assert_eq!(notification.state().await, "WITHDRAWN");
    }

    async fn a_signature_that_is_not_confirmed_was_none(app: TestApp) {
        let notification = Notification::drafted(&app).await;
        submitted(&notification).await;
        app.validation().set_mood(Mood::Says("TOTAL_FAILED", "SIG_CRYPTO_FAILURE"));
        assert_eq!(app.validate_pending("one").await, 1);
        let refused = told(&notification, "SignatureRefused").await;
        assert_eq!(refused[0]["data"], json!({ "action": "submission", "code": "signature.validation_failed" }));
        assert_eq!(notification.state().await, "DRAFT");
        app.settle().await;
        assert_eq!(app.count("SELECT count(*) AS number FROM audit WHERE action = 'refuse_step'").await, 1);
        app.validation().set_mood(Mood::Judges);
        notification.submit().await.is(200);
    }

    async fn a_service_that_is_away_is_asked_again(app: TestApp) {
        let notification = Notification::drafted(&app).await;
        submitted(&notification).await;
        app.validation().set_mood(Mood::IsDown);
        assert_eq!(app.validate_pending("one").await, 1);
        assert_eq!(notification.seen().await["pendingStep"]["action"], "submission");
        app.validation().set_mood(Mood::Judges);
        assert_eq!(app.another_node().await.validate_pending("two").await.unwrap(), 0, "not before its next turn");
        app.execute("UPDATE pending_steps SET next_try_at = received_at");
        assert_eq!(app.validate_pending("two").await, 1);
        assert_eq!(notification.state().await, "AWAITING_REPRESENTATIVE");
    }

    async fn a_signature_on_which_the_service_keeps_failing_is_refused_in_the_end(app: TestApp) {
        let notification = Notification::drafted(&app).await;
        submitted(&notification).await;
        app.validation().set_mood(Mood::Fails);
        assert_eq!(app.validate_pending("one").await, 1);
        assert_eq!(notification.seen().await["pendingStep"]["action"], "submission", "there is patience yet");
        app.execute("UPDATE pending_steps SET next_try_at = received_at, failures = 30, failing_since = '2026-01-01 00:00:00'");
        assert_eq!(app.validate_pending("one").await, 1);
        let refused = told(&notification, "SignatureRefused").await;
        assert_eq!(refused[0]["data"], json!({ "action": "submission", "code": "signature.validation_impossible" }));
        assert_eq!(notification.state().await, "DRAFT");
        app.validation().set_mood(Mood::Judges);
        notification.submit().await.is(200);
    }

    async fn a_late_verdict_does_not_refuse_the_signature_that_came_after(app: TestApp) {
        let notification = Notification::drafted(&app).await;
        submitted(&notification).await;
        let other = app.another_node().await;
        app.validation().set_mood(Mood::DelaysAndSays(Duration::from_millis(900), "TOTAL_FAILED", "REVOKED"));
        let late = app.validate_pending("one");
        let second = async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            app.execute("UPDATE pending_steps SET leased_until = NULL");
            app.validation().set_mood(Mood::Says("TOTAL_FAILED", "REVOKED"));
            assert_eq!(other.validate_pending("two").await.unwrap(), 1);
            assert_eq!(told(&notification, "SignatureRefused").await.len(), 1);
            // The revision grew with the refusal.
            assert_eq!(notification.state().await, "DRAFT");
            received(&notification, "responsible-person", "submission", json!({})).await;
        };
        let (late, ()) = tokio::join!(late, second);
        assert_eq!((late, told(&notification, "SignatureRefused").await.len()), (1, 1));
        assert_eq!(notification.seen().await["pendingStep"]["action"], "submission", "nobody has judged it yet");
        app.validation().set_mood(Mood::Judges);
        app.validate_pending("one").await;
        assert_eq!(notification.state().await, "AWAITING_REPRESENTATIVE");
    }

    async fn other_rules_have_their_say_at_the_receipt(app: TestApp) {
        let notification = Notification::drafted(&app).await;
        let body = signed(&notification, "responsible-person", "submission", json!({})).await;
        let refused = notification.command("responsible-person", "submission", &body).await;
        refused.refused(422, "authorisation.attachment_not_uploaded");
        assert_eq!(notification.seen().await["pendingStep"], Value::Null);
        app.without_validation(async |app| {
            let who = app.as_persona("responsible-person");
            let refused = notification.ask(&who, "submission", &body).send().await;
            refused.refused_at(422, "signature.kind_not_admitted", "/signature/kind");
        })
        .await;
        let stranger = app.as_persona("wholesaler-director");
        notification.ask(&stranger, "submission", &body).send().await.refused(403, "auth.role");
        assert_eq!(app.validation().asked(), 0);
    }

    async fn what_has_changed_since_the_receipt_may_stand_in_the_way(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::Submitted).await;
        received(&notification, "wholesaler-director", "representative-approval", json!({})).await;
        app.execute("DELETE FROM person_roles WHERE role = 'ENTITY_REPRESENTATIVE'");
        assert_eq!(app.validate_pending("one").await, 1);
        let refused = told(&notification, "SignatureRefused").await;
        assert_eq!(refused[0]["data"]["code"], "auth.person_unknown", "{refused:?}");
        assert_eq!(notification.state().await, "AWAITING_REPRESENTATIVE");
    }

    async fn a_trusted_signature_counts_once_and_its_request_is_answered_alike(app: TestApp) {
        let notification = Notification::drafted(&app).await;
        notification.attach_proof().await.is(201);
        let body = signed(&notification, "responsible-person", "submission", json!({})).await;
        let who = app.as_persona("responsible-person");
        let send = || notification.ask(&who, "submission", &body).key("a-trusted-submission-once").send();
        let first = send().await.is(202);
        app.validate_pending("one").await;
        let again = send().await.is(202);
        assert!(again.is_replayed() && again.body == first.body);
        assert_eq!(notification.state().await, "AWAITING_REPRESENTATIVE");
        let reason = json!({ "reason": "Brakuje serii." });
        notification.command("wholesaler-director", "representative-refusal", &reason).await.is(200);
        let late = notification.command("responsible-person", "submission", &body).await;
        late.refused(422, "signature.payload_differs");
    }

    async fn an_addition_is_signed_so_too_and_takes_effect_when_confirmed(app: TestApp) {
        let base = Notification::drafted(&app).await.until(Reached::Consented).await;
        let addition = opened(&base, &new_batches(&app)).await;
        submitted(&addition).await;
        app.validate_pending("one").await;
        addition.seen().await;
        received(&addition, "wholesaler-director", "representative-approval", json!({})).await;
        app.validate_pending("one").await;
        addition.seen().await;
        addition.command("preparer", "assignment", &json!({})).await.is(200);
        addition.prepare(&added(&app)).await.is(200);
        let seen = json!({ "draftSha256": addition.draft_sha256().await });
        received(&addition, "decider", "resolution", seen).await;
        assert_eq!(base.seen().await["ruling"]["added"], json!([]), "not before the signature is confirmed");
        assert_eq!(app.validate_pending("one").await, 1);
        assert_eq!(addition.state().await, "CONSENTED");
        assert_eq!(base.seen().await["ruling"]["totalQuantity"]["amount"], "15");
    }

    async fn an_addition_comes_too_late_for_a_consent_that_ended_meanwhile(app: TestApp) {
        let base = Notification::drafted(&app).await.until(Reached::Consented).await;
        let addition = opened(&base, &new_batches(&app)).await.until(Reached::Assigned).await;
        addition.prepare(&added(&app)).await.is(200);
        let seen = json!({ "draftSha256": addition.draft_sha256().await });
        received(&addition, "decider", "resolution", seen).await;
        app.advance_days(91);
        assert_eq!(base.state().await, "LAPSED");
        assert_eq!(app.validate_pending("one").await, 1);
        assert_eq!(addition.state().await, "RESOLUTION_PREPARED");
        let history = app.as_persona("decider").get(&addition.path_of("history")).await.is(200).at("/items");
        let last = history.as_array().unwrap().last().unwrap();
        assert_eq!((&last["type"], &last["data"]["code"]), (&json!("SignatureRefused"), &json!("authorisation.consent_ended")));
    }
}
