//! The largest bodies that the contract allows: every text at its length, every list full, each character in the longest
//! form that JSON has for one.

use serde_json::{Value, json};
use std::fmt::Write;
use testkit::{
    DEVICE_ORDERS, DeviceOrder, NOT_INSURED, PRESCRIBER, SHOP, TestApp, absorbents, for_patient, months,
    on_both, pesel, with,
};

/// Four bytes in UTF-8, twelve when it is escaped.
const WIDEST: &str = "\u{1d538}";

/// JSON in which everything beyond ASCII is escaped, as many writers do.
pub(crate) fn escaped(body: &Value) -> Vec<u8> {
    let mut out = String::new();
    for character in body.to_string().chars() {
        if character.is_ascii() {
            out.push(character);
        } else {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                write!(out, "\\u{unit:04x}").expect("a string takes everything");
            }
        }
    }
    out.into_bytes()
}

pub(crate) fn widest(characters: usize) -> Value {
    json!(WIDEST.repeat(characters))
}

/// The longest grounds; the rest of an order is short beside them.
fn largest(content: Value) -> Value {
    let criteria = vec![json!({ "code": widest(5), "name": widest(1000) }); 50];
    let grounds = json!({
        "diagnosis": "N39.4", "criteria": criteria, "further": widest(1000), "largerQuantity": widest(1000),
    });
    let content = with(content, "/grounds", grounds);
    with(content, "/place/name", widest(255))
}

on_both! {
    async fn the_largest_order_is_drafted_edited_and_tried_out(app: TestApp) {
        let content = with(largest(absorbents(&app)), "/prescriber/specialties", json!(vec![widest(120); 20]));
        let body = escaped(&json!({ "content": content, "clientReference": "R".repeat(64) }));
        assert!(body.len() > 660_000, "{}", body.len());
        let prescriber = app.as_persona(PRESCRIBER);
        let created = prescriber.post(DEVICE_ORDERS, &Value::Null);
        let created = created.bytes("application/json", body.clone()).send().await.is(201);
        let order = DeviceOrder::created(&app, &created);
        let edited = prescriber.put(&order.path(), &Value::Null).if_match(1);
        edited.bytes("application/json", body).send().await.is(200);
        let path = format!("{DEVICE_ORDERS}/validations");
        let tried = prescriber.post(&path, &Value::Null).without_key();
        tried.bytes("application/json", escaped(&json!({ "content": content }))).send().await.is(200);
    }

    async fn the_largest_order_is_signed_and_corrected(app: TestApp) {
        let content = largest(for_patient(absorbents(&app), &pesel(NOT_INSURED)));
        let (order, answer) = DeviceOrder::submitted(&app, &content).await;
        assert_eq!(answer.is(200).at("/state"), "NEGATIVE");
        let stated = with(content, "/right", testkit::statement(&app));
        assert_eq!(order.correct(&stated).await.is(200).at("/state"), "POSITIVE");
    }

    async fn the_largest_question_about_money_is_read(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let shop = app.as_persona(SHOP);
        order.opened_by(&shop).await;
        let products = vec![json!({ "price": "999999999.99", "pieces": 9999 }); 50];
        let item = json!({ "code": "Y.06.01", "tier": 2, "products": products });
        let choices = vec![json!({ "items": vec![item; 20] }); 10];
        let take_up = json!({ "months": months(&app, 0, 1), "place": "M-1" });
        let body = json!({ "takeUp": take_up, "choices": choices });
        assert!(body.to_string().len() > 64 * 1024);
        let told = shop.look(&order.path_of("quotes"), &body).await;
        assert!([200, 422].contains(&told.status), "{}", told.text());
    }
}
