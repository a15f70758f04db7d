//! What a submission of a repair order is refused for, each with its code and its place, in the dry run as well.

use serde_json::{Value, json};
use testkit::{
    DeviceOrder, Kind, PRESCRIBER, REPAIR_ORDERS, TestApp, on_both, wheelchair_repair, with, without,
};

/// Signed all the same, as a client does that asks for no bytes of an illegal content.
async fn refused(app: &TestApp, content: &Value, code: &str, pointer: &str) {
    let order = DeviceOrder::repair_drafted(app, PRESCRIBER, content).await;
    let body = order.signed(PRESCRIBER, "submission", json!({}), Kind::Qualified).await;
    order.command(PRESCRIBER, "submission", &body).await.refused_at(422, code, pointer);
    let path = format!("{REPAIR_ORDERS}/validations");
    let told = app.as_persona(PRESCRIBER).look(&path, &json!({ "content": content })).await.is(200);
    assert_eq!(told.at("/valid"), false);
    let same = |it: &Value| it["code"] == code && it["pointer"] == pointer;
    assert!(told.at("/problems").as_array().unwrap().iter().any(same), "{}", told.text());
}

on_both! {
    async fn the_form_is_judged_before_anything_is_issued(app: TestApp) {
        app.with_repair_limit().await;
        let whole = wheelchair_repair(&app);
        refused(&app, &without(whole.clone(), "/justification"), "device_repair_order.field_required", "/content/justification").await;
        let tier = with(whole.clone(), "/device/tier", json!(99));
        refused(&app, &tier, "device_repair_order.group_unknown", "/content/device/code").await;
        let short = with(whole.clone(), "/original", json!({ "kind": "UNKNOWN", "reason": "Brak." }));
        refused(&app, &short, "device_repair_order.original_reason", "/content/original/reason").await;
        let branch = json!({ "kind": "KNOWN", "number": "07-2020-1", "branch": 18 });
        refused(&app, &with(whole.clone(), "/original", branch), "device_repair_order.branch", "/content/original/branch").await;
        let other = with(whole, "/prescriber/licenceNumber", json!("5425740"));
        refused(&app, &other, "device_order.prescriber_differs", "/content/prescriber/licenceNumber").await;
    }

    async fn an_unknown_limit_or_share_stops_an_order_before_it_is_signed(app: TestApp) {
        let order = DeviceOrder::repair_drafted(&app, PRESCRIBER, &wheelchair_repair(&app)).await;
        let path = order.path_of("submission/document");
        let stopped = app.as_persona(PRESCRIBER).look(&path, &json!({})).await;
        stopped.refused_at(422, "device_repair_order.limit_unknown", "/content/device/code");
        let unsigned = json!({ "signature": app.sign(PRESCRIBER, Kind::Qualified, b"{}") });
        let stopped = order.command(PRESCRIBER, "submission", &unsigned).await;
        stopped.refused(422, "device_repair_order.limit_unknown");
        let content = with(wheelchair_repair(&app), "/device/code", json!("S.15.01"));
        let path = format!("{REPAIR_ORDERS}/validations");
        let told = app.as_persona(PRESCRIBER).look(&path, &json!({ "content": content })).await.is(200);
        assert!(told.text().contains("device_repair_order.share_unknown"), "{}", told.text());
    }

    async fn a_state_that_does_not_admit_a_step_refuses_it_with_what_it_admits(app: TestApp) {
        app.with_repair_limit().await;
        let (order, _) = DeviceOrder::repair_submitted(&app, &wheelchair_repair(&app)).await;
        let put = app.as_persona(PRESCRIBER).put(&order.path(), &json!({ "content": {} })).if_match(order.revision());
        let refused = put.send().await.refused(409, "device_repair_order.wrong_state");
        assert_eq!((refused.at("/currentState"), refused.at("/allowedActions")), (json!("POSITIVE"), json!(["cancellation"])));
    }

    async fn the_dry_run_says_what_the_payer_would_find_and_leaves_only_its_record(app: TestApp) {
        app.with_repair_limit().await;
        let path = format!("{REPAIR_ORDERS}/validations");
        let known = json!({ "kind": "KNOWN", "number": "T5-3K7M9QXT-22A4CDEF", "branch": 7 });
        let asked = json!({ "content": with(wheelchair_repair(&app), "/original", known) });
        let told = app.as_persona(PRESCRIBER).look(&path, &asked).await.is(200);
        assert_eq!((told.at("/valid"), told.at("/outcome/positive")), (json!(true), json!(false)));
        assert_eq!(told.at("/outcome/problems/0/code"), "device_repair_order.original_unknown");
        let told = app.as_persona(PRESCRIBER).look(&path, &json!({ "content": wheelchair_repair(&app) })).await.is(200);
        assert_eq!((told.at("/outcome/positive"), told.at("/outcome/terms/left")), (json!(true), json!("1000.00")));
        assert_eq!(app.count("SELECT count(*) AS number FROM device_repair_orders").await, 0);
        app.as_persona("patient").look(&path, &asked).await.refused(403, "auth.role");
    }
}
