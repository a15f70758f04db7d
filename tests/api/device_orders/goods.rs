//! What tests of issues have in common: goods that a provider holds, and what it says of them.

use chrono::NaiveDate;
use domain::values::YearMonth;
use serde_json::{Value, json};
use testkit::{DeviceOrder, Response, SHOP, TestApp, months};

/// A product that the list does not have, so that its provider describes it.
pub(super) fn product(pieces: u32, price: &str) -> Value {
    json!({
        "product": "900000000009", "maker": "Wytwórnia Przykładowa", "model": "Próbka", "name": "Wyrób próbny",
        "pieces": pieces, "price": price,
    })
}

pub(super) fn item(code: &str, tier: u32, pieces: u32, price: &str) -> Value {
    json!({ "code": code, "tier": tier, "products": [product(pieces, price)] })
}

/// Handed over today, in person, to the patient.
pub(super) fn goods(app: &TestApp, items: &[Value]) -> Value {
    goods_of(app.today(), items)
}

pub(super) fn goods_of(day: NaiveDate, items: &[Value]) -> Value {
    json!({
        "issuedOn": day, "method": "IN_PERSON", "staff": "Renata Przykładowa", "items": items,
        "receipt": { "receivedOn": day, "by": { "kind": "PATIENT" } },
    })
}

/// So many pads of the second tier.
pub(super) fn pads(app: &TestApp, pieces: u32, price: &str) -> Value {
    goods(app, &[item("Y.06.01", 2, pieces, price)])
}

/// Opened and taken up by the shop.
pub(super) async fn held(app: &TestApp, order: &DeviceOrder, body: &Value) -> Response {
    let shop = app.as_persona(SHOP);
    order.opened_by(&shop).await;
    let taken = order.take_up(&shop, body).await.is(201);
    assert_eq!(taken.at("/state"), "HELD", "{}", taken.text());
    taken
}

/// So many months from the present one on.
pub(super) async fn held_months(app: &TestApp, order: &DeviceOrder, count: u32) -> Response {
    held(app, order, &json!({ "months": months(app, 0, count), "place": "M-1" })).await
}

/// The whole of a one-off order.
pub(super) async fn held_whole(app: &TestApp, order: &DeviceOrder) -> Response {
    held(app, order, &json!({ "place": "M-1" })).await
}

pub(super) fn part(order: &DeviceOrder, taken: &Response, action: &str) -> String {
    order.path_of(&format!("take-ups/{}/{action}", taken.text_at("/id")))
}

/// The shop says what it issued.
pub(super) async fn issue(app: &TestApp, order: &DeviceOrder, taken: &Response, body: &Value) -> Response {
    app.as_persona(SHOP).post(&part(order, taken, "realisation"), body).send().await
}

/// An error, taken back by the shop.
pub(super) async fn take_back(app: &TestApp, order: &DeviceOrder, taken: &Response) -> Response {
    let reason = json!({ "reason": "Wpisano zły wyrób." });
    app.as_persona(SHOP).post(&part(order, taken, "realisation-withdrawal"), &reason).send().await
}

pub(super) fn amounts(price: &str, refund: &str, copay: &str) -> Value {
    json!({ "price": price, "refund": refund, "copay": copay })
}

pub(super) fn states(seen: &Response) -> Vec<String> {
    let periods = seen.at("/periods").as_array().cloned().unwrap_or_default();
    periods.iter().map(|period| period["state"].as_str().unwrap_or_default().to_owned()).collect()
}

/// Moves the clock to the last day of the present month.
pub(super) fn to_the_months_end(app: &TestApp) {
    let last = YearMonth::of(app.today()).last_day();
    app.advance_days((last - app.today()).num_days());
}
