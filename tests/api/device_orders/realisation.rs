//! Goods are issued of what is held, and what the payer bears is split to the grosz.

use super::goods::{
    amounts, goods, goods_of, held_months, held_whole, issue, item, pads, part, product, states,
    to_the_months_end,
};
use app::device_group::ImportMode;
use chrono::TimeDelta;
use domain::device_group::built_in;
use serde_json::{Value, json};
use testkit::{
    DeviceOrder, PRESCRIBER, SECOND_SHOP, SHOP, TAKE_UPS, TestApp, absorbents, for_patient, months, on_both,
    pesel, wheelchair, with,
};

const LIST: &str = "/api/v1/provider-products";

/// Of the shop's own list.
fn listed(app: &TestApp, code: &str) -> Value {
    json!({
        "contract": sandbox::contracts::CONTRACT, "product": "900000000001", "code": code, "maker": "Wytwórnia Listowa",
        "model": "Model z listy", "name": "Pieluchomajtki z listy", "price": "2.50", "validFrom": app.today(),
    })
}

/// Lenses for far sight of a child, one tier for each eye.
fn lenses(app: &TestApp) -> Value {
    let lens = |eye: &str, sphere: &str| json!({ "code": "O.01.02", "lensUse": "FAR", "eye": eye, "sphere": sphere });
    let device = json!({ "kind": "LENSES", "pupilDistance": "58.5", "lenses": [lens("LEFT", "-6.00"), lens("RIGHT", "-6.25")] });
    let order = with(wheelchair(app), "/device", device);
    let order = with(order, "/supply", json!({ "kind": "ONE_OFF", "pieces": 2 }));
    let order = with(order, "/prescriber/specialties", json!(["okulista"]));
    let patient = json!({
        "givenNames": "Oksana", "familyName": "Przykładowa", "birthDate": "2020-09-01", "sex": "FEMALE",
        "identifier": { "kind": "FOREIGN_PASSPORT", "country": "UA", "number": "FA123456" },
    });
    let right = json!({ "kind": "STATEMENT", "madeOn": app.today(), "madeBy": "STATUTORY_REPRESENTATIVE" });
    with(with(order, "/patient", patient), "/right", right)
}

/// The catalogue in which absorbent products and a made-up group share a limit.
fn sharing() -> String {
    let shared = |line: &str| {
        let mut commas = 0;
        let mut is_quoted = false;
        let at = line.char_indices().find_map(|(at, c)| {
            is_quoted ^= c == '"';
            commas += u32::from(c == ',' && !is_quoted);
            (commas == 13).then_some(at + 1)
        });
        let (before, after) = line.split_at(at.expect("a column"));
        format!("{before}chłonne{after}")
    };
    let lines = built_in::TEXT.lines().flat_map(|line| match line.strip_prefix("Y.06.01,") {
        Some(rest) => vec![shared(line), shared(&format!("Y.06.99,{rest}"))],
        None => vec![line.to_owned()],
    });
    lines.collect::<Vec<_>>().join("\n")
}

on_both! {
    async fn months_are_issued_and_split_on_the_frozen_limits(app: TestApp) {
        let patient = app.persona("patient").spec.pesel;
        let order = DeviceOrder::positive(&app, &for_patient(absorbents(&app), patient)).await;
        app.as_persona(SHOP).post(LIST, &listed(&app, "Y.06.01")).send().await.is(201);
        let taken = held_months(&app, &order, 2).await;
        let on_list = json!({ "product": "900000000001", "serialNumber": "SN-1", "pieces": 120, "price": "2.50" });
        let body = goods(&app, &[json!({ "code": "Y.06.01", "tier": 2, "products": [on_list] })]);
        let path = part(&order, &taken, "realisation");
        let shop = app.as_persona(SHOP);
        let issued = shop.post(&path, &body).key("realisation-key-0001").send().await.is(200);
        assert_eq!((issued.at("/state"), issued.at("/realisation/method")), (json!("REALISED"), json!("IN_PERSON")));
        // 120 × 1.70 × 80 %, and the patient the rest of 120 × 2.50.
        assert_eq!(issued.at("/realisation/total"), amounts("300.00", "163.20", "136.80"));
        assert_eq!(issued.at("/realisation/items/0/amounts"), issued.at("/realisation/total"));
        assert_eq!(issued.at("/realisation/items/0/line/limit"), "1.70");
        assert_eq!(issued.at("/realisation/items/0/products/0/maker"), "Wytwórnia Listowa", "in the words of the list");
        assert_eq!(issued.at("/realisation/items/0/products/0/serialNumber"), "SN-1");
        assert_eq!(issued.at("/realisation/contract"), sandbox::contracts::CONTRACT);
        assert_eq!((issued.at("/realisation/receipt/by/kind"), issued.at("/realisation/receipt/version")), (json!("PATIENT"), json!(1)));
        let again = shop.post(&path, &body).key("realisation-key-0001").send().await.is(200);
        assert!(again.is_replayed());
        assert_eq!(again.body, issued.body, "the same request gets its first answer");
        shop.post(&path, &body).send().await.refused(409, "device_order.not_holder");
        let seen = order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!(states(&seen)[..3], ["REALISED", "REALISED", "AVAILABLE"]);
        assert_eq!((seen.at("/state"), seen.at("/periods/0/nfzStatus")), (json!("POSITIVE"), json!("Z")));
        let history = app.as_persona("patient").get(&order.path_of("history")).await.is(200);
        assert!(history.text().contains("GoodsIssued"), "{}", history.text());
        let listed = shop.get(&format!("{TAKE_UPS}?state=REALISED")).await.is(200);
        assert_eq!(listed.at("/items/0/id"), taken.at("/id"));
    }

    async fn each_party_sees_of_an_issue_what_concerns_it(app: TestApp) {
        let patient = app.persona("patient").spec.pesel;
        let order = DeviceOrder::positive(&app, &for_patient(absorbents(&app), patient)).await;
        let taken = held_months(&app, &order, 1).await;
        let other = json!({
            "kind": "OTHER", "givenNames": "Piotr", "familyName": "Testowy",
            "identifier": { "kind": "PESEL", "number": pesel(700) },
        });
        let body = with(pads(&app, 90, "1.50"), "/receipt/by", other.clone());
        issue(&app, &order, &taken, &body).await.is(200);
        let path = order.path_of(&format!("take-ups/{}", taken.text_at("/id")));
        app.as_persona("nfz-officer").get(&path).await.refused(404, "device_order.take_up_unknown");
        order.opened_to("nfz-officer").await;
        for who in ["patient", "nfz-officer", SHOP] {
            let seen = app.as_persona(who).get(&path).await.is(200);
            assert_eq!(seen.at("/realisation/receipt/by"), other, "{who}");
            assert_eq!(seen.at("/realisation/total"), amounts("135.00", "108.00", "27.00"), "{who}");
            assert!(!seen.text().contains("N39.4"), "{who}");
        }
        for who in [PRESCRIBER, "medical-assistant"] {
            let seen = app.as_persona(who).get(&path).await.is(200);
            assert!(seen.at("/realisation/receipt/receivedOn").is_string(), "{who}");
            assert_eq!(seen.at("/realisation/receipt/by"), Value::Null, "who went to the shop is not told to {who}");
            assert!(!order.seen_by(who).await.text().contains(&pesel(700)), "{who}");
        }
        let known = app.as_persona(SHOP).get(&path).await.is(200).etag();
        assert_eq!(app.as_persona(SHOP).get_unless(&path, &known).await.status, 304);
        let accesses = app.as_persona("patient").get("/api/v1/patient/access-log").await.is(200);
        for action in ["realise_take_up", "find_take_up"] {
            assert!(accesses.text().contains(action), "{action}: {}", accesses.text());
        }
        let second = app.as_persona(SECOND_SHOP);
        second.get(&path).await.refused(404, "request.not_found");
        order.opened_by(&second).await;
        second.get(&path).await.refused(404, "device_order.take_up_unknown");
        second.post(&part(&order, &taken, "realisation"), &body).send().await.refused(404, "device_order.take_up_unknown");
        let plain = "SELECT count(*) AS number FROM take_ups WHERE id LIKE '%Testowy%' OR state LIKE '%Testowy%'";
        assert_eq!(app.count(plain).await, 0);
    }

    async fn a_one_off_order_is_realised_whole(app: TestApp) {
        let order = DeviceOrder::positive(&app, &wheelchair(&app)).await;
        let taken = held_whole(&app, &order).await;
        let body = goods(&app, &[item("S.12.01", 1, 1, "700.00")]);
        let issued = issue(&app, &order, &taken, &body).await.is(200);
        assert_eq!(issued.at("/realisation/total"), amounts("700.00", "650.00", "50.00"));
        let seen = order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!((seen.at("/state"), seen.at("/nfzStatus")), (json!("REALISED"), json!("Z")));
        assert_eq!((seen.at("/access"), seen.at("/clocks")), (Value::Null, json!([])));
        let history = app.as_persona(SHOP).get(&order.path_of("history")).await.is(200);
        assert!(history.text().contains("OrderRealised"), "{}", history.text());
    }

    async fn lenses_have_an_item_for_each_side(app: TestApp) {
        let order = DeviceOrder::drafted(&app, &lenses(&app)).await;
        let answer = order.submit().await.is(200);
        assert_eq!(answer.at("/state"), "POSITIVE", "{}", answer.text());
        let shop = app.as_persona(SHOP);
        let number = json!({ "number": answer.at("/number"), "birthDate": "2020-09-01" });
        shop.look(testkit::LOOK_UPS, &number).await.is(200);
        let taken = order.take_up(&shop, &json!({ "place": "M-1" })).await.is(201);
        let sided = |side: &str, tier: u32, price: &str| with(item("O.01.02", tier, 1, price), "/side", json!(side));
        let body = goods(&app, &[sided("LEFT", 1, "60.00"), sided("RIGHT", 2, "40.00")]);
        let issued = issue(&app, &order, &taken, &body).await.is(200);
        assert_eq!(issued.at("/realisation/items/0/amounts"), amounts("60.00", "25.00", "35.00"));
        assert_eq!(issued.at("/realisation/items/1/amounts"), amounts("40.00", "40.00", "0.00"));
        assert_eq!((issued.at("/realisation/items/1/side"), issued.at("/realisation/contract")), (json!("RIGHT"), json!("PIASKOWNICA/07/0002")));
    }

    async fn a_code_that_shares_a_limit_is_issued_on_its_terms(app: TestApp) {
        app.import_catalogue("sharing.csv", &sharing(), ImportMode::Import).await.expect("a catalogue");
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let taken = held_months(&app, &order, 1).await;
        let choice = json!({ "items": [{ "code": "Y.06.99", "tier": 2, "products": [{ "price": "2.50", "pieces": 60 }] }] });
        let quote = json!({ "takeUpId": taken.at("/id"), "choices": [choice] });
        let quoted = app.as_persona(SHOP).look(&order.path_of("quotes"), &quote).await.is(200);
        assert_eq!(quoted.at("/choices/0/total"), amounts("150.00", "81.60", "68.40"));
        let over = goods(&app, &[item("Y.06.99", 2, 60, "2.50"), item("Y.06.01", 2, 31, "2.50")]);
        issue(&app, &order, &taken, &over).await.refused_at(422, "device_order.pieces_exceeded", "/items/0");
        let body = goods(&app, &[item("Y.06.99", 2, 60, "2.50")]);
        let issued = issue(&app, &order, &taken, &body).await.is(200);
        assert_eq!(issued.at("/realisation/items/0/code"), "Y.06.99");
        assert_eq!(issued.at("/realisation/items/0/line/code"), "Y.06.01", "on whose terms");
        assert_eq!(issued.at("/realisation/total"), quoted.at("/choices/0/total"));
    }

    async fn an_issue_in_time_is_confirmed_after_the_month_s_end(app: TestApp) {
        to_the_months_end(&app);
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let (day, taken) = (app.today(), held_months(&app, &order, 1).await);
        app.advance_days(20);
        let late = goods(&app, &[item("Y.06.01", 2, 90, "1.50")]);
        issue(&app, &order, &taken, &late).await.refused_at(422, "device_order.issue_date", "/issuedOn");
        let body = goods_of(day, &[item("Y.06.01", 2, 90, "1.50")]);
        let issued = issue(&app, &order, &taken, &body).await.is(200);
        assert_eq!((issued.at("/realisation/issuedOn"), issued.at("/realisation/lostMonths")), (json!(day), json!([])));
        assert_eq!(states(&order.seen_by(PRESCRIBER).await)[..2], ["REALISED", "AVAILABLE"]);
    }

    async fn months_that_passed_before_the_issue_are_lost(app: TestApp) {
        to_the_months_end(&app);
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let taken = held_months(&app, &order, 2).await;
        let first = taken.at("/months/from");
        app.advance_days(3);
        issue(&app, &order, &taken, &pads(&app, 91, "1.50")).await.refused_at(422, "device_order.pieces_exceeded", "/items/0");
        let issued = issue(&app, &order, &taken, &pads(&app, 90, "1.50")).await.is(200);
        assert_eq!(issued.at("/realisation/lostMonths"), json!([first]));
        assert_eq!(states(&order.seen_by(PRESCRIBER).await)[..3], ["LOST", "REALISED", "AVAILABLE"]);
    }

    async fn what_the_law_does_not_admit_is_refused(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let taken = held_months(&app, &order, 1).await;
        let tomorrow = app.today() + TimeDelta::days(1);
        let yesterday = app.today() - TimeDelta::days(1);
        let whole = pads(&app, 90, "1.50");
        let without = json!({ "product": "900000000009", "pieces": 1, "price": "1.50" });
        let first = "/items/0/products/0";
        for (body, code, pointer) in [
            (goods_of(tomorrow, &[item("Y.06.01", 2, 90, "1.50")]), "device_order.issue_date", "/issuedOn"),
            (goods(&app, &[]), "device_order.nothing_issued", "/items"),
            (goods(&app, &[json!({ "code": "Y.06.01", "tier": 2, "products": [] })]), "device_order.nothing_issued", "/items"),
            (goods(&app, &[item("Y.06.01", 2, 1, "1.50"), item("Y.06.01", 2, 1, "1.50")]), "device_order.item_repeated", "/items"),
            (goods(&app, &[item("S.12.01", 1, 1, "1.50")]), "device_order.code_not_confirmed", "/items/0"),
            (pads(&app, 91, "1.50"), "device_order.pieces_exceeded", "/items/0"),
            (pads(&app, 90, "0.00"), "device_order.price", &format!("{first}/price")),
            (pads(&app, 90, "999999999.99"), "device_order.amount_too_large", "/items"),
            (with(whole.clone(), first, without), "device_order.product_unlisted", &format!("{first}/product")),
            (with(whole.clone(), "/receipt", Value::Null), "device_order.receipt_required", "/receipt"),
            (with(whole.clone(), "/receipt/receivedOn", json!(yesterday)), "device_order.receipt_date", "/receipt/receivedOn"),
            (with(whole.clone(), "/receipt/receivedOn", json!(tomorrow)), "device_order.receipt_date", "/receipt/receivedOn"),
            (with(whole.clone(), "/items/0/products/0/product", json!("12A")), "value.trade_product_number", &format!("{first}/product")),
        ] {
            issue(&app, &order, &taken, &body).await.refused_at(422, code, pointer);
        }
        app.as_persona(SHOP).post(LIST, &listed(&app, "S.12.01")).send().await.is(201);
        let wrong = with(whole.clone(), &format!("{first}/product"), json!("900000000001"));
        issue(&app, &order, &taken, &wrong).await.refused_at(422, "device_order.product_code", &format!("{first}/product"));
        let path = part(&order, &taken, "realisation");
        let unkeyed = app.as_persona(SHOP).look(&path, &whole).await;
        assert_eq!(unkeyed.status, 400, "{}", unkeyed.text());
        app.as_persona(PRESCRIBER).post(&path, &whole).send().await.refused(403, "auth.role");
        let refused = "SELECT count(*) AS number FROM audit WHERE action = 'realise_take_up' AND refusal = 'device_order.price'";
        app.settle().await;
        assert_eq!(app.count(refused).await, 1, "an attempt that was refused is on record");
        assert_eq!(order.seen_by(PRESCRIBER).await.at("/periods/0/state"), "RESERVED");
    }

    async fn without_a_contract_on_the_day_of_issue_nothing_is_issued(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let taken = held_months(&app, &order, 1).await;
        let mut contracts = sandbox::contracts::sample(app.space());
        let yesterday = json!(app.today() - TimeDelta::days(1));
        contracts["contracts"][0]["validTo"] = yesterday.clone();
        for subcontractor in contracts["contracts"][0]["subcontractors"].as_array_mut().expect("subcontractors") {
            subcontractor["validTo"] = yesterday.clone();
        }
        app.import_contracts(&contracts.to_string(), ImportMode::Import).await.expect("the contracts");
        let body = pads(&app, 90, "1.50");
        issue(&app, &order, &taken, &body).await.refused(403, "device_order.no_contract");
        // Another one took its place, as at the turn of a year.
        let mut next = contracts["contracts"][0].clone();
        next["number"] = json!("PIASKOWNICA/07/0009");
        next["validFrom"] = json!(app.today());
        next["validTo"] = json!("2035-12-31");
        next["subcontractors"] = json!([]);
        contracts["contracts"].as_array_mut().expect("contracts").push(next);
        app.import_contracts(&contracts.to_string(), ImportMode::Import).await.expect("the contracts");
        let issued = issue(&app, &order, &taken, &body).await.is(200);
        assert_eq!(issued.at("/realisation/contract"), "PIASKOWNICA/07/0009");
        assert_eq!(issued.at("/provider/contract"), sandbox::contracts::CONTRACT, "under which it was taken up");
    }

    async fn a_subcontractor_issues_under_its_holder_s_contract(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let second = app.as_persona(SECOND_SHOP);
        order.opened_by(&second).await;
        let taken = order.take_up(&second, &json!({ "months": months(&app, 0, 1), "place": "M-2" })).await.is(201);
        let path = part(&order, &taken, "realisation");
        let issued = second.post(&path, &pads(&app, 90, "1.50")).send().await.is(200);
        assert_eq!(issued.at("/realisation/contract"), sandbox::contracts::CONTRACT);
        assert!(issued.at("/provider/actsFor").is_string());
    }

    async fn of_eight_issues_at_once_one_counts(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let taken = held_months(&app, &order, 1).await;
        let body = pads(&app, 90, "1.50");
        let attempts = (0..8).map(|_| issue(&app, &order, &taken, &body));
        let answers = futures_util::future::join_all(attempts).await;
        let won = answers.iter().filter(|answer| answer.status == 200).count();
        assert_eq!(won, 1, "{:?}", answers.iter().map(|it| (it.status, it.code())).collect::<Vec<_>>());
        for lost in answers.iter().filter(|answer| answer.status != 200) {
            assert_eq!((lost.status, lost.code().as_str()), (409, "device_order.not_holder"), "{}", lost.text());
        }
    }

    async fn an_issue_and_its_give_back_at_once_leave_one_of_both(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let taken = held_months(&app, &order, 1).await;
        let body = pads(&app, 90, "1.50");
        let (shop, reason) = (app.as_persona(SHOP), json!({ "reason": "Brak towaru." }));
        let path = part(&order, &taken, "withdrawal");
        let given_back = shop.post(&path, &reason).send();
        let (issued, given_back) = tokio::join!(issue(&app, &order, &taken, &body), given_back);
        let mut statuses = [issued.status, given_back.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "{} {}", issued.text(), given_back.text());
    }

    async fn of_a_hold_that_ran_out_nothing_is_issued_whether_or_not_a_worker_was_there(app: TestApp) {
        let order = DeviceOrder::positive(&app, &wheelchair(&app)).await;
        let (day, taken) = (app.today(), held_whole(&app, &order).await);
        app.advance_days(22);
        let body = goods_of(day, &[item("S.12.01", 1, 1, "650.00")]);
        let (issued, _) = tokio::join!(issue(&app, &order, &taken, &body), app.fire_due("worker"));
        issued.refused(409, "device_order.not_holder");
        let seen = app.as_persona(SHOP).get(&order.path()).await.is(200);
        assert_eq!((seen.at("/takeUps/0/state"), states(&seen)), (json!("LAPSED"), vec!["AVAILABLE".to_owned()]));
    }

    async fn worked_examples_come_to_the_grosz(app: TestApp) {
        let share = |tier: u32, limit: &str| json!({
            "tier": tier, "ages": { "from": 18 }, "holdsFrom": app.today(), "copayPercent": 30, "source": "Dz.U. 2021, stan na grudzień",
            "limit": { "amount": limit, "basis": "PER_PIECE" }, "reason": "Przykład z 2021 roku.",
        });
        let entered = [share(1, "1.00"), share(2, "1.70"), share(3, "5.35")];
        for figures in &entered {
            app.as_persona("nfz-officer").post("/api/v1/device-groups/Y.06.01/figures", figures).send().await.is(201);
        }
        let any_tier = |order: Value| with(order, "/device", json!({ "kind": "OTHER", "code": "Y.06.01" }));
        for (middle, months, tier, pieces, price, told) in [
            (101, 1, 2, 60, "2.50", amounts("150.00", "71.40", "78.60")),
            (102, 1, 2, 90, "2.50", amounts("225.00", "107.10", "117.90")),
            (103, 1, 1, 80, "1.50", amounts("120.00", "56.00", "64.00")),
            // The whole line is rounded: 180 × 5.35 × 70 %, and not 180 × 3.75.
            (104, 2, 3, 180, "5.35", amounts("963.00", "674.10", "288.90")),
        ] {
            let order = DeviceOrder::positive(&app, &for_patient(any_tier(absorbents(&app)), &pesel(middle))).await;
            let taken = held_months(&app, &order, months).await;
            let issued = issue(&app, &order, &taken, &goods(&app, &[item("Y.06.01", tier, pieces, price)])).await.is(200);
            assert_eq!(issued.at("/realisation/total"), told, "{middle}");
        }
        let ruling = json!({ "code": "47ZN", "document": {
            "kind": "DISABILITY_RULING", "number": "ON/1/2025", "issuedOn": "2025-06-01", "until": { "kind": "INDEFINITE" },
        }});
        let entitled = with(for_patient(absorbents(&app), &pesel(105)), "/additionalEntitlement", ruling);
        let entitled = with(entitled, "/grounds/largerQuantity", json!("Ciężkie nietrzymanie."));
        let order = DeviceOrder::positive(&app, &with(entitled, "/supply/piecesAMonth", json!("130"))).await;
        let taken = held_months(&app, &order, 1).await;
        let issued = issue(&app, &order, &taken, &pads(&app, 130, "2.50")).await.is(200);
        assert_eq!(issued.at("/realisation/total"), amounts("325.00", "154.70", "170.30"), "47ZN: share and limit stay");
    }

    async fn worked_examples_of_other_groups_come_to_the_grosz(app: TestApp) {
        let device = |code: &str| json!({ "kind": "OTHER", "code": code });
        let breathing = with(with(wheelchair(&app), "/device", device("U.02.01")), "/prescriber/specialties", json!(["chorób płuc"]));
        let order = DeviceOrder::positive(&app, &breathing).await;
        let taken = held_whole(&app, &order).await;
        let issued = issue(&app, &order, &taken, &goods(&app, &[item("U.02.01", 1, 1, "2100.00")])).await.is(200);
        assert_eq!(issued.at("/realisation/total"), amounts("2100.00", "1890.00", "210.00"));
        let stoma = with(device("W.01.01.I"), "/stoma", json!({ "kind": "ILEOSTOMY", "count": 1 }));
        let bags = with(with(with(absorbents(&app), "/device", stoma), "/supply/piecesAMonth", json!("1")), "/prescriber/specialties", json!(["chirurgia ogólna"]));
        let order = DeviceOrder::positive(&app, &bags).await;
        let taken = held_months(&app, &order, 3).await;
        let issued = issue(&app, &order, &taken, &goods(&app, &[item("W.01.01.I", 1, 140, "10.00")])).await.is(200);
        assert_eq!(issued.at("/realisation/total"), amounts("1400.00", "1350.00", "50.00"), "a month's amount, three times");
        let cheap = DeviceOrder::positive(&app, &with(absorbents(&app), "/device/tier", json!(3))).await;
        let taken = held_months(&app, &cheap, 1).await;
        let mut below = goods(&app, &[item("Y.06.01", 3, 60, "2.00")]);
        below["items"][0]["products"].as_array_mut().expect("products").push(product(30, "2.00"));
        let issued = issue(&app, &cheap, &taken, &below).await.is(200);
        assert_eq!(issued.at("/realisation/total"), amounts("180.00", "144.00", "36.00"), "below the limit");
    }

    async fn whoever_supplies_is_told_no_diagnosis(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let taken = held_months(&app, &order, 1).await;
        let issued = issue(&app, &order, &taken, &pads(&app, 90, "1.50")).await.is(200);
        let seen = app.as_persona(SHOP).get(&order.path()).await.is(200);
        for told in [issued.text(), seen.text()] {
            assert!(!told.contains("N39.4") && !told.contains("Nietrzymanie"), "{told}");
        }
    }
}
