//! `POST /public/decision-verifications`: is the token genuine, and does the decision still stand?

use serde_json::{Value, json};
use testkit::{Case, Response, Stage, TestApp, on_both};

async fn verify(app: &TestApp, token: &Value) -> Response {
    app.anyone().look("/api/v1/public/decision-verifications", &json!({ "token": token })).await
}

on_both! {
    async fn a_token_verifies_and_follows_the_demand(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        let token = case.seen().await["ruling"]["decisionToken"].clone();
        let verified = verify(&app, &token).await.is(200);
        assert_eq!(verified.at("/decision/number"), json!(case.number));
        assert_eq!(verified.at("/decision/resolutionNumber"), json!(case.resolution_number().await));
        assert_eq!(verified.at("/withdrawn"), false);
        case.withdraw().await.is(200);
        let after = verify(&app, &token).await.is(200);
        assert_eq!(after.at("/withdrawn"), true);
        assert_eq!(after.text_at("/state"), "WITHDRAWN");
    }

    async fn a_revoked_decision_is_withdrawn_since(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        let token = case.seen().await["ruling"]["decisionToken"].clone();
        let draft = json!({ "grounds": "Powód.", "legalBasis": "art. 155 k.p.a." });
        case.command("preparer", "revocation-draft", &draft).await.is(200);
        let seen = app.as_persona("decider").find(&case.id).await.is(200);
        let body = json!({ "draftSha256": seen.text_at("/ministryFile/revocationDraft/sha256") });
        case.command("decider", "revocation", &body).await.is(200);
        assert_eq!(verify(&app, &token).await.is(200).at("/withdrawn"), true);
    }

    async fn a_token_that_was_touched_is_not_genuine(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        let token = case.seen().await["ruling"]["decisionToken"].as_str().unwrap().to_owned();
        let parts: Vec<&str> = token.split('.').collect();
        let flipped = &parts[2][..parts[2].len() - 2];
        for wrong in [
            format!("{}.{}.{flipped}AA", parts[0], parts[1]),
            format!("{}.{}x.{}", parts[0], parts[1], parts[2]),
            "e30.e30.AA".to_owned(),
            String::new(),
        ] {
            let refused = verify(&app, &json!(wrong)).await;
            refused.refused_at(422, "signature.decision_token", "/token");
        }
    }
}
