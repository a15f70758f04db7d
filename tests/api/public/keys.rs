//! `GET /.well-known/jwks.json`: a decision token verifies without the service.

use serde_json::Value;
use signing::keys::KeySet;
use testkit::{Case, Stage, TestApp, on_both};

on_both! {
    async fn a_decision_token_verifies_offline_with_the_published_keys(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        let published = app.anyone().get("/.well-known/jwks.json").await.is(200).json();
        assert!(published["keys"][0].get("d").is_none(), "only public halves");
        let token = case.seen().await["ruling"]["decisionToken"].as_str().unwrap().to_owned();
        let keys = KeySet::from_jwk_set(&published);
        let claims = signing::decision_token::verify(&token, &keys).unwrap();
        assert_eq!(claims.number, case.number);
        let none = KeySet::from_jwk_set(&Value::Null);
        assert!(signing::decision_token::verify(&token, &none).is_err());
    }
}
