//! A signature that was received on the last day keeps each term that it stops from running out while it waits.

use super::trusted::{CONSULTANT, opinion, received, told};
use serde_json::{Value, json};
use testkit::{Case, Mood, Stage, TestApp, on_both, with};

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

/// On the last of the sixty days the physician changes the content and signs it anew; as of when that was received.
async fn signed_anew_on_the_last_day(app: &TestApp) -> (Case, Value) {
    let case = returned_at_once(app).await;
    app.advance_days(60);
    let content = with(case.seen().await["content"].clone(), "/treatmentDays", json!(45));
    let put = case.as_physician().put(&case.path(), &json!({ "content": content })).if_match(case.revision());
    case.follow(&put.send().await.is(200));
    let answer =
        received(&case, case.physician(), "submission", app.consultant("consultant-paediatrics")).await;
    (case, answer.at("/pendingStep/receivedAt"))
}

/// The validation service does not confirm the signature that waits.
async fn is_not_confirmed(case: &Case) {
    case.app.validation().set_mood(Mood::Says("TOTAL_FAILED", "REVOKED"));
    assert_eq!(case.app.validate_pending("one").await, 1);
    case.app.validation().set_mood(Mood::Judges);
    case.app.fire_due("one").await;
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

    async fn the_sixty_days_wait_for_a_demand_that_is_signed_anew_and_begin_with_it(app: TestApp) {
        let (case, received_at) = signed_anew_on_the_last_day(&app).await;
        is_taken(&case, "RETURNED", "AWAITING_CONSULTANT").await;
        assert_eq!(told(&case, "DemandExpired").await, Vec::<Value>::new());
        let clocks = case.seen().await["clocks"].clone();
        let sixty = clocks.as_array().unwrap().iter().find(|it| it["kind"] == "SUBMISSION_TO_MINISTER").unwrap();
        assert_eq!(sixty["startedAt"], received_at, "{clocks}");
    }

    async fn the_sixty_days_have_ended_where_the_new_signature_is_not_confirmed(app: TestApp) {
        let (case, _) = signed_anew_on_the_last_day(&app).await;
        app.advance_days(5);
        app.fire_due("one").await;
        assert_eq!(case.state().await, "RETURNED", "it waits");
        is_not_confirmed(&case).await;
        let seen = case.seen().await;
        assert_eq!((&seen["state"], &seen["expiry"]), (&json!("EXPIRED"), &json!("NOT_SUBMITTED")), "{seen}");
        assert_eq!(told(&case, "DemandExpired").await.len(), 1);
    }

    async fn a_signature_that_is_refused_before_the_midnight_of_the_sixty_days_leaves_the_rest_of_them(app: TestApp) {
        let (case, _) = signed_anew_on_the_last_day(&app).await;
        is_not_confirmed(&case).await;
        let seen = case.seen().await;
        assert_eq!((&seen["state"], &seen["clocks"][0]["pausedSince"]), (&json!("RETURNED"), &Value::Null), "{seen}");
        app.advance_days(1);
        app.fire_due("one").await;
        assert_eq!((case.state().await.as_str(), told(&case, "DemandExpired").await.len()), ("EXPIRED", 1));
    }
}
