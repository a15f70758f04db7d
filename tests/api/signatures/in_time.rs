//! A signature that was received on the last day keeps each term that it stops from running out while it waits.

use super::trusted::{CONSULTANT, opinion, received, told};
use serde_json::{Value, json};
use testkit::{Case, Stage, TestApp, on_both};

/// The term ends while the signature waits; the step is taken then, as of its receipt.
async fn is_taken(case: &Case, waits_in: &str, taken: &str) {
    case.app.advance_days(5);
    case.app.fire_due("one").await;
    let seen = case.seen().await;
    assert_eq!(seen["state"], waits_in, "{seen}");
    assert!(
        seen["clocks"].as_array().unwrap().iter().all(|clock| clock["pausedSince"].is_string()),
        "{seen}"
    );
    assert_eq!(case.app.validate_pending("one").await, 1);
    case.app.fire_due("one").await;
    assert_eq!(case.state().await, taken);
}

async fn returned_at_once(app: &TestApp) -> Case {
    let case = Case::outside(app).await.until(Stage::Submitted).await;
    case.command(CONSULTANT, "opinion", &json!({ "verdict": "NOT_MY_FIELD" })).await.is(200);
    case
}

on_both! {
    async fn the_three_days_wait_for_the_director(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Submitted).await;
        app.advance_days(3);
        received(&case, "director", "representative-approval", json!({})).await;
        is_taken(&case, "AWAITING_REPRESENTATIVE", "AWAITING_CONSULTANT").await;
        assert_eq!(told(&case, "DemandReturned").await, Vec::<Value>::new());
    }

    async fn the_sixty_days_wait_for_an_opinion(app: TestApp) {
        let case = returned_at_once(&app).await;
        app.advance_days(59);
        case.seen().await;
        let again = app.consultant("consultant-paediatrics");
        case.command(case.physician(), "submission", &again).await.is(200);
        app.advance_days(1);
        received(&case, "consultant-paediatrics", "opinion", opinion()).await;
        is_taken(&case, "AWAITING_CONSULTANT", "WITH_MINISTER").await;
        assert_eq!(told(&case, "DemandExpired").await, Vec::<Value>::new());
    }
}
