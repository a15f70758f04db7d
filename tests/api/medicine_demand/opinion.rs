//! `POST …/opinion`: what the consultant may answer.

use crate::support::is_out_of_place;
use serde_json::json;
use testkit::{Case, Stage, TestApp, in_facility, on_both, outside_facility, with};

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

    async fn a_voivodeship_consultant_answers_for_entities_of_any_voivodeship(app: TestApp) {
        let consultant = app.persona("consultant-haematology").person_id.unwrap().to_string();
        let chosen = json!({ "consultantId": consultant, "field": "0752" });
        for (content, postal_code) in [(in_facility(&app), "31-999"), (outside_facility(&app), "80-999")] {
            let case = Case::of(&app, &with(content, "/entity/address/postalCode", json!(postal_code))).await;
            let body = case.signed(case.physician(), "submission", chosen.clone()).await;
            case.command(case.physician(), "submission", &body).await.is(200);
            if case.in_facility {
                case.approve().await.is(200);
            }
            let fields = json!({ "verdict": "CONFIRMED", "justification": "Zgodne z wiedzą medyczną." });
            let body = case.signed("consultant-haematology", "opinion", fields).await;
            let answer = case.command("consultant-haematology", "opinion", &body).await.is(200);
            assert_eq!(answer.text_at("/state"), "WITH_MINISTER", "{postal_code}");
            let examination = case.seen().await["examination"].clone();
            assert_eq!(examination["consultant"]["kind"], "VOIVODESHIP", "{examination}");
        }
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
