//! What the ministry may put into a resolution, and who signs it.

use chrono::TimeDelta;
use serde_json::{Value, json};
use testkit::{Notification, Reached, TestApp, consent, on_both, refusal, with, without};

fn codes(refused: &testkit::Response) -> Vec<String> {
    let errors = refused.at("/errors");
    errors.as_array().unwrap().iter().map(|it| it["code"].as_str().unwrap().to_owned()).collect()
}

on_both! {
    async fn every_rule_of_the_draft_is_kept(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::WithMinister).await;
        let draft = consent(&app, "10");
        notification.prepare(&draft).await.refused(409, "demand.not_assigned");
        notification.command("preparer", "assignment", &json!({})).await.is(200);
        let tried: [(Value, &[&str]); 9] = [
            (without(draft.clone(), "/approvedQuantity"), &["demand.approved_quantity_required"]),
            (with(draft.clone(), "/approvedQuantity/unit", json!("VIAL")), &["authorisation.quantity_unit"]),
            (with(draft.clone(), "/approvedQuantity/amount", json!("11")), &["authorisation.quantity_beyond"]),
            (with(draft.clone(), "/approvedQuantity/amount", json!("9")), &["authorisation.grounds_required"]),
            (without(without(draft.clone(), "/validFrom"), "/validUntil"), &["authorisation.period_required"]),
            (without(draft.clone(), "/validUntil"), &["authorisation.period_required"]),
            (
                with(draft.clone(), "/validUntil", json!(app.today() - TimeDelta::days(1))),
                &["authorisation.period_order"],
            ),
            (with(refusal(), "/conditions", json!("Brak.")), &["authorisation.conditions_superfluous"]),
            (
                with(draft.clone(), "/outcome", json!("REFUSED")),
                &[
                    "demand.approved_quantity_superfluous",
                    "authorisation.period_superfluous",
                    "authorisation.grounds_required",
                ],
            ),
        ];
        for (body, expected) in tried {
            let refused = notification.prepare(&body).await.is(422);
            assert_eq!(codes(&refused), expected, "{body}");
        }
        notification.prepare(&draft).await.is(200);
    }

    async fn a_case_of_another_is_taken_over_with_a_reason(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::Assigned).await;
        let who = app.as_persona("preparer-second");
        let seen = who.get(&notification.path()).await.is(200);
        assert_eq!(seen.at("/content/justification"), Value::Null, "enough to take the case, no more");
        notification.command("preparer-second", "assignment", &json!({})).await.refused(409, "demand.assigned_to_another");
        let reason = json!({ "reason": "Urlop." });
        let taken = notification.command("preparer-second", "assignment", &reason).await.is(200);
        assert_eq!(taken.text_at("/ministryFile/takenOver/reason"), "Urlop.");
    }

    async fn nobody_signs_what_they_prepared_or_did_not_see(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::Prepared).await;
        let stale = json!({ "draftSha256": notification.draft_sha256().await });
        let body = notification.signed("decider", "resolution", stale.clone()).await;
        notification.prepare(&with(consent(&app, "10"), "/conditions", json!("Tylko szpitale."))).await.is(200);
        notification.draft_sha256().await;
        let document = notification.path_of("resolution/document");
        app.as_persona("decider").look(&document, &stale).await.refused(409, "demand.draft_changed");
        let refused = notification.command("decider", "resolution", &body).await;
        assert!(codes(&refused.is(409)).contains(&"demand.draft_changed".to_owned()));
        app.grant("preparer", app::caller::Role::MinistryDecider).await;
        let token = app.token("preparer").with(
            "person",
            json!({ "idSystem": "STAFF", "id": app.persona("preparer").spec.staff, "role": "MINISTRY_DECIDER" }),
        );
        let seen = json!({ "draftSha256": notification.draft_sha256().await });
        let own = app.with_token(token);
        let document = own.look(&document, &seen).await.is(200);
        let payload = {
            use base64::Engine;
            base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(document.text_at("/payload")).unwrap()
        };
        let body = with(seen, "/signature", app.sign("preparer", testkit::Kind::Qualified, &payload));
        notification.ask(&own, "resolution", &body).send().await.refused(403, "demand.same_officer");
        notification.resolve().await.is(200);
    }

    async fn a_consent_whose_period_is_over_is_not_signed(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::Assigned).await;
        let short = with(consent(&app, "10"), "/validUntil", json!(app.today()));
        notification.prepare(&short).await.is(200);
        app.advance_days(1);
        notification.resolve().await.refused(409, "authorisation.period_over");
    }
}
