//! Cancelling an order, by whoever issued it or at the patient's request.

use serde_json::{Value, json};
use testkit::{DeviceOrder, PRESCRIBER, TestApp, absorbents, on_both};

on_both! {
    async fn an_order_is_cancelled_while_nothing_of_it_is_taken_up(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let reason = json!({ "reason": "Pacjentka zrezygnowała." });
        let cancelled = order.command(PRESCRIBER, "cancellation", &reason).await.is(200);
        assert_eq!((cancelled.at("/state"), cancelled.at("/nfzStatus")), (json!("CANCELLED"), json!("A")));
        assert_eq!(cancelled.at("/cancellation/reason"), reason["reason"]);
        assert_eq!((cancelled.at("/cancellation/by"), cancelled.at("/access")), (Value::Null, Value::Null));
        order.command(PRESCRIBER, "cancellation", &reason).await.refused(409, "device_order.wrong_state");
        // Its months are free again for another order.
        DeviceOrder::positive(&app, &absorbents(&app)).await;
    }

    async fn an_officer_cancels_at_the_patient_s_request(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let reason = json!({ "reason": "Na wniosek pacjentki." });
        let cancelled = order.command("nfz-officer", "cancellation", &reason).await.is(200);
        assert_eq!(cancelled.at("/state"), "CANCELLED");
        let seen = order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!(seen.at("/cancellation/by/familyName"), "Zmyślony");
    }

    async fn a_draft_is_not_cancelled(app: TestApp) {
        let order = DeviceOrder::drafted(&app, &absorbents(&app)).await;
        let reason = json!({ "reason": "Pomyłka." });
        order.command(PRESCRIBER, "cancellation", &reason).await.refused(409, "device_order.wrong_state");
        order.command("nfz-officer", "cancellation", &reason).await.refused(404, "request.not_found");
    }
}
