//! The payer's look at a repair order: what it finds, and who finishes it.

use serde_json::json;
use testkit::{
    DeviceOrder, Kind, PRESCRIBER, TestApp, for_patient, found, on_both, pesel, wheelchair_repair, with,
};

on_both! {
    async fn what_stands_in_the_way_is_a_result(app: TestApp) {
        app.with_repair_limit().await;
        let known = json!({ "kind": "KNOWN", "number": "T5-3K7M9QXT-22A4CDEF", "branch": 7 });
        let content = with(for_patient(wheelchair_repair(&app), &pesel(21)), "/original", known);
        let (_, answer) = DeviceOrder::repair_submitted(&app, &content).await;
        assert_eq!(found(&answer.is(200), "problems"), ["device_repair_order.original_unknown"]);
        let (_, first) = DeviceOrder::repair_submitted(&app, &wheelchair_repair(&app)).await;
        assert_eq!(first.is(200).at("/state"), "POSITIVE");
        let (_, second) = DeviceOrder::repair_submitted(&app, &wheelchair_repair(&app)).await;
        let second = second.is(200);
        assert_eq!((second.at("/state"), found(&second, "problems")), (json!("NEGATIVE"), vec!["device_repair_order.duplicate".to_owned()]));
    }

    async fn what_nobody_finished_a_worker_does(app: TestApp) {
        app.with_repair_limit().await;
        let order = DeviceOrder::repair_drafted(&app, PRESCRIBER, &wheelchair_repair(&app)).await;
        let body = order.signed(PRESCRIBER, "submission", json!({}), Kind::Qualified).await;
        // The second transaction cannot look at the patient, as if the process had ended between the two.
        app.execute("ALTER TABLE patients RENAME TO patients_away");
        let begun = order.ask(PRESCRIBER, "submission", &body).key("orphan-repair-0000001").send().await;
        app.execute("ALTER TABLE patients_away RENAME TO patients");
        let begun = begun.is(202);
        assert_eq!(begun.at("/state"), "VERIFYING");
        assert!(begun.at("/number").is_string(), "it is issued");
        assert_eq!(app.finish_verifications().await, 0, "whoever submitted it may still be at it");
        app.execute("UPDATE device_repair_orders SET verify_at = '2020-01-01 00:00:00'");
        assert_eq!((app.finish_verifications().await, app.finish_verifications().await), (1, 0));
        let seen = order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!((seen.at("/state"), seen.at("/number")), (json!("POSITIVE"), begun.at("/number")));
        let again = order.ask(PRESCRIBER, "submission", &body).key("orphan-repair-0000001").send().await;
        assert_eq!(again.is(202).body, begun.body, "the same request gets its first answer");
    }

    async fn an_order_expires_after_its_year(app: TestApp) {
        app.with_repair_limit().await;
        let (order, answer) = DeviceOrder::repair_submitted(&app, &wheelchair_repair(&app)).await;
        assert_eq!(answer.is(200).at("/state"), "POSITIVE");
        app.advance_days(367);
        let seen = order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!((seen.at("/state"), seen.at("/clocks")), (json!("EXPIRED"), json!([])));
    }
}
