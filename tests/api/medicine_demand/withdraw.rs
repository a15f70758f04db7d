//! `POST …/withdrawal`: possible until something is drawn.

use crate::support::{is_out_of_place, needs_the_present_revision, once_per_key};
use serde_json::json;
use testkit::{Case, Stage, TestApp, on_both};

const STAGES: [Stage; 8] = [
    Stage::Drafted,
    Stage::Submitted,
    Stage::WithConsultant,
    Stage::WithMinister,
    Stage::Assigned,
    Stage::Prepared,
    Stage::Approved,
    Stage::HandedOver,
];

on_both! {
    async fn a_demand_is_withdrawn_at_every_stage(app: TestApp) {
        for stage in STAGES {
            let case = Case::in_facility(&app).await.until(stage).await;
            let withdrawn = case.withdraw().await;
            assert_eq!(withdrawn.is(200).text_at("/state"), "WITHDRAWN", "{stage:?}");
            assert_eq!(case.seen().await["withdrawal"]["reason"], "Zmiana leczenia.");
        }
    }

    async fn a_withdrawal_is_one_change_however_often_it_is_sent(app: TestApp) {
        let case = Case::outside(&app).await;
        let (body, other) = (json!({ "reason": "Pomyłka." }), json!({ "reason": "Inna." }));
        needs_the_present_revision(&case, case.physician(), "withdrawal", &body).await;
        once_per_key(&case, case.physician(), "withdrawal", &body, &other).await.is(200);
        is_out_of_place(&case, case.physician(), "withdrawal", &body).await;
    }

    async fn what_is_drawn_cannot_be_withdrawn(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        case.import(2).await.is(201);
        let refused = case.withdraw().await.refused(409, "demand.already_drawn");
        assert_eq!(refused.text_at("/currentState"), "WITH_WHOLESALER");
    }

    async fn a_withdrawal_needs_a_reason(app: TestApp) {
        let case = Case::outside(&app).await;
        case.command(case.physician(), "withdrawal", &json!({})).await.refused(400, "request.missing_member");
        let long = json!({ "reason": "x".repeat(2001) });
        case.command(case.physician(), "withdrawal", &long).await.refused_at(422, "value.text_too_long", "/reason");
    }
}
