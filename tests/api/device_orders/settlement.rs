//! What is due from the payer, month by month, to the grosz.

use super::goods::{goods, held_months, issue, item, pads, part, take_back, to_the_months_end};
use domain::values::YearMonth;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use testkit::{
    DeviceOrder, Response, SECOND_SHOP, SHOP, TestApp, absorbents, for_patient, on_both, pesel, with,
};

const REPORTS: &str = "/api/v1/settlement-reports";

fn month(app: &TestApp) -> String {
    YearMonth::of(app.today()).to_string()
}

async fn report(app: &TestApp, month: &str, query: &str) -> Response {
    app.as_persona(SHOP).get(&format!("{REPORTS}/{month}{query}")).await
}

async fn sheet(app: &TestApp, month: &str) -> Response {
    let path = format!("{REPORTS}/{month}");
    app.as_persona(SHOP)
        .request(reqwest::Method::GET, &path)
        .header("Accept", "text/csv")
        .send()
        .await
        .is(200)
}

/// Grosze of an amount that may be negative.
fn grosze(amount: &Value) -> i64 {
    amount.as_str().expect("an amount").replace('.', "").parse().expect("grosze")
}

/// One order of a patient of their own, issued.
async fn issued(
    app: &TestApp,
    middle: u32,
    months: u32,
    items: &[Value],
) -> (DeviceOrder, Response, Response) {
    let any_tier = with(absorbents(app), "/device", json!({ "kind": "OTHER", "code": "Y.06.01" }));
    let order = DeviceOrder::positive(app, &for_patient(any_tier, &pesel(middle))).await;
    let taken = held_months(app, &order, months).await;
    let answer = issue(app, &order, &taken, &goods(app, items)).await.is(200);
    (order, taken, answer)
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn up_to(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most + 1
    }
}

/// What answers of issues said, month by month: price, refund, co-pay.
type Sums = BTreeMap<String, [i64; 3]>;

fn add(sums: &mut Sums, app: &TestApp, answer: &Response, sign: i64) {
    let sum = sums.entry(month(app)).or_default();
    for (at, member) in ["price", "refund", "copay"].into_iter().enumerate() {
        sum[at] += sign * grosze(&answer.at(&format!("/realisation/total/{member}")));
    }
}

fn of(value: &Value) -> [i64; 3] {
    ["price", "refund", "copay"].map(|member| grosze(&value[member]))
}

fn plus(one: [i64; 3], two: [i64; 3]) -> [i64; 3] {
    [one[0] + two[0], one[1] + two[1], one[2] + two[2]]
}

/// Totals, sums by code, pages and the sheet say the same.
async fn reconciles(app: &TestApp, month: &str, told: [i64; 3]) {
    let mut items = Vec::new();
    let mut query = "?limit=5".to_owned();
    loop {
        let page = report(app, month, &query).await.is(200);
        assert_eq!(of(&page.at("/totals")), told, "{month}");
        let by_code = page.at("/byCode").as_array().cloned().unwrap_or_default();
        assert_eq!(by_code.iter().map(of).fold([0; 3], plus), told, "{month}");
        items.extend(page.at("/items").as_array().cloned().unwrap_or_default());
        let Value::String(next) = page.at("/nextCursor") else { break };
        query = format!("?limit=5&cursor={next}");
    }
    assert_eq!(items.iter().map(of).fold([0; 3], plus), told, "{month}");
    for item in &items {
        let [price, refund, copay] = of(item);
        assert_eq!(price, refund + copay, "{item}");
    }
    let text = sheet(app, month).await.text();
    let lines: Vec<&str> = text.trim_end().split("\r\n").skip(1).collect();
    assert_eq!(lines.len(), items.len());
    let of_line = |line: &&str| {
        let fields: Vec<&str> = line.split(',').collect();
        let amounts = &fields[fields.len() - 3..];
        [0, 1, 2].map(|at| grosze(&json!(amounts[at])))
    };
    assert_eq!(lines.iter().map(of_line).fold([0; 3], plus), told, "{month}");
}

on_both! {
    async fn a_month_tells_what_was_issued_and_names_no_patient(app: TestApp) {
        let (order, taken, _) = issued(&app, 301, 2, &[item("Y.06.01", 2, 120, "2.50"), item("Y.06.01", 3, 60, "2.00")]).await;
        let told = report(&app, &month(&app), "").await.is(200);
        assert_eq!((told.at("/month"), told.at("/isClosed"), told.at("/totals/entries")), (json!(month(&app)), json!(false), json!(2)));
        // 120 × 1.70 × 80 % and 60 × 2.00 × 80 %.
        assert_eq!(told.at("/totals/refund"), "259.20");
        assert_eq!((told.at("/totals/price"), told.at("/totals/copay")), (json!("420.00"), json!("160.80")));
        assert_eq!((told.at("/byCode/0/code"), told.at("/byCode/0/pieces")), (json!("Y.06.01"), json!("180")));
        let first = told.at("/items/0");
        assert_eq!((&first["kind"], &first["takeUpId"], &first["orderId"]), (&json!("REALISED"), &taken.at("/id"), &json!(order.id)));
        assert_eq!((&first["orderNumber"], &first["issuedIn"]), (&taken.at("/orderNumber"), &json!(month(&app))));
        assert_eq!((&first["limit"], &first["refundPercent"], &first["contract"]), (&json!("1.70"), &json!(80), &json!(sandbox::contracts::CONTRACT)));
        let csv = sheet(&app, &month(&app)).await;
        assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
        let name = format!("attachment; filename=\"settlement-{}.csv\"", month(&app));
        assert_eq!(csv.header("content-disposition"), Some(name.as_str()));
        assert!(csv.body.starts_with(b"enteredAt,kind,orderNumber,") && csv.body.ends_with(b"\r\n"), "{}", csv.text());
        for text in [told.text(), csv.text()] {
            for named in [pesel(301), "Testowa".to_owned(), "Janina".to_owned(), "N39.4".to_owned()] {
                assert!(!text.contains(&named), "{named} in {text}");
            }
        }
    }

    async fn each_sees_its_own_and_an_officer_whose_they_name(app: TestApp) {
        issued(&app, 302, 1, &[item("Y.06.01", 2, 90, "1.50")]).await;
        let path = format!("{REPORTS}/{}", month(&app));
        let own = report(&app, &month(&app), "").await.is(200);
        let other = app.as_persona(SECOND_SHOP).get(&path).await.is(200);
        assert_eq!((other.at("/items"), other.at("/totals/refund")), (json!([]), json!("0.00")));
        let named = format!("{path}?provider={}", own.text_at("/providerId"));
        app.as_persona(SECOND_SHOP).get(&named).await.refused(403, "auth.not_yours");
        assert_eq!(app.as_persona(SHOP).get(&named).await.is(200).at("/totals"), own.at("/totals"));
        let officer = app.as_persona("nfz-officer");
        assert_eq!(officer.get(&named).await.is(200).at("/items"), own.at("/items"));
        let unnamed = officer.get(&path).await.refused(422, "device_order.settlement_provider");
        assert_eq!(unnamed.at("/errors/0/parameter"), "provider");
        officer.get(&format!("{REPORTS}/2030-13?provider={}", own.text_at("/providerId"))).await.refused(404, "request.not_found");
        let elsewhere = app.elsewhere(SHOP).get(&path).await.is(200);
        assert_eq!(elsewhere.at("/items"), json!([]), "another tester's space");
        app.settle().await;
        assert!(app.count("SELECT count(*) AS number FROM audit WHERE action = 'read_settlement_report'").await >= 4);
    }

    async fn whoever_holds_the_contract_settles_what_its_subcontractors_issue(app: TestApp) {
        issued(&app, 305, 1, &[item("Y.06.01", 2, 90, "1.50")]).await;
        let order = DeviceOrder::positive(&app, &for_patient(absorbents(&app), &pesel(306))).await;
        let second = app.as_persona(SECOND_SHOP);
        order.opened_by(&second).await;
        let body = json!({ "months": testkit::months(&app, 0, 1), "place": "M-2" });
        let taken = order.take_up(&second, &body).await.is(201);
        second.post(&part(&order, &taken, "realisation"), &pads(&app, 90, "2.50")).send().await.is(200);
        let due = report(&app, &month(&app), "").await.is(200);
        // 90 × 1.50 × 80 % at the holder's own place, 90 × 1.70 × 80 % at the subcontractor's.
        assert_eq!((due.at("/capacity"), due.at("/totals/refund")), (json!("HOLDER"), json!("230.40")));
        let (own, subcontractor) = (app.persona(SHOP).organisation.unwrap(), app.persona(SECOND_SHOP).organisation.unwrap());
        let named = |of: &Value| (of["providerId"].clone(), of["providerName"].clone(), of["place"].clone(), of["actsFor"].clone());
        assert_eq!(named(&due.at("/items/0")), (json!(own.id), json!(own.spec.name), json!("M-1"), Value::Null));
        assert_eq!(named(&due.at("/items/1")), (json!(subcontractor.id), json!(subcontractor.spec.name), json!("M-2"), json!(own.id)));
        let by_provider = due.at("/byProvider").as_array().cloned().unwrap_or_default();
        let of_subcontractor = by_provider.iter().find(|it| it["providerId"] == json!(subcontractor.id)).cloned().unwrap_or_default();
        assert_eq!((by_provider.len(), &of_subcontractor["refund"]), (2, &json!("122.40")), "{}", due.text());
        reconciles(&app, &month(&app), of(&due.at("/totals"))).await;
        assert!(sheet(&app, &month(&app)).await.text().contains(&format!("{},{},M-2,Y.06.01", subcontractor.id, subcontractor.spec.name)));
        for told in [due.text(), sheet(&app, &month(&app)).await.text()] {
            assert!(!told.contains(&pesel(306)) && !told.contains("Janina"), "{told}");
        }
        let supplied = report(&app, &month(&app), "?capacity=SUPPLIER").await.is(200);
        assert_eq!((supplied.at("/totals/refund"), supplied.at("/items/1")), (json!("108.00"), Value::Null));
        let path = format!("{REPORTS}/{}", month(&app));
        let of_second = second.get(&path).await.is(200);
        assert_eq!((of_second.at("/items"), of_second.at("/totals/refund")), (json!([]), json!("0.00")), "nothing is due to it");
        let of_second = second.get(&format!("{path}?capacity=SUPPLIER")).await.is(200);
        assert_eq!((of_second.at("/items/0/takeUpId"), of_second.at("/totals/refund")), (taken.at("/id"), json!("122.40")));
        let officer = app.as_persona("nfz-officer").get(&format!("{path}?provider={}", own.id)).await.is(200);
        assert_eq!(officer.at("/items"), due.at("/items"));
        app.as_persona(SHOP).get(&order.path()).await.refused(404, "request.not_found");
    }

    async fn a_holder_lists_its_subcontractors_take_ups_and_reads_no_order_of_theirs(app: TestApp) {
        let order = DeviceOrder::positive(&app, &for_patient(absorbents(&app), &pesel(307))).await;
        let second = app.as_persona(SECOND_SHOP);
        order.opened_by(&second).await;
        let body = json!({ "months": testkit::months(&app, 0, 1), "place": "M-2" });
        let taken = order.take_up(&second, &body).await.is(201);
        let shop = app.as_persona(SHOP);
        assert_eq!(shop.get(testkit::TAKE_UPS).await.is(200).at("/items"), json!([]), "its own alone, unless it asks");
        let listed = shop.get(&format!("{}?capacity=HOLDER&state=HELD", testkit::TAKE_UPS)).await.is(200);
        let subcontractor = app.persona(SECOND_SHOP).organisation.unwrap();
        assert_eq!((listed.at("/items/0/id"), listed.at("/items/1")), (taken.at("/id"), Value::Null));
        assert_eq!(listed.at("/items/0/provider"), json!({
            "organisationId": subcontractor.id, "name": subcontractor.spec.name, "place": "M-2",
            "actsFor": app.persona(SHOP).organisation.unwrap().id,
        }));
        assert!(!listed.text().contains(&pesel(307)) && !listed.text().contains("Testowa"), "{}", listed.text());
        shop.get(&order.path()).await.refused(404, "request.not_found");
        let realisation = shop.post(&part(&order, &taken, "realisation"), &pads(&app, 90, "2.50")).send().await;
        realisation.refused(404, "request.not_found");
        assert_eq!(second.get(&format!("{}?capacity=HOLDER", testkit::TAKE_UPS)).await.is(200).at("/items"), json!([]));
    }

    async fn a_later_correction_appears_in_the_month_in_which_it_is_made(app: TestApp) {
        to_the_months_end(&app);
        let (order, taken, _) = issued(&app, 303, 2, &[item("Y.06.01", 2, 90, "2.50")]).await;
        let first = month(&app);
        let open = report(&app, &first, "").await.is(200);
        assert!(open.etag().starts_with("W/\""), "{}", open.etag());
        app.advance_days(3);
        let closed = report(&app, &first, "").await.is(200);
        assert_eq!((closed.at("/isClosed"), closed.at("/items")), (json!(true), open.at("/items")));
        assert!(closed.etag().starts_with('"'), "{}", closed.etag());
        take_back(&app, &order, &taken).await.is(200);
        let second = report(&app, &month(&app), "").await.is(200);
        assert_eq!((second.at("/items/0/kind"), second.at("/items/0/pieces")), (json!("WITHDRAWN"), json!("-90")));
        assert_eq!((second.at("/items/0/refund"), second.at("/totals/refund")), (json!("-122.40"), json!("-122.40")));
        assert_eq!(second.at("/items/0/issuedIn"), json!(first), "the month of issue is told beside");
        assert_eq!(report(&app, &first, "").await.is(200).body, closed.body, "what is closed stays to the byte");
        let known = app.as_persona(SHOP).get_unless(&format!("{REPORTS}/{first}"), &closed.etag()).await;
        assert_eq!(known.status, 304);
        assert!(sheet(&app, &month(&app)).await.text().contains(",-122.40,"), "a number, and no text");
    }

    async fn what_was_not_carried_out_is_not_booked_and_a_replay_books_nothing(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let taken = held_months(&app, &order, 1).await;
        issue(&app, &order, &taken, &pads(&app, 91, "1.50")).await.is(422);
        let path = part(&order, &taken, "realisation");
        let body = pads(&app, 90, "1.50");
        for _ in 0..2 {
            app.as_persona(SHOP).post(&path, &body).key("booked-once-00000001").send().await.is(200);
        }
        let attempts = (0..4).map(|_| take_back(&app, &order, &taken));
        futures_util::future::join_all(attempts).await;
        let told = report(&app, &month(&app), "").await.is(200);
        assert_eq!((told.at("/totals/entries"), told.at("/totals/price")), (json!(2), json!("0.00")));
    }

    async fn nobody_changes_an_entry(app: TestApp) {
        issued(&app, 304, 1, &[item("Y.06.01", 2, 90, "1.50")]).await;
        for sql in ["UPDATE settlement_entries SET refund = 0", "DELETE FROM settlement_entries"] {
            let refused = app.try_execute(sql).expect_err("a trigger");
            assert!(refused.contains("never change"), "{sql}: {refused}");
        }
        assert_eq!(app.count("SELECT count(*) AS number FROM settlement_entries").await, 1);
    }

    async fn reports_reconcile_with_random_issues_and_withdrawals(app: TestApp) {
        to_the_months_end(&app);
        let mut dice = Dice(20_261_127);
        let mut sums = Sums::new();
        let mut done = Vec::new();
        for round in 0..14 {
            if round == 7 {
                app.advance_days(3);
            }
            let months = u32::try_from(dice.up_to(3)).expect("months");
            let most = u64::from(months) * 45;
            let items: Vec<Value> = (1..=2)
                .map(|tier| {
                    let price = format!("{}.{:02}", dice.up_to(4), dice.up_to(99));
                    item("Y.06.01", tier, u32::try_from(dice.up_to(most)).expect("pieces"), &price)
                })
                .collect();
            let (order, taken, answer) = issued(&app, 400 + round, months, &items).await;
            add(&mut sums, &app, &answer, 1);
            done.push((order, taken, answer));
            if dice.up_to(2) == 1 {
                let most = u64::try_from(done.len()).expect("a count");
                let which = usize::try_from(dice.up_to(most) - 1).expect("one of them");
                let (order, taken, answer) = done.swap_remove(which);
                take_back(&app, &order, &taken).await.is(200);
                add(&mut sums, &app, &answer, -1);
            }
        }
        assert_eq!(sums.len(), 2, "over two months: {sums:?}");
        for (month, told) in sums {
            reconciles(&app, &month, told).await;
        }
    }
}
