//! Product lists: what a provider supplies under a contract, and for how much from which day on.

mod list;
mod single;
mod whole;

use serde_json::{Value, json};
use testkit::{Response, TestApp};

pub(crate) const PRODUCTS: &str = "/api/v1/provider-products";
pub(crate) const CONTRACT: &str = sandbox::contracts::CONTRACT;
pub(crate) const SHOP: &str = "device-provider";
/// Of another organisation: the subcontractor.
pub(crate) const SECOND: &str = "device-provider-second";

/// Members of an offer, with others or more of them.
pub(crate) fn offer(price: &str, more: &Value) -> Value {
    let mut body = json!({ "code": "Y.06.01", "maker": "Wytwórnia Przykładowa", "model": "Próbka M",
        "name": "Pieluchomajtki próbne, rozmiar M", "price": price });
    for (member, value) in more.as_object().into_iter().flatten() {
        body[member] = value.clone();
    }
    body
}

pub(crate) fn product(number: &str, price: &str, more: &Value) -> Value {
    let mut body = offer(price, more);
    if body.get("contract").is_none() {
        body["contract"] = json!(CONTRACT);
    }
    body["product"] = json!(number);
    body
}

pub(crate) async fn add(app: &TestApp, who: &'static str, body: &Value) -> Response {
    app.as_persona(who).post(PRODUCTS, body).send().await
}

pub(crate) fn path(product: &Response) -> String {
    format!("{PRODUCTS}/{}", product.text_at("/id"))
}

/// What the list offers on a day: number and price.
pub(crate) async fn offered(app: &TestApp, who: &'static str, on: &str) -> Vec<(String, String)> {
    let found = app.as_persona(who).get(&format!("{PRODUCTS}?contract={CONTRACT}&on={on}")).await.is(200);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let items = found.at("/items").as_array().cloned().unwrap();
    items.iter().map(|it| (text(&it["product"]), text(&it["offer"]["price"]))).collect()
}

pub(crate) fn priced(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(number, price)| ((*number).to_owned(), (*price).to_owned())).collect()
}
