//! `POST /signatures/diagnoses`: why, check by check.

use serde_json::{Value, json};
use testkit::{Case, Kind, TestApp, on_both};

on_both! {
    async fn a_good_signature_passes_every_check_and_a_bad_one_names_where_it_fails(app: TestApp) {
        let case = Case::outside(&app).await;
        let fields = app.consultant("consultant-nephrology");
        let document = case.document("clinic-physician", "submission", &fields).await;
        let answer = app.as_persona("clinic-physician").look(&case.path_of("submission/document"), &fields).await;
        let expected = answer.text_at("/payload");
        let diagnose = |signature: Value, expected: Option<String>| {
            let mut body = signature;
            body["expectedPayload"] = json!(expected);
            let who = app.as_persona("clinic-physician");
            async move { who.look("/api/v1/signatures/diagnoses", &body).await.is(200) }
        };
        let good = app.sign("clinic-physician", Kind::Qualified, &document);
        let passed = diagnose(good.clone(), Some(expected.clone())).await;
        assert_eq!(passed.at("/verified"), true, "{}", passed.text());
        let foreign = app.sign("hospital-physician", Kind::Qualified, &document);
        let failed = diagnose(foreign, Some(expected)).await;
        assert_eq!(failed.at("/verified"), false);
        let checks = failed.at("/checks").as_array().unwrap().clone();
        let fault = checks.iter().find(|check| check["outcome"] == "FAILED").unwrap();
        assert_eq!(fault["code"], "signature.wrong_signer", "{}", failed.text());
        assert_eq!(app.count("SELECT count(*) AS number FROM signatures").await, 0);
        assert_eq!(case.state().await, "DRAFT");
    }
}
