//! `POST /provider-products`, and one product read, changed and withdrawn.

use super::{CONTRACT, PRODUCTS, SECOND, SHOP, add, offer, offered, path, priced, product};
use chrono::TimeDelta;
use futures_util::future::join_all;
use serde_json::json;
use testkit::{TestApp, on_both};

on_both! {
    async fn a_product_is_added_found_and_told_once_more(app: TestApp) {
        let added = add(&app, SHOP, &product("007", "2.30", &json!({}))).await.is(201);
        let place = path(&added);
        assert_eq!((added.header("location"), added.etag()), (Some(place.as_str()), "\"1\"".to_owned()));
        assert_eq!((added.at("/listRevision"), added.at("/product"), added.at("/contract")), (json!(2), json!("007"), json!(CONTRACT)));
        let found = app.as_persona(SHOP).get(&place).await.is(200);
        assert_eq!(found.at("/entries/0/offer"), offer("2.30", &json!({})));
        assert_eq!((found.at("/entries/0/validFrom"), found.at("/entries/0/validTo")), (json!(app.today()), json!(null)));
        assert_eq!((found.at("/limits"), found.at("/entries/0/replaced")), (json!(null), json!(false)));
        app.as_persona(SHOP).get_unless(&place, "\"1\"").await.is(304);
        let audited = "SELECT count(*) AS number FROM audit WHERE refusal IS NULL AND action = 'create_provider_product' \
                       AND document_kind = 'PROVIDER_PRODUCT'";
        assert_eq!(app.count(audited).await, 1);
    }

    async fn a_price_changes_from_a_day_on_and_the_former_stays_on_record(app: TestApp) {
        let place = path(&add(&app, SHOP, &product("1", "2.30", &json!({}))).await.is(201));
        let later = (app.today() + TimeDelta::days(30)).to_string();
        let change = offer("2.45", &json!({ "validFrom": later }));
        let changed = app.as_persona(SHOP).put(&place, &change).if_match(1).send().await.is(200);
        assert_eq!((changed.at("/revision"), changed.at("/entries/0/offer/price")), (json!(2), json!("2.30")));
        assert_eq!(changed.at("/entries/1/offer/price"), "2.45");
        assert_eq!(offered(&app, SHOP, &app.today().to_string()).await, priced(&[("1", "2.30")]));
        assert_eq!(offered(&app, SHOP, &later).await, priced(&[("1", "2.45")]));
        let now = app.as_persona(SHOP).put(&place, &offer("2.00", &json!({}))).if_match(2).send().await.is(200);
        let replaced: Vec<_> = (0..3).map(|at| now.at(&format!("/entries/{at}/replaced"))).collect();
        assert_eq!(replaced, [json!(true), json!(true), json!(false)], "today's and the planned one");
        assert_eq!(offered(&app, SHOP, &later).await, priced(&[("1", "2.00")]));
        let same = app.as_persona(SHOP).put(&place, &offer("2.00", &json!({}))).if_match(3).send().await.is(200);
        assert_eq!(same.at("/revision"), json!(3), "nothing is different");
    }

    async fn a_withdrawn_product_is_not_offered_and_can_be_again(app: TestApp) {
        let who = app.as_persona(SHOP);
        let place = path(&add(&app, SHOP, &product("1", "2.30", &json!({}))).await.is(201));
        let withdrawal = format!("{place}/withdrawal");
        let tomorrow = (app.today() + TimeDelta::days(1)).to_string();
        let withdrawn = who.post(&withdrawal, &json!({ "validFrom": tomorrow })).if_match(1).send().await.is(200);
        assert_eq!((withdrawn.etag(), withdrawn.at("/entries/1/offer")), ("\"2\"".to_owned(), json!(null)));
        assert_eq!(offered(&app, SHOP, &app.today().to_string()).await.len(), 1);
        assert_eq!(offered(&app, SHOP, &tomorrow).await, []);
        who.post(&withdrawal, &json!({ "validFrom": tomorrow })).if_match(2).send().await
            .refused(409, "provider_product.not_offered");
        let yesterday = (app.today() - TimeDelta::days(1)).to_string();
        who.post(&withdrawal, &json!({ "validFrom": yesterday })).if_match(2).send().await
            .refused_at(422, "provider_product.change_past", "/validFrom");
        who.put(&place, &offer("2.40", &json!({ "validFrom": tomorrow }))).if_match(2).send().await.is(200);
        assert_eq!(offered(&app, SHOP, &tomorrow).await, priced(&[("1", "2.40")]));
        let refused = "SELECT count(*) AS number FROM audit WHERE refusal = 'provider_product.not_offered'";
        assert_eq!(app.count(refused).await, 1);
    }

    async fn what_does_not_fit_is_refused_with_its_place(app: TestApp) {
        for (number, price, more, code, pointer) in [
            ("1234567890123", "2.30", json!({}), "value.trade_product_number", "/product"),
            ("1", "2,30", json!({}), "value.money", "/price"),
            ("1", "0.00", json!({}), "provider_product.price_zero", "/price"),
            ("1", "2.30", json!({ "code": "y" }), "value.payer_code", "/code"),
            ("1", "2.30", json!({ "code": "O.01.01" }), "device_provider.code_not_covered", "/code"),
            ("1", "2.30", json!({ "maker": " " }), "value.text_empty", "/maker"),
            ("1", "2.30", json!({ "model": "m".repeat(251) }), "value.text_too_long", "/model"),
            ("1", "2.30", json!({ "contract": "PIASKOWNICA/12/0003" }), "device_provider.not_contracted", "/contract"),
            ("1", "2.30", json!({ "validFrom": "2036-01-01" }), "device_provider.contract_not_in_force", "/validFrom"),
            ("1", "2.30", json!({ "validTo": "2020-01-01" }), "provider_product.days", "/validTo"),
            ("1", "2.30", json!({ "validTo": "2036-01-01" }), "provider_product.days", "/validTo"),
        ] {
            let status = if code.starts_with("device_provider") { 403 } else { 422 };
            add(&app, SHOP, &product(number, price, &more)).await.refused_at(status, code, pointer);
        }
        assert_eq!(app.count("SELECT count(*) AS number FROM provider_products").await, 0);
        assert_eq!(app.count("SELECT count(*) AS number FROM provider_product_lists").await, 0);
        let place = path(&add(&app, SHOP, &product("1", "2.30", &json!({}))).await.is(201));
        let past = offer("2.30", &json!({ "validFrom": "2026-01-01" }));
        app.as_persona(SHOP).put(&place, &past).if_match(1).send().await
            .refused_at(422, "provider_product.change_past", "/validFrom");
        let yesterday = json!({ "validFrom": (app.today() - TimeDelta::days(1)).to_string() });
        add(&app, SHOP, &product("2", "2.30", &yesterday)).await
            .refused_at(422, "provider_product.change_past", "/validFrom");
    }

    async fn days_that_have_passed_keep_their_price(app: TestApp) {
        let place = path(&add(&app, SHOP, &product("1", "2.30", &json!({}))).await.is(201));
        let first = app.today().to_string();
        app.advance_days(3);
        let (second, before) = (app.today().to_string(), (app.today() - TimeDelta::days(1)).to_string());
        app.as_persona(SHOP).put(&place, &offer("2.45", &json!({}))).if_match(1).send().await.is(200);
        app.advance_days(3);
        app.as_persona(SHOP).put(&place, &offer("2.60", &json!({}))).if_match(2).send().await.is(200);
        for (on, price) in [(first, "2.30"), (before, "2.30"), (second, "2.45"), (app.today().to_string(), "2.60")] {
            assert_eq!(offered(&app, SHOP, &on).await, priced(&[("1", price)]), "{on}");
        }
    }

    async fn a_number_stands_once_on_a_list_and_on_every_list(app: TestApp) {
        let first = add(&app, SHOP, &product("1", "2.30", &json!({}))).await.is(201);
        let again = add(&app, SHOP, &product("1", "2.40", &json!({}))).await.refused(409, "provider_product.exists");
        assert_eq!((again.at("/existing/id"), again.at("/existing/href")), (first.at("/id"), json!(path(&first))));
        let other = json!({ "contract": "PIASKOWNICA/07/0002", "code": "O.01.01" });
        add(&app, SHOP, &product("1", "2.40", &other)).await.is(201);
        add(&app, SECOND, &product("1", "2.50", &json!({}))).await.is(201);
        let today = app.today().to_string();
        assert_eq!(offered(&app, SHOP, &today).await, priced(&[("1", "2.30")]));
        assert_eq!(offered(&app, SECOND, &today).await, priced(&[("1", "2.50")]));
    }

    async fn another_organisation_s_product_does_not_exist(app: TestApp) {
        let place = path(&add(&app, SHOP, &product("1", "2.30", &json!({}))).await.is(201));
        for who in [app.as_persona(SECOND), app.elsewhere(SHOP)] {
            who.get(&place).await.refused(404, "request.not_found");
            who.put(&place, &offer("1.00", &json!({}))).if_match(1).send().await.refused(404, "request.not_found");
            who.post(&format!("{place}/withdrawal"), &json!({})).if_match(1).send().await
                .refused(404, "request.not_found");
            let list = who.get(&format!("{PRODUCTS}?contract={CONTRACT}")).await.is(200);
            assert_eq!((list.at("/items"), list.at("/revision")), (json!([]), json!(1)));
        }
        for who in ["device-prescriber", "nfz-officer", "pharmacist"] {
            app.as_persona(who).get(&place).await.refused(403, "auth.role");
            app.as_persona(who).post(PRODUCTS, &product("2", "2.30", &json!({}))).send().await.refused(403, "auth.role");
        }
        assert_eq!(offered(&app, SHOP, &app.today().to_string()).await, priced(&[("1", "2.30")]));
    }

    async fn a_change_needs_the_revision_that_was_seen(app: TestApp) {
        let who = app.as_persona(SHOP);
        let place = path(&add(&app, SHOP, &product("1", "2.30", &json!({}))).await.is(201));
        who.put(&place, &offer("2.40", &json!({}))).send().await.refused(428, "request.if_match_missing");
        who.put(&place, &offer("2.40", &json!({}))).if_match(2).send().await.refused(412, "request.stale");
        who.post(&format!("{place}/withdrawal"), &json!({})).send().await.refused(428, "request.if_match_missing");
        assert_eq!(offered(&app, SHOP, &app.today().to_string()).await, priced(&[("1", "2.30")]));
    }

    async fn what_is_asked_for_twice_is_done_once(app: TestApp) {
        let ask = || app.as_persona(SHOP).post(PRODUCTS, &product("1", "2.30", &json!({}))).key("the-first-product-of-the-list");
        let (first, second) = (ask().send().await.is(201), ask().send().await.is(201));
        assert!(second.is_replayed());
        assert_eq!(first.text(), second.text());
        assert_eq!(app.count("SELECT count(*) AS number FROM provider_product_entries").await, 1);
        let bare = app.as_persona(SHOP).post(PRODUCTS, &product("2", "2.30", &json!({}))).without_key().send().await;
        bare.refused(400, "request.idempotency_key_missing");
    }

    async fn of_many_changes_at_once_one_is_made_and_the_others_look_again(app: TestApp) {
        let place = path(&add(&app, SHOP, &product("1", "2.30", &json!({}))).await.is(201));
        let prices: Vec<String> = (1..=6).map(|price| format!("{price}.00")).collect();
        let asked = prices.iter().map(|price| app.as_persona(SHOP).put(&place, &offer(price, &json!({}))).if_match(1).send());
        let mut statuses: Vec<u16> = join_all(asked).await.iter().map(|answer| answer.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412, 412, 412, 412, 412]);
        assert_eq!(app.count("SELECT count(*) AS number FROM provider_product_entries").await, 2);
        let numbers: Vec<_> = (0..6).map(|_| product("2", "1.00", &json!({}))).collect();
        let mut statuses: Vec<u16> = join_all(numbers.iter().map(|body| add(&app, SHOP, body))).await.iter().map(|it| it.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409, 409, 409, 409, 409]);
    }

    async fn groups_without_a_product_at_the_limit_are_warned_of_and_unknown_ones_named(app: TestApp) {
        let group = app.as_persona(SHOP).get("/api/v1/device-groups/Y.06.01").await.is(200);
        let limit = group.at("/tiers/0/bands/0/limit/amount");
        assert!(limit.is_string(), "{limit}");
        let dear = add(&app, SHOP, &product("1", "99.00", &json!({}))).await.is(201);
        let warned = |answer: &testkit::Response| {
            let all = answer.at("/limits/noneAtLimit").as_array().cloned().unwrap();
            all.iter().map(|it| it["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert!(warned(&dear).contains(&"Y.06.01".to_owned()), "{:?}", warned(&dear));
        let unknown = dear.at("/limits/limitNotKnownHere").as_array().cloned().unwrap();
        assert!(!unknown.is_empty() && unknown.iter().all(|it| !warned(&dear).contains(&it.as_str().unwrap().to_owned())));
        assert_eq!(dear.at("/limits/codesNotKnownHere"), json!([]));
        let cheap = add(&app, SHOP, &product("2", "0.01", &json!({}))).await.is(201);
        assert!(!warned(&cheap).contains(&"Y.06.01".to_owned()));
        let withdrawal = format!("{}/withdrawal", path(&cheap));
        let gone = app.as_persona(SHOP).post(&withdrawal, &json!({})).if_match(1).send().await.is(200);
        assert!(warned(&gone).contains(&"Y.06.01".to_owned()));
        let odd = add(&app, SHOP, &product("3", "1.00", &json!({ "code": "Y.99.99" }))).await.is(201);
        assert_eq!(odd.at("/limits/codesNotKnownHere"), json!(["Y.99.99"]));
    }
}
