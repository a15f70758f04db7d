//! What products would cost whom, before anything is written.

use chrono::Datelike;
use domain::calendar::warsaw_date;
use serde_json::{Value, json};
use testkit::{
    DeviceOrder, NOT_INSURED, SHOP, TestApp, absorbents, for_patient, months, on_both, pesel, statement, with,
};

fn choice(product: &Value) -> Value {
    json!({ "items": [{ "code": "Y.06.01", "tier": 2, "products": [product] }] })
}

fn take_up(app: &TestApp, count: u32) -> Value {
    json!({ "months": months(app, 0, count), "place": "M-1" })
}

fn amounts(price: &str, refund: &str, copay: &str) -> Value {
    json!({ "price": price, "refund": refund, "copay": copay })
}

on_both! {
    async fn each_choice_has_its_limit_refund_and_copay(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let shop = app.as_persona(SHOP);
        order.opened_by(&shop).await;
        let offer = json!({
            "contract": sandbox::contracts::CONTRACT, "product": "900000000001", "code": "Y.06.01", "maker": "Wytwórnia Przykładowa",
            "model": "Próbka M", "name": "Pieluchomajtki próbne", "price": "2.50",
        });
        shop.post("/api/v1/provider-products", &offer).send().await.is(201);
        let body = json!({ "takeUp": take_up(&app, 2), "choices": [
            choice(&json!({ "price": "1.50", "pieces": 180 })),
            choice(&json!({ "product": "900000000001", "pieces": 120 })),
        ]});
        let quoted = shop.look(&order.path_of("quotes"), &body).await.is(200);
        assert_eq!((quoted.at("/positive"), quoted.at("/problems")), (json!(true), json!([])));
        assert_eq!(quoted.at("/choices/0/items/0/line/limit"), "1.70");
        assert_eq!(quoted.at("/choices/0/total"), amounts("270.00", "216.00", "54.00"), "below the limit");
        // 120 × 1.70 × 80 %, and the patient the rest of 120 × 2.50.
        assert_eq!(quoted.at("/choices/1/total"), amounts("300.00", "163.20", "136.80"), "the dearer one");
        for table in ["take_ups", "device_order_periods"] {
            assert_eq!(app.count_of(format!("SELECT count(*) AS number FROM {table}")).await, 0, "{table}");
        }
    }

    async fn of_what_is_held_the_frozen_limits_count(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let shop = app.as_persona(SHOP);
        order.opened_by(&shop).await;
        let taken = order.take_up(&shop, &take_up(&app, 1)).await.is(201);
        let pads = json!({ "price": "2.50", "pieces": 60 });
        let body = json!({ "takeUpId": taken.at("/id"), "choices": [choice(&pads)] });
        let quoted = shop.look(&order.path_of("quotes"), &body).await.is(200);
        assert_eq!(quoted.at("/choices/0/total"), amounts("150.00", "81.60", "68.40"));
        let unknown = json!({ "takeUpId": order.id, "choices": [choice(&pads)] });
        shop.look(&order.path_of("quotes"), &unknown).await.refused(404, "device_order.take_up_unknown");
        let again = json!({ "takeUp": take_up(&app, 1), "choices": [choice(&pads)] });
        shop.look(&order.path_of("quotes"), &again).await.refused(409, "device_order.month_taken");
    }

    async fn a_quote_of_what_is_held_counts_the_months_that_are_left(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let shop = app.as_persona(SHOP);
        order.opened_by(&shop).await;
        let taken = order.take_up(&shop, &take_up(&app, 2)).await.is(201);
        let asked = |pieces: u32| {
            json!({ "takeUpId": taken.at("/id"), "choices": [choice(&json!({ "price": "1.50", "pieces": pieces }))] })
        };
        shop.look(&order.path_of("quotes"), &asked(180)).await.is(200);
        let next = warsaw_date(app.now()) + chrono::Months::new(1);
        let first = chrono::NaiveDate::from_ymd_opt(next.year(), next.month(), 1).unwrap();
        app.advance_days((first - app.today()).num_days());
        let over = shop.look(&order.path_of("quotes"), &asked(180)).await;
        over.refused_at(422, "device_order.pieces_exceeded", "/choices/0/items/0");
        shop.look(&order.path_of("quotes"), &asked(90)).await.is(200);
    }

    async fn what_would_be_refused_says_so_and_where(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let shop = app.as_persona(SHOP);
        order.opened_by(&shop).await;
        let pads = json!({ "price": "1.50", "pieces": 90 });
        for (second, code, pointer) in [
            (choice(&json!({ "price": "1.50", "pieces": 91 })), "device_order.pieces_exceeded", "/choices/1/items/0"),
            (choice(&json!({ "product": "1", "pieces": 90 })), "device_order.product_number", "/choices/1/items/0/products/0/product"),
            (with(choice(&pads), "/items/0/code", json!("S.12.01")), "device_order.code_not_confirmed", "/choices/1/items/0"),
        ] {
            let body = json!({ "takeUp": take_up(&app, 1), "choices": [choice(&pads), second] });
            shop.look(&order.path_of("quotes"), &body).await.refused_at(422, code, pointer);
        }
        let stated = with(for_patient(absorbents(&app), &pesel(NOT_INSURED)), "/right", statement(&app));
        let uninsured = DeviceOrder::positive(&app, &stated).await;
        uninsured.opened_by(&shop).await;
        app.advance_days(9);
        let body = json!({ "takeUp": take_up(&app, 1), "choices": [choice(&pads)] });
        let told = shop.look(&uninsured.path_of("quotes"), &body).await.is(200);
        assert_eq!((told.at("/positive"), told.at("/choices")), (json!(false), json!([])));
        assert_eq!(told.at("/problems/0/code"), "device_order.right_statement_old");
        let stranger = DeviceOrder::positive(&app, &for_patient(absorbents(&app), &pesel(77))).await;
        shop.look(&stranger.path_of("quotes"), &body).await.refused(404, "request.not_found");
    }
}
