//! `PUT /provider-products`: the whole list of a contract, or every fault.

use super::{CONTRACT, PRODUCTS, SHOP, add, offer, offered, priced, product};
use crate::device_orders::largest::{escaped, widest};
use chrono::TimeDelta;
use serde_json::{Value, json};
use testkit::{Response, TestApp, on_both};

fn listed(number: &str, price: &str, more: &Value) -> Value {
    let mut body = offer(price, more);
    body["product"] = json!(number);
    body
}

async fn replace(app: &TestApp, seen: i64, products: &[Value], more: &Value) -> Response {
    let mut body = json!({ "contract": CONTRACT, "products": products });
    for (member, value) in more.as_object().into_iter().flatten() {
        body[member] = value.clone();
    }
    app.as_persona(SHOP).put(PRODUCTS, &body).if_match(seen).send().await
}

on_both! {
    async fn a_whole_list_offers_what_is_on_it_and_nothing_else(app: TestApp) {
        let plain = json!({});
        let first = [listed("1", "2.00", &plain), listed("2", "3.00", &plain), listed("3", "4.00", &plain)];
        let made = replace(&app, 1, &first, &plain).await.is(200);
        assert_eq!((made.etag(), made.at("/revision"), made.at("/added")), ("\"2\"".to_owned(), json!(2), json!(3)));
        let later = (app.today() + TimeDelta::days(10)).to_string();
        let second = [listed("1", "2.00", &plain), listed("2", "3.50", &plain), listed("4", "1.00", &plain)];
        let made = replace(&app, 2, &second, &json!({ "validFrom": later })).await.is(200);
        let counts: Vec<_> = ["added", "changed", "withdrawn", "unchanged"].map(|it| made.at(&format!("/{it}"))).to_vec();
        assert_eq!(counts, [json!(1), json!(1), json!(1), json!(1)]);
        assert!(made.at("/limits/noneAtLimit").is_array());
        assert_eq!(offered(&app, SHOP, &app.today().to_string()).await, priced(&[("1", "2.00"), ("2", "3.00"), ("3", "4.00")]));
        assert_eq!(offered(&app, SHOP, &later).await, priced(&[("1", "2.00"), ("2", "3.50"), ("4", "1.00")]));
        let emptied = replace(&app, 3, &[], &plain).await.is(200);
        assert_eq!(emptied.at("/withdrawn"), json!(4), "what was planned, too");
        assert_eq!(offered(&app, SHOP, &later).await, []);
        let audited = "SELECT count(*) AS number FROM audit WHERE refusal IS NULL AND action = 'replace_provider_products'";
        assert_eq!(app.count(audited).await, 3);
    }

    async fn every_fault_of_every_product_is_named_and_nothing_is_kept(app: TestApp) {
        add(&app, SHOP, &product("9", "2.00", &json!({}))).await.is(201);
        let unreadable = [listed("x", "2.00", &json!({})), listed("2", "2", &json!({ "name": "" }))];
        let told = replace(&app, 2, &unreadable, &json!({})).await.is(422).faults();
        assert_eq!(told, [
            ("value.trade_product_number".to_owned(), "/products/0/product".to_owned()),
            ("value.text_empty".to_owned(), "/products/1/name".to_owned()),
        ]);
        let broken = [listed("1", "0.00", &json!({})), listed("1", "2.00", &json!({}))];
        let told = replace(&app, 2, &broken, &json!({})).await.is(422).faults();
        assert_eq!(told, [
            ("provider_product.price_zero".to_owned(), "/products/0/price".to_owned()),
            ("provider_product.repeated".to_owned(), "/products/1/product".to_owned()),
        ]);
        let foreign = [listed("1", "2.00", &json!({ "code": "O.01.01" }))];
        replace(&app, 2, &foreign, &json!({})).await.refused_at(403, "device_provider.code_not_covered", "/products/0/code");
        let past = json!({ "validFrom": "2026-01-01" });
        replace(&app, 2, &[listed("1", "2.00", &json!({}))], &past).await
            .refused_at(422, "provider_product.change_past", "/validFrom");
        let elsewhere = json!({ "contract": "PIASKOWNICA/12/0003" });
        replace(&app, 1, &[], &elsewhere).await.refused_at(403, "device_provider.not_contracted", "/contract");
        assert_eq!(offered(&app, SHOP, &app.today().to_string()).await, priced(&[("9", "2.00")]));
        let refused = "SELECT count(*) AS number FROM audit WHERE refusal = 'provider_product.price_zero'";
        assert_eq!(app.count(refused).await, 1);
    }

    async fn a_list_has_at_most_a_thousand_products(app: TestApp) {
        let many = |count: usize| -> Vec<Value> {
            (1..=count).map(|number| listed(&number.to_string(), "2.00", &json!({}))).collect()
        };
        replace(&app, 1, &many(1_001), &json!({})).await.refused_at(422, "provider_product.list_size", "/products");
        let made = replace(&app, 1, &many(1_000), &json!({})).await.is(200);
        assert_eq!(made.at("/added"), json!(1000));
        let mut changed = many(1_000);
        changed[499]["price"] = json!("2.50");
        let made = replace(&app, 2, &changed, &json!({})).await.is(200);
        assert_eq!((made.at("/changed"), made.at("/unchanged")), (json!(1), json!(999)));
    }

    async fn the_largest_list_that_the_contract_allows_is_taken(app: TestApp) {
        let products: Vec<Value> = (1..=1_000)
            .map(|number: u64| {
                let texts = json!({ "maker": widest(250), "model": widest(250), "name": widest(500) });
                listed(&format!("{:012}", 900_000_000_000 + number), "2.00", &texts)
            })
            .collect();
        let body = escaped(&json!({ "contract": CONTRACT, "products": products }));
        assert!(body.len() > 12_000_000, "{}", body.len());
        let request = app.as_persona(SHOP).put(PRODUCTS, &Value::Null).if_match(1);
        let made = request.bytes("application/json", body).send().await.is(200);
        assert_eq!(made.at("/added"), json!(1000));
    }

    async fn a_list_that_moved_on_is_not_overwritten(app: TestApp) {
        let list = [listed("1", "2.00", &json!({}))];
        let body = json!({ "contract": CONTRACT, "products": list });
        app.as_persona(SHOP).put(PRODUCTS, &body).send().await.refused(428, "request.if_match_missing");
        replace(&app, 1, &list, &json!({})).await.is(200);
        replace(&app, 1, &[], &json!({})).await.refused(412, "request.stale");
        add(&app, SHOP, &product("2", "2.00", &json!({}))).await.is(201);
        replace(&app, 2, &[], &json!({})).await.refused(412, "request.stale");
        assert_eq!(offered(&app, SHOP, &app.today().to_string()).await.len(), 2);
        let seen = app.as_persona(SHOP).get(&format!("{PRODUCTS}?contract={CONTRACT}")).await.is(200).at("/revision");
        replace(&app, seen.as_i64().unwrap(), &[], &json!({})).await.is(200);
    }

    async fn a_list_that_is_sent_twice_under_one_key_is_taken_once(app: TestApp) {
        let body = json!({ "contract": CONTRACT, "products": [listed("1", "2.00", &json!({}))] });
        let ask = || app.as_persona(SHOP).put(PRODUCTS, &body).if_match(1).key("the-whole-list-of-november");
        let (first, second) = (ask().send().await.is(200), ask().send().await.is(200));
        assert!(second.is_replayed());
        assert_eq!(first.text(), second.text());
    }
}
