//! `POST …/assignment`, `…/resolution-draft` and its return.

use crate::support::{is_out_of_place, needs_the_present_revision, once_per_key};
use serde_json::{Value, json};
use testkit::{Case, Stage, TestApp, approval, on_both, rejection, with};

fn number_of(draft: &Value) -> &str {
    draft["ministryFile"]["draft"]["resolutionNumber"].as_str().unwrap()
}

on_both! {
    async fn a_case_of_another_officer_is_taken_over_with_a_reason(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Assigned).await;
        let bare = case.command("preparer-second", "assignment", &json!({})).await;
        bare.refused(409, "demand.assigned_to_another");
        let taken = case.command("preparer-second", "assignment", &json!({ "reason": "Urlop." })).await.is(200);
        assert_eq!(taken.at("/ministryFile/takenOver/reason"), "Urlop.");
        case.prepare(&approval("10")).await.refused(409, "demand.not_assigned");
        case.command("preparer-second", "resolution-draft", &approval("10")).await.is(200);
    }

    async fn a_draft_needs_an_assigned_case(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::WithMinister).await;
        case.prepare(&approval("10")).await.refused(409, "demand.not_assigned");
    }

    async fn each_broken_rule_of_a_draft_is_named(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Assigned).await;
        for (draft, code, pointer) in [
            (json!({ "outcome": "APPROVED" }), "demand.approved_quantity_required", "/approvedQuantity"),
            (with(rejection(), "/approvedQuantity", json!({ "amount": "1", "unit": "PACK" })), "demand.approved_quantity_superfluous", "/approvedQuantity"),
            (with(approval("10"), "/approvedQuantity/unit", json!("TABLET")), "demand.approved_quantity_unit", "/approvedQuantity/unit"),
            (approval("11"), "demand.approved_quantity_beyond", "/approvedQuantity/amount"),
            (approval("9"), "demand.grounds_required", "/grounds"),
            (json!({ "outcome": "REJECTED" }), "demand.grounds_required", "/grounds"),
        ] {
            case.prepare(&draft).await.refused_at(422, code, pointer);
        }
    }

    async fn a_second_draft_replaces_the_first_and_keeps_its_number(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Prepared).await;
        let first = app.as_persona("preparer").find(&case.id).await.is(200).json();
        let second = case.prepare(&rejection()).await.is(200).json();
        assert_eq!(number_of(&first), number_of(&second));
        assert_ne!(first["ministryFile"]["draft"]["sha256"], second["ministryFile"]["draft"]["sha256"]);
        assert_eq!(second["ministryFile"]["draft"]["outcome"], "REJECTED");
    }

    async fn a_draft_that_is_taken_or_sent_back_loses_its_number(app: TestApp) {
        for officer in ["preparer", "decider"] {
            let case = Case::outside(&app).await.until(Stage::Prepared).await;
            let first = app.as_persona(officer).find(&case.id).await.is(200).json();
            let (body, other) = (json!({ "reason": "Do poprawy." }), json!({ "reason": "Inaczej." }));
            needs_the_present_revision(&case, officer, "resolution-draft/return", &body).await;
            let returned = once_per_key(&case, officer, "resolution-draft/return", &body, &other).await.is(200);
            assert_eq!(returned.text_at("/state"), "WITH_MINISTER");
            let second = case.prepare(&approval("10")).await.is(200).json();
            assert_ne!(number_of(&first), number_of(&second));
            let seen = app.as_persona("preparer").find(&case.id).await.is(200);
            assert_eq!(seen.text_at("/state"), "RESOLUTION_PREPARED");
        }
    }

    async fn a_draft_that_is_sent_back_says_why(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Prepared).await;
        case.command("decider", "resolution-draft/return", &json!({ "reason": "Za mało." })).await.is(200);
        let seen = app.as_persona("preparer").find(&case.id).await.is(200);
        assert_eq!(seen.at("/ministryFile/draftReturned/reason"), "Za mało.");
    }

    async fn a_resolved_case_takes_no_draft(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        is_out_of_place(&case, "preparer", "resolution-draft", &approval("10")).await;
        is_out_of_place(&case, "preparer", "assignment", &json!({})).await;
        is_out_of_place(&case, "decider", "resolution-draft/return", &json!({ "reason": "Za późno." })).await;
    }
}
