//! An officer ends the wait for a validation of a signature on a notification.

use super::trusted::{received, submitted, told};
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{Mood, Notification, Reached, Response, TestApp, on_both};

const ACTION: &str = "pending-step/refusal";

fn reason() -> Value {
    json!({ "reason": "Usługa sprawdzania nie działa; proszę podpisać inaczej." })
}

async fn end(notification: &Notification, officer: &'static str) -> Response {
    notification.ask(&notification.app.as_persona(officer), ACTION, &reason()).send().await
}

async fn line_of(notification: &Notification, persona: &'static str) -> Option<Value> {
    let asked = notification.app.as_persona(persona).get(&notification.path_of("actions")).await;
    let lines = asked.is(200).at("/items");
    lines.as_array().unwrap().iter().find(|it| it["action"] == ACTION).cloned()
}

on_both! {
    async fn an_officer_ends_a_wait_and_the_signer_reads_why_and_signs_again(app: TestApp) {
        let notification = Notification::drafted(&app).await;
        app.as_persona("preparer").get(&notification.path()).await.refused(404, "request.not_found");
        submitted(&notification).await;
        app.as_persona("preparer").get(&notification.path()).await.refused(404, "request.not_found");
        end(&notification, "preparer").await.refused(404, "request.not_found");
        app.advance_days(1);
        assert_eq!(line_of(&notification, "decider").await.unwrap()["allowed"], true);
        assert_eq!(line_of(&notification, "responsible-person").await, None);
        let shown = app.as_persona("preparer").get(&notification.path()).await.is(200);
        assert_eq!(shown.at("/pendingStep/action"), "submission");
        assert_eq!(shown.at("/content/justification"), Value::Null);
        let ended = end(&notification, "preparer").await.is(200);
        notification.follow(&ended);
        let refused = told(&notification, "SignatureRefused").await;
        let data = json!({ "action": "submission", "code": "signature.validation_ended" });
        assert_eq!((&refused[0]["data"], &refused[0]["by"]["role"]), (&data, &json!("MINISTRY_PREPARER")));
        let seen = notification.seen().await;
        assert_eq!(seen["refusedSteps"][0]["reason"], reason()["reason"]);
        assert_eq!(app.count("SELECT count(*) AS number FROM pending_steps").await, 0);
        app.as_persona("preparer").get(&notification.path()).await.refused(404, "request.not_found");
        notification.submit().await.is(200);
    }

    async fn a_list_shows_what_waits_as_the_notification_does(app: TestApp) {
        let notification = Notification::drafted(&app).await;
        submitted(&notification).await;
        let list = async |persona: &'static str| {
            app.as_persona(persona).get("/api/v1/temporary-authorisations").await.is(200).at("/items/0")
        };
        assert_eq!(list("decider").await, Value::Null, "a wait that goes on as it should concerns nobody there");
        app.advance_days(1);
        for persona in ["responsible-person", "decider", "preparer"] {
            let seen = app.as_persona(persona).get(&notification.path()).await.is(200);
            assert_eq!(list(persona).await["pendingStep"], seen.at("/pendingStep"), "{persona}");
            assert_eq!(list(persona).await["pendingStep"]["action"], "submission", "{persona}");
        }
        app.validate_pending("one").await;
        assert_eq!(list("responsible-person").await["pendingStep"], Value::Null);
        assert_eq!(list("decider").await, Value::Null);
    }

    async fn a_decision_that_waits_is_ended_and_where_nothing_waits_nothing_is(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::Prepared).await;
        let nothing = end(&notification, "decider").await.refused(409, "pending_step.none");
        assert_eq!(nothing.at("/allowedActions"), json!(["resolution-draft/return", "resolution"]));
        assert_eq!(line_of(&notification, "decider").await, None);
        let seen = json!({ "draftSha256": notification.draft_sha256().await });
        received(&notification, "decider", "resolution", seen).await;
        let early = end(&notification, "preparer").await.refused(409, "pending_step.too_early");
        assert!(early.text_at("/notBefore").ends_with('Z'), "{}", early.text());
        assert_eq!(early.at("/allowedActions"), json!([]), "nothing but to wait");
        assert_eq!(line_of(&notification, "decider").await.unwrap()["blockedBy"]["code"], "pending_step.too_early");
        app.advance_days(1);
        let ended = end(&notification, "preparer-second").await.is(200);
        notification.follow(&ended);
        let seen = app.as_persona("decider").get(&notification.path()).await.is(200);
        assert_eq!(seen.at("/refusedSteps/0/action"), "resolution");
        assert_eq!(notification.seen().await["refusedSteps"], Value::Null, "an inner step of the ministry");
        notification.resolve().await.is(200);
        end(&notification, "preparer").await.refused(409, "authorisation.wrong_state");
    }

    async fn a_verdict_that_comes_after_the_end_changes_nothing(app: TestApp) {
        let notification = Notification::drafted(&app).await;
        submitted(&notification).await;
        app.advance_days(1);
        app.validation().set_mood(Mood::Delays(Duration::from_millis(700)));
        let asked = app.validate_pending("one");
        let ended = async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            end(&notification, "preparer").await.is(200)
        };
        let (asked, ended) = tokio::join!(asked, ended);
        assert_eq!(asked, 1);
        notification.follow(&ended);
        assert_eq!(notification.state().await, "DRAFT");
        assert_eq!(told(&notification, "AuthorisationSubmitted").await.len(), 0);
        assert_eq!(told(&notification, "SignatureRefused").await.len(), 1);
    }

    async fn of_a_verdict_and_an_end_at_once_one_counts(app: TestApp) {
        for _ in 0..3 {
            let notification = Notification::drafted(&app).await;
            submitted(&notification).await;
            app.advance_days(1);
            let (asked, ended) = tokio::join!(app.validate_pending("one"), end(&notification, "preparer"));
            assert!(asked <= 1);
            let taken = told(&notification, "AuthorisationSubmitted").await.len();
            let refused = told(&notification, "SignatureRefused").await.len();
            match ended.status {
                200 => assert_eq!((taken, refused), (0, 1)),
                412 => assert_eq!((taken, refused), (1, 0)),
                _ => {
                    ended.refused(404, "request.not_found");
                    assert_eq!((taken, refused), (1, 0), "it waits for the representative by then");
                }
            }
            assert_eq!(app.count("SELECT count(*) AS number FROM pending_steps").await, 0);
        }
    }
}
