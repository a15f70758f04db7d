//! `PUT /medicine-demands/{id}`: drafts and returned demands are replaced as a whole.

use serde_json::json;
use testkit::{Case, Stage, TestApp, on_both, outside_facility, with};

on_both! {
    async fn a_draft_is_replaced_and_moves_on_by_one_revision(app: TestApp) {
        let case = Case::outside(&app).await;
        let body = json!({ "content": with(outside_facility(&app), "/treatmentDays", json!(30)) });
        let edited = case.as_physician().put(&case.path(), &body).if_match(1).send().await.is(200);
        assert_eq!(edited.at("/content/treatmentDays"), 30);
        assert_eq!(edited.at("/revision"), 2);
        assert_eq!(edited.etag(), "\"2\"");
    }

    async fn an_edit_needs_the_revision_that_was_seen(app: TestApp) {
        let case = Case::outside(&app).await;
        let body = json!({ "content": outside_facility(&app) });
        let put = || case.as_physician().put(&case.path(), &body);
        put().send().await.refused(428, "request.if_match_missing");
        put().if_match(9).send().await.refused(412, "request.stale");
        put().header("If-Match", "W/\"1\"").send().await.refused(400, "request.if_match");
    }

    async fn an_edit_needs_no_key_and_is_repeated_under_one(app: TestApp) {
        let case = Case::outside(&app).await;
        let body = json!({ "content": outside_facility(&app) });
        let put = || case.as_physician().put(&case.path(), &body);
        put().without_key().if_match(1).send().await.is(200);
        let first = put().key("edit-under-one-key-1").if_match(2).send().await.is(200);
        let again = put().key("edit-under-one-key-1").if_match(2).send().await.is(200);
        assert!(again.is_replayed() && again.body == first.body);
        let other = json!({ "content": with(outside_facility(&app), "/treatmentDays", json!(31)) });
        let other = case.as_physician().put(&case.path(), &other).key("edit-under-one-key-1").if_match(2);
        other.send().await.refused(422, "request.idempotency_key_reused");
    }

    async fn a_submitted_demand_cannot_be_edited(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        let body = json!({ "content": outside_facility(&app) });
        let refused = case.as_physician().put(&case.path(), &body).if_match(case.revision()).send().await;
        let refused = refused.refused(409, "demand.wrong_state");
        assert_eq!(refused.text_at("/currentState"), "AWAITING_CONSULTANT");
    }

    async fn an_edit_without_a_key_can_be_traced(app: TestApp) {
        let case = Case::outside(&app).await;
        let body = json!({ "content": outside_facility(&app) });
        let put = || case.as_physician().put(&case.path(), &body).without_key();
        put().if_match(1).send().await.is(200);
        put().if_match(1).send().await.is(412);
        let traced = "SELECT count(*) AS number FROM audit WHERE action = 'edit_demand' AND trace_id IS NOT NULL";
        assert_eq!(app.count(traced).await, 2);
    }
}
