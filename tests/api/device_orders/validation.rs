//! The dry run.

use serde_json::{Value, json};
use testkit::{
    DEVICE_ORDERS, DeviceOrder, NOT_INSURED, PRESCRIBER, Response, TestApp, absorbents, for_patient, on_both,
    pesel, with,
};

pub(super) async fn validated(app: &TestApp, content: &Value) -> Response {
    let path = format!("{DEVICE_ORDERS}/validations");
    app.as_persona(PRESCRIBER).look(&path, &json!({ "content": content })).await.is(200)
}

on_both! {
    async fn a_dry_run_tells_the_outcome_and_the_money_and_writes_nothing(app: TestApp) {
        let told = validated(&app, &absorbents(&app)).await;
        assert_eq!((told.at("/valid"), told.at("/problems")), (json!(true), json!([])));
        assert_eq!(told.at("/outcome/positive"), true);
        let line = told.at("/outcome/lines/0");
        assert_eq!((&line["limit"], &line["limitKind"], &line["refundPercent"]), (&json!("1.70"), &json!("PER_PIECE"), &json!(80)));
        assert_eq!(app.count("SELECT count(*) AS number FROM device_orders").await, 0);
        assert_eq!(app.count("SELECT count(*) AS number FROM audit WHERE action = 'validate_device_order'").await, 1);
    }

    async fn a_dry_run_tells_every_problem_with_its_rule(app: TestApp) {
        let content = with(absorbents(&app), "/supply/from", json!("2020-01"));
        let content = with(for_patient(content, &pesel(NOT_INSURED)), "/prescriber/licenceNumber", json!("5425740"));
        let told = validated(&app, &content).await;
        assert_eq!(told.at("/valid"), false);
        let text = told.text();
        for (code, rule) in [
            ("device_order.month_past", "DO-10"),
            ("device_order.prescriber_differs", "DO-1b"),
            ("device_order.right_not_confirmed", "DO-28"),
        ] {
            assert!(text.contains(code) && text.contains(&format!("\"{rule}\"")), "{code} {rule}: {text}");
        }
        assert_eq!(told.at("/outcome/positive"), false);
        assert_eq!(validated(&app, &json!({})).await.at("/outcome"), Value::Null);
    }

    async fn a_dry_run_looks_at_the_patient_s_other_orders(app: TestApp) {
        DeviceOrder::positive(&app, &absorbents(&app)).await;
        let told = validated(&app, &absorbents(&app)).await;
        assert_eq!(told.at("/outcome/problems/0/code"), "device_order.duplicate");
        let sql = "SELECT count(*) AS number FROM audit WHERE action = 'validate_device_order' AND patient_id IS NOT NULL";
        assert_eq!(app.count(sql).await, 1, "for the patient whose orders they are");
    }
}
