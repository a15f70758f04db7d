//! Which tokens make somebody a caller.

use serde_json::json;
use testkit::{Case, DEMANDS, Stage, TestApp, on_both};

on_both! {
    async fn a_token_that_is_not_right_in_every_claim_is_refused(app: TestApp) {
        let token = || app.token("clinic-physician");
        let past = app.real_now().timestamp() - 3600;
        for (token, code) in [
            (token().with("iss", json!("https://elsewhere.test")), "auth.token_invalid"),
            (token().with("aud", json!("https://elsewhere.test")), "auth.token_invalid"),
            (token().with("exp", json!(past + 300)).with("iat", json!(past)), "auth.token_expired"),
            (token().with("exp", json!(past + 90_000)), "auth.token_invalid"),
            (token().without("space"), "auth.token_invalid"),
            (token().without("org"), "auth.token_claims"),
            (token().without("person"), "auth.token_claims"),
            (token().with("pesel", json!("44051401458")), "auth.token_claims"),
            (token().with("person", json!({ "idSystem": "NPWZ", "id": "2900100", "role": "KING" })), "auth.token_claims"),
            (token().with("person", json!({ "idSystem": "NPWZ", "id": "2900101", "role": "PHYSICIAN" })), "auth.token_claims"),
        ] {
            let refused = app.with_token(token).get(DEMANDS).await.refused(401, code);
            let challenge = refused.header("www-authenticate").unwrap_or_default();
            assert!(challenge.contains("error=\"invalid_token\""), "{challenge}");
        }
    }

    async fn what_is_no_token_is_refused(app: TestApp) {
        let ask = |value: &'static str| {
            app.anyone().request(reqwest::Method::GET, DEMANDS).header("Authorization", value).send()
        };
        for (value, code) in [
            ("Bearer", "auth.token_malformed"),
            ("Bearer a b", "auth.token_malformed"),
            ("Basic dXNlcjpwdw==", "auth.token_malformed"),
            ("Bearer e30.e30.AA", "auth.token_invalid"),
        ] {
            ask(value).await.refused(401, code);
        }
    }

    async fn nobody_signs_their_own_token(app: TestApp) {
        let signed = app.token("clinic-physician").signed();
        let (head, _) = signed.rsplit_once('.').unwrap();
        for forged in [format!("{head}."), format!("{head}.AAAA"), head.to_owned()] {
            let request = app.anyone().request(reqwest::Method::GET, DEMANDS);
            request.header("Authorization", &format!("Bearer {forged}")).send().await.refused(401, "auth.token_invalid");
        }
    }

    async fn a_role_counts_in_an_organisation_of_its_kind_only(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Approved).await;
        let hospital = app.token("hospital-physician").with(
            "person",
            json!({ "idSystem": "STAFF", "id": app.persona("decider").spec.staff, "role": "MINISTRY_DECIDER" }),
        );
        for path in [DEMANDS.to_owned(), case.path()] {
            let refused = app.with_token(hospital.clone()).get(&path).await;
            let refused = refused.refused(403, "auth.role_organisation");
            assert_eq!(refused.header("www-authenticate"), None);
        }
    }
}
