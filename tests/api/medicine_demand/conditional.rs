//! Copies, dry runs and documents: what is asked without changing the demand.

use serde_json::json;
use testkit::{Case, Stage, TestApp, on_both, outside_facility, with, without};

const VALIDATIONS: &str = "/api/v1/medicine-demands/validations";

on_both! {
    async fn a_dry_run_finds_what_a_submission_would_and_writes_nothing(app: TestApp) {
        let who = app.as_persona("clinic-physician");
        let good = who.look(VALIDATIONS, &json!({ "content": outside_facility(&app) })).await.is(200);
        assert_eq!(good.at("/valid"), true, "{}", good.text());
        assert_eq!(good.at("/clocks/0/kind"), "OPINION", "{}", good.text());
        let bad = without(outside_facility(&app), "/product/tradeName");
        let bad = with(bad, "/outcomeEmail/belongsTo", json!("ENTITY"));
        let found = who.look(VALIDATIONS, &json!({ "content": bad })).await.is(200);
        assert_eq!(found.at("/valid"), false);
        let places: Vec<String> = found
            .at("/problems")
            .as_array()
            .unwrap()
            .iter()
            .map(|problem| problem["pointer"].as_str().unwrap().to_owned())
            .collect();
        assert!(places.contains(&"/content/product/tradeName".to_owned()), "{places:?}");
        assert_eq!(places.len(), 2, "{places:?}");
        assert_eq!(app.count("SELECT count(*) AS number FROM demands").await, 0);
    }

    async fn the_document_to_sign_is_the_same_however_often_it_is_asked(app: TestApp) {
        let case = Case::outside(&app).await;
        let fields = app.consultant("consultant-nephrology");
        let first = case.document(case.physician(), "submission", &fields).await;
        let other = app.consultant("consultant-paediatrics");
        assert_eq!(case.document(case.physician(), "submission", &other).await, first, "not of the consultant");
        assert_eq!(case.state().await, "DRAFT");
        let payload: serde_json::Value = serde_json::from_slice(&first).unwrap();
        assert_eq!(payload["id"], json!(case.id));
        assert_eq!(payload["number"], json!(case.number));
    }

    async fn a_document_is_given_to_its_signer_only(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Submitted).await;
        let path = case.path_of("representative-approval/document");
        app.as_persona("director").look(&path, &json!({})).await.is(200);
        app.as_persona("hospital-physician").look(&path, &json!({})).await.refused(403, "auth.role");
        let early = case.path_of("opinion/document");
        let fields = json!({ "verdict": "CONFIRMED" });
        app.as_persona("consultant-nephrology").look(&early, &fields).await.refused(404, "request.not_found");
    }
}
