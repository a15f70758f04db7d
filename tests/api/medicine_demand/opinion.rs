//! `POST …/opinion`: what the consultant may answer.

use crate::support::is_out_of_place;
use serde_json::json;
use testkit::{Case, Stage, TestApp, on_both};

on_both! {
    async fn each_unsigned_verdict_returns_the_demand(app: TestApp) {
        for verdict in ["NOT_MY_FIELD", "CONFLICT_OF_INTEREST"] {
            let case = Case::outside(&app).await.until(Stage::Submitted).await;
            let answer = case.command("consultant-nephrology", "opinion", &json!({ "verdict": verdict })).await;
            assert_eq!(answer.is(200).text_at("/state"), "RETURNED");
            assert_eq!(case.seen().await["examination"]["returned"]["reason"], verdict);
        }
    }

    async fn an_unsigned_verdict_takes_no_signature(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        let body = case.signed("consultant-nephrology", "opinion", json!({ "verdict": "NOT_MY_FIELD" })).await;
        let refused = case.command("consultant-nephrology", "opinion", &body).await;
        refused.refused(422, "demand.signature_superfluous");
    }

    async fn a_refusal_is_signed_and_says_why(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        let bare = case.signed("consultant-nephrology", "opinion", json!({ "verdict": "REFUSED" })).await;
        let refused = case.command("consultant-nephrology", "opinion", &bare).await;
        refused.refused_at(422, "demand.opinion_needs_justification", "/justification");
        let fields = json!({ "verdict": "REFUSED", "justification": "Są leki dostępne w kraju." });
        let body = case.signed("consultant-nephrology", "opinion", fields).await;
        let answer = case.command("consultant-nephrology", "opinion", &body).await.is(200);
        assert_eq!(answer.text_at("/state"), "RETURNED");
        let seen = case.seen().await;
        assert_eq!(seen["examination"]["returned"]["reason"], "CONSULTANT_REFUSED");
        assert_eq!(seen["examination"]["returned"]["text"], "Są leki dostępne w kraju.");
    }

    async fn a_bad_signature_hides_no_missing_justification(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        let body = json!({ "verdict": "REFUSED", "signature": { "kind": "QUALIFIED", "value": "e30.e30.AA" } });
        let refused = case.command("consultant-nephrology", "opinion", &body).await;
        let refused = refused.refused_at(422, "demand.opinion_needs_justification", "/justification");
        assert!(refused.faults().iter().any(|(_, pointer)| pointer == "/signature/value"), "{}", refused.text());
    }

    async fn a_confirmation_is_signed(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        let refused = case.command("consultant-nephrology", "opinion", &json!({ "verdict": "CONFIRMED" })).await;
        refused.refused(422, "demand.signature_required");
    }

    async fn only_the_chosen_consultant_knows_of_the_demand(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        app.as_persona("consultant-nephrology").find(&case.id).await.is(200);
        let other = app.as_persona("consultant-paediatrics");
        other.find(&case.id).await.refused(404, "request.not_found");
        let body = json!({ "verdict": "NOT_MY_FIELD" });
        case.ask(&other, "opinion", &body).send().await.refused(404, "request.not_found");
    }

    async fn a_consultant_who_has_answered_sees_the_demand_no_more(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::WithMinister).await;
        app.as_persona("consultant-nephrology").find(&case.id).await.refused(404, "request.not_found");
    }

    async fn a_draft_is_not_submitted_twice_at_the_ministry(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::WithMinister).await;
        is_out_of_place(&case, case.physician(), "submission", &app.consultant("consultant-nephrology")).await;
    }
}
