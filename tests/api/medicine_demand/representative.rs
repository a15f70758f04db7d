//! `POST …/representative-approval` and `…/representative-refusal`.

use crate::support::{is_out_of_place, needs_the_present_revision, once_per_key};
use serde_json::json;
use testkit::{Case, Stage, TestApp, on_both};

on_both! {
    async fn a_refusal_returns_the_demand_with_its_reason(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Submitted).await;
        let (body, other) = (json!({ "reason": "Brak środków." }), json!({ "reason": "Inny powód." }));
        needs_the_present_revision(&case, "director", "representative-refusal", &body).await;
        let refused = once_per_key(&case, "director", "representative-refusal", &body, &other).await.is(200);
        assert_eq!(refused.text_at("/state"), "RETURNED");
        let seen = case.seen().await;
        assert_eq!(seen["examination"]["returned"]["reason"], "REPRESENTATIVE_REFUSED");
        assert_eq!(seen["examination"]["returned"]["text"], "Brak środków.");
    }

    async fn a_refusal_needs_a_reason(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Submitted).await;
        let none = case.command("director", "representative-refusal", &json!({})).await;
        none.refused(400, "request.missing_member");
        let blank = case.command("director", "representative-refusal", &json!({ "reason": " " })).await;
        blank.refused_at(422, "value.text_empty", "/reason");
    }

    async fn a_returned_demand_can_be_signed_again(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Submitted).await;
        case.command("director", "representative-refusal", &json!({ "reason": "Brak." })).await.is(200);
        let again = case.command(case.physician(), "submission", &app.consultant("consultant-nephrology")).await;
        assert_eq!(again.is(200).text_at("/state"), "AWAITING_REPRESENTATIVE");
        case.approve().await.is(200);
    }

    async fn a_representative_decides_once(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::WithConsultant).await;
        is_out_of_place(&case, "director", "representative-refusal", &json!({ "reason": "Za późno." })).await;
        let forged = json!({ "signature": { "kind": "QUALIFIED", "value": "e30.e30.AA" } });
        is_out_of_place(&case, "director", "representative-approval", &forged).await;
    }

    async fn a_demand_outside_a_facility_has_no_representative(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        app.as_persona("director").find(&case.id).await.refused(404, "request.not_found");
    }

    async fn the_named_representative_signs_and_nobody_else(app: TestApp) {
        let content = testkit::with(testkit::in_facility(&app), "/representative/familyName", json!("Testowa"));
        let case = Case::of(&app, &content).await.until(Stage::Submitted).await;
        case.approve().await.refused(422, "demand.representative_differs");
        let reason = json!({ "reason": "Brak środków." });
        let refused = case.command("director", "representative-refusal", &reason).await;
        refused.refused(422, "demand.representative_differs");
    }
}
