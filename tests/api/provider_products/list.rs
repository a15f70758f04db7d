//! `GET /provider-products`: what is offered on a day, by code, page by page.

use super::{CONTRACT, PRODUCTS, SHOP, add, product};
use chrono::TimeDelta;
use serde_json::json;
use testkit::{Response, TestApp, on_both};

fn numbers(page: &Response) -> Vec<String> {
    let items = page.at("/items").as_array().cloned().unwrap();
    items.iter().map(|it| it["product"].as_str().unwrap().to_owned()).collect()
}

on_both! {
    async fn a_list_is_read_by_code_and_page_by_page(app: TestApp) {
        for (number, code) in [("1", "Y.06.01"), ("2", "Y.06.01.00"), ("3", "Y.04.01"), ("4", "S.15.01")] {
            add(&app, SHOP, &product(number, "2.00", &json!({ "code": code }))).await.is(201);
        }
        let who = app.as_persona(SHOP);
        let path = format!("{PRODUCTS}?contract={CONTRACT}");
        for (code, expected) in [("Y", vec!["1", "2", "3"]), ("Y.06.01", vec!["1", "2"]), ("S.15", vec!["4"]), ("U", vec![])] {
            assert_eq!(numbers(&who.get(&format!("{path}&code={code}")).await.is(200)), expected, "{code}");
        }
        let first = who.get(&format!("{path}&limit=3")).await.is(200);
        assert_eq!((numbers(&first), first.at("/revision")), (vec!["1".to_owned(), "2".to_owned(), "3".to_owned()], json!(5)));
        let cursor = first.text_at("/nextCursor");
        let second = who.get(&format!("{path}&limit=3&cursor={cursor}")).await.is(200);
        assert_eq!((numbers(&second), second.at("/nextCursor")), (vec!["4".to_owned()], json!(null)));
        who.get(&format!("{path}&code=Y&cursor={cursor}")).await.refused(400, "request.cursor");
        let etag = first.etag();
        who.get_unless(&format!("{path}&limit=3"), &etag).await.is(304);
    }

    async fn a_product_is_listed_in_its_days_only(app: TestApp) {
        let day = |later: i64| (app.today() + TimeDelta::days(later)).to_string();
        let days = json!({ "validFrom": day(5), "validTo": day(9) });
        add(&app, SHOP, &product("1", "2.00", &days)).await.is(201);
        for (on, count) in [(day(4), 0), (day(5), 1), (day(9), 1), (day(10), 0)] {
            let found = app.as_persona(SHOP).get(&format!("{PRODUCTS}?contract={CONTRACT}&on={on}")).await.is(200);
            assert_eq!(numbers(&found).len(), count, "{on}");
        }
    }

    async fn a_list_belongs_to_a_contract(app: TestApp) {
        let who = app.as_persona(SHOP);
        who.get(PRODUCTS).await.refused(400, "request.missing_parameter");
        for (query, code, parameter) in [
            ("contract=%20", "value.text_empty", "contract"),
            ("contract=X&code=y", "device_provider.coverage", "code"),
        ] {
            let refused = who.get(&format!("{PRODUCTS}?{query}")).await.refused(422, code);
            assert_eq!(refused.at("/errors/0/parameter"), parameter);
        }
        assert_eq!(who.get(&format!("{PRODUCTS}?contract=X")).await.is(200).at("/items"), json!([]));
    }
}
