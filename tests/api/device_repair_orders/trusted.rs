//! Repair orders signed with a trusted profile: received at once, issued when the signature is confirmed, as of its receipt.

use serde_json::{Value, json};
use testkit::{DeviceOrder, Mood, PRESCRIBER, TestApp, on_both, wheelchair_repair};

/// The submission is received and waits.
pub(super) async fn received(app: &TestApp) -> DeviceOrder {
    app.with_repair_limit().await;
    let order = DeviceOrder::repair_drafted(app, PRESCRIBER, &wheelchair_repair(app)).await;
    let document = order.document(PRESCRIBER, "submission", &json!({})).await;
    let body = json!({ "signature": app.sign_trusted(PRESCRIBER, &document) });
    let answer = order.command(PRESCRIBER, "submission", &body).await.is(202);
    let pending = (answer.at("/pendingStep/action"), answer.at("/pendingStep/kind"), answer.at("/state"));
    assert_eq!(pending, (json!("submission"), json!("TRUSTED"), json!("DRAFT")), "{}", answer.text());
    order
}

on_both! {
    async fn it_is_issued_when_its_signature_is_confirmed_as_of_its_receipt(app: TestApp) {
        let order = received(&app).await;
        let first = app.today();
        app.advance_days(3);
        assert_eq!(app.validate_pending("one").await, 1);
        let seen = order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!((seen.at("/state"), seen.at("/pendingStep")), (json!("POSITIVE"), Value::Null));
        assert_eq!(seen.at("/issue/issuedOn"), json!(first), "on the day of the receipt");
        assert_eq!(seen.at("/issue/signature/level"), "VALIDATED");
        assert_eq!(app.count("SELECT count(*) AS number FROM pending_steps").await, 0);
    }

    async fn one_that_is_not_confirmed_may_be_signed_again(app: TestApp) {
        let order = received(&app).await;
        app.validation().set_mood(Mood::Says("TOTAL_FAILED", "HASH_FAILURE"));
        assert_eq!(app.validate_pending("one").await, 1);
        let seen = order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!((seen.at("/state"), seen.at("/pendingStep")), (json!("DRAFT"), Value::Null));
        let history = app.as_persona(PRESCRIBER).get(&order.path_of("history")).await.is(200);
        assert_eq!(history.at("/items/1/type"), "SignatureRefused");
        assert_eq!(order.submit().await.is(200).at("/state"), "POSITIVE");
    }

    async fn meanwhile_nothing_is_done(app: TestApp) {
        let order = received(&app).await;
        let put = app.as_persona(PRESCRIBER).put(&order.path(), &json!({ "content": {} })).if_match(order.revision());
        put.send().await.refused(409, "device_order.step_pending");
        let path = order.path_of("submission/document");
        app.as_persona(PRESCRIBER).look(&path, &json!({})).await.refused(409, "device_order.step_pending");
    }
}
