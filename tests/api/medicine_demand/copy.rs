//! `POST …/copies`: a new draft from an earlier demand.

use serde_json::json;
use testkit::{Case, Stage, TestApp, on_both};

on_both! {
    async fn a_copy_is_a_new_draft_that_names_its_original(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        let body = json!({ "clientReference": "HIS-COPY" });
        let copy = || case.as_physician().post(&case.path_of("copies"), &body).key("copy-under-one-key-1").send();
        let first = copy().await.is(201);
        assert_eq!(first.text_at("/state"), "DRAFT");
        assert_eq!(first.at("/basedOn"), json!(case.id));
        assert_ne!(first.text_at("/number"), case.number);
        assert_eq!(first.at("/content/product"), case.seen().await["content"]["product"]);
        let again = copy().await.is(201);
        assert!(again.is_replayed() && again.body == first.body);
        let other = case.as_physician().post(&case.path_of("copies"), &json!({})).key("copy-under-one-key-1");
        other.send().await.refused(422, "request.idempotency_key_reused");
    }

    async fn only_the_physician_copies(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Submitted).await;
        let copy = |who| app.as_persona(who).post(&case.path_of("copies"), &json!({})).send();
        copy("director").await.refused(403, "auth.role");
        copy("hospital-physician-second").await.refused(404, "request.not_found");
    }

    async fn a_copy_applies_what_ran_out_and_a_refused_one_is_on_record(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Submitted).await;
        app.advance_days(4);
        case.as_physician().post(&case.path_of("copies"), &json!({})).send().await.is(201);
        let returned = format!(
            "SELECT count(*) AS number FROM events WHERE document_id = '{}' AND type = 'DemandReturned'", case.id,
        );
        assert_eq!(app.count_of(returned).await, 1);
        let other = app.as_persona("hospital-physician-second");
        other.post(&case.path_of("copies"), &json!({})).send().await.refused(404, "request.not_found");
        let refused = "SELECT count(*) AS number FROM audit WHERE action = 'copy_demand' AND refusal = 'request.not_found'";
        assert_eq!(app.count(refused).await, 1);
    }
}
