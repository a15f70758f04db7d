//! `POST …/resolution`: four eyes, and the very draft that was seen.

use crate::support::is_out_of_place;
use serde_json::json;
use testkit::{Case, Kind, Stage, TestApp, on_both, rejection};

on_both! {
    async fn a_rejection_is_signed_like_an_approval(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Assigned).await;
        case.prepare(&rejection()).await.is(200);
        let resolved = case.resolve().await.is(200);
        assert_eq!(resolved.text_at("/state"), "REJECTED");
        let seen = case.seen().await;
        assert_eq!(seen["ruling"]["outcome"], "REJECTED");
        assert!(seen["ruling"]["validUntil"].is_null());
        assert!(seen["ruling"]["grounds"].is_string());
    }

    async fn an_approval_carries_its_number_its_last_day_and_its_token(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        let ruling = case.seen().await["ruling"].clone();
        assert!(ruling["resolutionNumber"].as_str().unwrap().starts_with("ROZ-"));
        assert_eq!(ruling["resolvedOn"], json!(app.today()));
        assert_eq!(ruling["validUntil"], json!(app.today() + chrono::TimeDelta::days(60)));
        assert_eq!(ruling["approvedQuantity"], json!({ "amount": "10", "unit": "PACK" }));
        let token = ruling["decisionToken"].as_str().unwrap();
        assert!(token.len() <= 900 && token.split('.').count() == 3, "{token}");
    }

    async fn another_draft_than_the_one_seen_is_not_signed(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Prepared).await;
        let body = case.signed("decider", "resolution", json!({ "draftSha256": case.draft_sha256().await })).await;
        let body = testkit::with(body, "/draftSha256", json!("0".repeat(64)));
        let refused = case.command("decider", "resolution", &body).await.refused(409, "demand.draft_changed");
        assert_eq!(refused.text_at("/currentState"), "RESOLUTION_PREPARED");
    }

    async fn a_signature_over_a_draft_that_was_replaced_is_refused(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Prepared).await;
        let seen = json!({ "draftSha256": case.draft_sha256().await });
        let body = case.signed("decider", "resolution", seen).await;
        case.command("preparer", "resolution-draft", &rejection()).await.is(200);
        let refused = case.command("decider", "resolution", &body).await.refused(409, "demand.draft_changed");
        assert!(refused.faults().contains(&("signature.payload_differs".to_owned(), "/signature/value".to_owned())));
        let fresh = testkit::with(body, "/draftSha256", json!(case.draft_sha256().await));
        case.command("decider", "resolution", &fresh).await.refused(422, "signature.payload_differs");
    }

    async fn whoever_prepared_the_draft_does_not_sign_it(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Prepared).await;
        // The preparer's own number in the role of a decider: one person, two functions.
        let preparer = app.persona("preparer");
        app.grant("preparer", app::caller::Role::MinistryDecider).await;
        let token = app.token("preparer").with("person", json!({
            "idSystem": "STAFF", "id": preparer.spec.staff, "role": "MINISTRY_DECIDER",
        }));
        let who = app.with_token(token);
        let fields = json!({ "draftSha256": who.find(&case.id).await.is(200).text_at("/ministryFile/draft/sha256") });
        let document = case.document("decider", "resolution", &fields).await;
        let signature = app.sign("preparer", Kind::Qualified, &document);
        let body = testkit::with(fields, "/signature", signature);
        case.ask(&who, "resolution", &body).send().await.refused(403, "demand.same_officer");
    }

    async fn a_case_is_resolved_once(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        let body = json!({
            "draftSha256": "0".repeat(64), "signature": { "kind": "QUALIFIED", "value": "e30.e30.AA" },
        });
        is_out_of_place(&case, "decider", "resolution", &body).await;
        assert_eq!(case.state().await, "APPROVED");
    }
}
