//! Goods that a courier brought are received, later; a receipt that was entered wrongly is corrected.

use super::goods::{goods, held_months, held_whole, issue, item, pads, part};
use chrono::TimeDelta;
use serde_json::{Value, json};
use testkit::{
    DeviceOrder, PRESCRIBER, Response, SECOND_SHOP, SHOP, TestApp, absorbents, for_patient, on_both,
    wheelchair, with,
};

/// A month's pads on their way.
async fn sent(app: &TestApp, order: &DeviceOrder) -> Response {
    let taken = held_months(app, order, 1).await;
    let body = with(with(pads(app, 90, "1.50"), "/method", json!("COURIER")), "/receipt", Value::Null);
    let issued = issue(app, order, &taken, &body).await.is(200);
    assert_eq!(
        (issued.at("/realisation/method"), issued.at("/realisation/receipt")),
        (json!("COURIER"), Value::Null)
    );
    issued
}

fn by_patient(app: &TestApp) -> Value {
    json!({ "receivedOn": app.today(), "by": { "kind": "PATIENT" } })
}

fn by_neighbour(app: &TestApp, version: u32) -> Value {
    json!({ "receivedOn": app.today(), "version": version, "by": {
        "kind": "OTHER", "givenNames": "Piotr", "familyName": "Testowy",
        "identifier": { "kind": "FOREIGN_PASSPORT", "country": "UA", "number": "FA654321" },
    }})
}

async fn receive(
    app: &TestApp,
    who: &'static str,
    (order, taken): (&DeviceOrder, &Response),
    body: &Value,
) -> Response {
    app.as_persona(who).post(&part(order, taken, "receipt"), body).send().await
}

on_both! {
    async fn what_a_courier_brings_is_received_later(app: TestApp) {
        let patient = app.persona("patient").spec.pesel;
        let order = DeviceOrder::positive(&app, &for_patient(absorbents(&app), patient)).await;
        let issued = sent(&app, &order).await;
        let early = with(by_patient(&app), "/receivedOn", json!(app.today() - TimeDelta::days(1)));
        receive(&app, SHOP, (&order, &issued), &early).await.refused_at(422, "device_order.receipt_date", "/receivedOn");
        app.advance_days(4);
        let future = with(by_patient(&app), "/receivedOn", json!(app.today() + TimeDelta::days(1)));
        receive(&app, SHOP, (&order, &issued), &future).await.refused_at(422, "device_order.receipt_date", "/receivedOn");
        let path = part(&order, &issued, "receipt");
        let shop = app.as_persona(SHOP);
        let body = by_neighbour(&app, 1);
        let received = shop.post(&path, &body).key("receipt-key-00000001").send().await.is(200);
        assert_eq!(received.at("/realisation/receipt/receivedOn"), json!(app.today()));
        assert_eq!(received.at("/realisation/receipt/by/identifier/number"), "FA654321");
        let again = shop.post(&path, &body).key("receipt-key-00000001").send().await.is(200);
        assert_eq!(again.body, received.body);
        receive(&app, SHOP, (&order, &issued), &by_patient(&app)).await.refused(409, "device_order.receipt_present");
        let own = app.as_persona("patient").get(&order.path()).await.is(200);
        assert_eq!(own.at("/takeUps/0/realisation/receipt/by/familyName"), "Testowy");
        assert!(!order.seen_by(PRESCRIBER).await.text().contains("FA654321"));
        let history = app.as_persona("patient").get(&order.path_of("history")).await.is(200);
        assert!(history.text().contains("ReceiptConfirmed"), "{}", history.text());
    }

    async fn a_receipt_is_corrected_by_its_next_version_in_time(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let issued = sent(&app, &order).await;
        receive(&app, SHOP, (&order, &issued), &by_neighbour(&app, 2)).await.refused_at(409, "device_order.receipt_version", "/version");
        receive(&app, SHOP, (&order, &issued), &by_patient(&app)).await.is(200);
        receive(&app, SHOP, (&order, &issued), &by_neighbour(&app, 3)).await.refused_at(409, "device_order.receipt_version", "/version");
        let corrected = receive(&app, SHOP, (&order, &issued), &by_neighbour(&app, 2)).await.is(200);
        assert_eq!(corrected.at("/realisation/receipt/version"), 2);
        assert_eq!(corrected.at("/realisation/receipt/by/kind"), "OTHER");
        app.advance_days(30);
        receive(&app, SHOP, (&order, &issued), &by_neighbour(&app, 3)).await.is(200);
        app.advance_days(1);
        let late = receive(&app, SHOP, (&order, &issued), &by_neighbour(&app, 4)).await;
        late.refused(409, "device_order.receipt_late");
        let by_officer = receive(&app, "nfz-officer", (&order, &issued), &by_neighbour(&app, 4)).await.is(200);
        assert_eq!(by_officer.at("/realisation/receipt/version"), 4, "an officer is bound by no time");
    }

    async fn of_two_corrections_at_once_one_counts(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let issued = sent(&app, &order).await;
        receive(&app, SHOP, (&order, &issued), &by_patient(&app)).await.is(200);
        let body = by_neighbour(&app, 2);
        let (one, two) = tokio::join!(
            receive(&app, SHOP, (&order, &issued), &body), receive(&app, SHOP, (&order, &issued), &body),
        );
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "{} {}", one.text(), two.text());
    }

    async fn what_is_supplied_once_has_its_receipt_at_once(app: TestApp) {
        let order = DeviceOrder::positive(&app, &wheelchair(&app)).await;
        let taken = held_whole(&app, &order).await;
        receive(&app, SHOP, (&order, &taken), &by_patient(&app)).await.refused(409, "device_order.not_realised");
        let body = with(goods(&app, &[item("S.12.01", 1, 1, "650.00")]), "/method", json!("COURIER"));
        let without = with(body.clone(), "/receipt", Value::Null);
        issue(&app, &order, &taken, &without).await.refused_at(422, "device_order.receipt_required", "/receipt");
        issue(&app, &order, &taken, &body).await.is(200);
        let corrected = receive(&app, SHOP, (&order, &taken), &by_neighbour(&app, 2)).await.is(200);
        assert_eq!(corrected.at("/realisation/receipt/version"), 2, "of a realised order, too");
    }

    async fn a_receipt_is_the_holder_s_and_names_its_receiver_whole(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let issued = sent(&app, &order).await;
        order.opened_by(&app.as_persona(SECOND_SHOP)).await;
        receive(&app, SECOND_SHOP, (&order, &issued), &by_patient(&app)).await.refused(404, "device_order.take_up_unknown");
        receive(&app, PRESCRIBER, (&order, &issued), &by_patient(&app)).await.refused(403, "auth.role");
        let nameless = json!({ "receivedOn": app.today(), "by": { "kind": "OTHER", "familyName": "Testowy" } });
        let refused = receive(&app, SHOP, (&order, &issued), &nameless).await.is(400);
        let at = |member: &str| ("request.missing_member".to_owned(), format!("/by/{member}"));
        assert_eq!(refused.faults(), [at("givenNames"), at("identifier")]);
        let wrong = with(by_neighbour(&app, 1), "/by/identifier", json!({ "kind": "PESEL", "number": "44051401459" }));
        receive(&app, SHOP, (&order, &issued), &wrong).await.refused_at(422, "value.pesel", "/by/identifier/number");
    }
}
