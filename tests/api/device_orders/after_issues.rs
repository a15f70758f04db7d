//! What an issue changes for the order, for the patient's other orders, and for what can be done next.

use super::goods::{
    goods, goods_of, held, held_months, held_whole, issue, item, pads, states, take_back, to_the_months_end,
};
use domain::calendar::warsaw_date;
use domain::device_order::model::OnPaper;
use serde_json::{Value, json};
use testkit::{
    DeviceOrder, PRESCRIBER, Response, SECOND_SHOP, SHOP, TestApp, absorbents, found, months, on_both,
    statement, wheelchair, with,
};

/// A child of six years without a PESEL.
fn for_child(app: &TestApp, order: Value) -> Value {
    let patient = json!({
        "givenNames": "Oksana", "familyName": "Przykładowa", "birthDate": "2020-09-01", "sex": "FEMALE",
        "identifier": { "kind": "FOREIGN_PASSPORT", "country": "UA", "number": "FA123456" },
    });
    let right = with(statement(app), "/madeBy", json!("STATUTORY_REPRESENTATIVE"));
    with(with(order, "/patient", patient), "/right", right)
}

fn breathing(app: &TestApp) -> Value {
    let device = json!({ "kind": "OTHER", "code": "U.02.02" });
    with(with(wheelchair(app), "/device", device), "/prescriber/specialties", json!(["chorób płuc"]))
}

/// A prosthesis, of which the list here does not say how long it is used.
fn prosthesis(app: &TestApp) -> Value {
    with(wheelchair(app), "/device", json!({ "kind": "OTHER", "code": "Z.01.01", "tier": 1 }))
}

async fn realised(app: &TestApp, content: &Value, one: &Value) -> (DeviceOrder, Response) {
    let order = DeviceOrder::positive(app, content).await;
    let taken = held_whole(app, &order).await;
    issue(app, &order, &taken, &goods(app, std::slice::from_ref(one))).await.is(200);
    (order, taken)
}

async fn actions(order: &DeviceOrder, persona: &'static str) -> Vec<(String, Value, Value)> {
    let told = order.app.as_persona(persona).get(&order.path_of("actions")).await.is(200);
    let items = told.at("/items").as_array().cloned().unwrap_or_default();
    let code = |item: &Value| item.pointer("/blockedBy/code").cloned().unwrap_or_default();
    items
        .iter()
        .map(|it| (it["path"].as_str().unwrap_or_default().to_owned(), code(it), it["unblockedBy"].clone()))
        .collect()
}

/// What blocks the action on the order or on its last take-up; `null` where nothing does.
async fn blocked(order: &DeviceOrder, persona: &'static str, action: &str) -> Value {
    let all = actions(order, persona).await;
    let line = all.iter().rev().find(|it| it.0.ends_with(&format!("/{action}")));
    line.unwrap_or_else(|| panic!("{action} is not told: {all:?}")).1.clone()
}

on_both! {
    async fn what_is_in_use_is_not_borne_again_before_its_time(app: TestApp) {
        let (order, taken) = realised(&app, &breathing(&app), &item("U.02.02", 1, 1, "200.00")).await;
        let (_, answer) = DeviceOrder::submitted(&app, &breathing(&app)).await;
        assert_eq!(found(&answer.is(200), "problems"), ["device_order.use_period_not_elapsed"]);
        let ground = json!({ "ground": "ADULT_CHANGE", "justification": "Zmiana wymiarów ciała." });
        let (_, answer) = DeviceOrder::submitted(&app, &with(breathing(&app), "/shortening", ground)).await;
        let found_with_ground = [found(&answer.is(200), "problems")].concat();
        assert_eq!(found_with_ground, ["device_order.shortening_unknown"], "nobody knows whether it may be cut short");
        take_back(&app, &order, &taken).await.is(200);
        let (_, answer) = DeviceOrder::submitted(&app, &breathing(&app)).await;
        assert_eq!(found(&answer.is(200), "problems"), ["device_order.duplicate"], "the first one is to be had again");
        app.advance_days(22);
        let gone = json!({ "reason": "Pacjentka zrezygnowała." });
        let seen = order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!(states(&seen), ["AVAILABLE"]);
        order.command(PRESCRIBER, "cancellation", &gone).await.is(200);
        DeviceOrder::positive(&app, &breathing(&app)).await;
    }

    async fn a_period_of_use_is_cut_short_only_where_the_list_admits_it(app: TestApp) {
        let figures = json!({ "tier": 1, "ages": { "from": 18 }, "holdsFrom": app.today(), "shortenable": false,
            "source": "Dz.U. 2025 poz. 1038, załącznik" });
        app.as_persona("nfz-officer").post("/api/v1/device-groups/U.02.02/figures", &figures).send().await.is(201);
        realised(&app, &breathing(&app), &item("U.02.02", 1, 1, "200.00")).await;
        let ground = json!({ "ground": "ADULT_CHANGE", "justification": "Zmiana wymiarów ciała." });
        let (_, answer) = DeviceOrder::submitted(&app, &with(breathing(&app), "/shortening", ground)).await;
        assert!(found(&answer.is(200), "problems").contains(&"device_order.not_shortenable".to_owned()));
    }

    async fn a_period_of_use_that_nobody_knows_warns(app: TestApp) {
        realised(&app, &prosthesis(&app), &item("Z.01.01", 1, 1, "350.00")).await;
        let (_, answer) = DeviceOrder::submitted(&app, &prosthesis(&app)).await;
        let answer = answer.is(200);
        let told = [found(&answer, "problems"), found(&answer, "warnings")].concat();
        assert!(told.contains(&"device_order.use_period_unknown".to_owned()), "{}", answer.text());
    }

    async fn an_order_on_paper_is_realised_where_it_was_begun(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let officer = json!({
            "person": app.persona("nfz-officer").person_id.expect("a person").to_string(), "givenNames": "Gustaw",
            "familyName": "Zmyślony", "function": "inspektor",
        });
        let paper: OnPaper = serde_json::from_value(json!({
            "branch": 7, "office": app.persona("nfz-officer").organisation.expect("an office").id.to_string(),
            "enteredBy": officer, "enteredAt": app.now(), "receivedOn": app.today(), "channel": { "kind": "COUNTER" },
            "reason": { "kind": "SIGNING_IMPOSSIBLE", "description": "Awaria czytnika podpisu." },
            "scan": { "title": "Zlecenie papierowe", "sha256": "ab".repeat(32) },
        })).expect("a paper");
        order.alter(move |confirmed| {
            confirmed.issue.paper = Some(paper);
        }).await;
        let second = app.as_persona(SECOND_SHOP);
        order.opened_by(&second).await;
        assert_eq!(blocked(&order, SECOND_SHOP, "take-ups").await, Value::Null);
        let taken = held_months(&app, &order, 1).await;
        let elsewhere = json!({ "months": months(&app, 1, 1), "place": "M-2" });
        order.take_up(&second, &elsewhere).await.refused(422, "device_order.paper_elsewhere");
        assert_eq!(blocked(&order, SECOND_SHOP, "take-ups").await, "device_order.paper_elsewhere");
        issue(&app, &order, &taken, &pads(&app, 90, "1.50")).await.is(200);
        order.take_up(&second, &elsewhere).await.refused(422, "device_order.paper_elsewhere");
        held(&app, &order, &json!({ "months": months(&app, 1, 1), "place": "M-1" })).await;
    }

    async fn months_that_are_left_are_cancelled_after_an_issue(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let taken = held_months(&app, &order, 2).await;
        let reason = json!({ "reason": "Zmiana leczenia." });
        order.seen_by(PRESCRIBER).await.is(200);
        order.command(PRESCRIBER, "cancellation", &reason).await.refused(409, "device_order.held");
        issue(&app, &order, &taken, &pads(&app, 180, "1.50")).await.is(200);
        order.seen_by(PRESCRIBER).await.is(200);
        let cancelled = order.command(PRESCRIBER, "cancellation", &reason).await.is(200);
        assert_eq!((cancelled.at("/state"), cancelled.at("/tailCancellation/cancellation/reason")), (json!("REALISED"), reason["reason"].clone()));
        assert_eq!(states(&cancelled)[..3], ["REALISED", "REALISED", "CANCELLED"]);
        take_back(&app, &order, &taken).await.is(200);
        let seen = order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!((seen.at("/state"), states(&seen)[..3].to_vec()), (json!("POSITIVE"), vec!["RESERVED".to_owned(), "RESERVED".into(), "CANCELLED".into()]));
    }

    async fn nothing_is_left_to_cancel_before_the_last_month_that_was_issued(app: TestApp) {
        to_the_months_end(&app);
        let order = DeviceOrder::positive(&app, &with(absorbents(&app), "/supply/months", json!(2))).await;
        held_months(&app, &order, 1).await;
        app.advance_days(2);
        let second = held(&app, &order, &json!({ "months": months(&app, 0, 1), "place": "M-1" })).await;
        issue(&app, &order, &second, &pads(&app, 90, "1.50")).await.is(200);
        let seen = order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!(states(&seen), ["RESERVED", "REALISED"]);
        let reason = json!({ "reason": "Zmiana leczenia." });
        let refused = order.command(PRESCRIBER, "cancellation", &reason).await;
        refused.refused_at(409, "device_order.nothing_left", "");
    }

    async fn an_order_ends_realised_once_the_rest_of_its_months_is_lost(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let taken = held_months(&app, &order, 1).await;
        issue(&app, &order, &taken, &pads(&app, 90, "1.50")).await.is(200);
        app.advance_days(400);
        app.fire_due("worker").await;
        let seen = order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!((seen.at("/state"), seen.at("/nfzStatus")), (json!("REALISED"), json!("Z")));
        assert_eq!(states(&seen)[..2], ["REALISED", "LOST"]);
        let history = app.as_persona(SHOP).get(&order.path_of("history")).await.is(200);
        let text = history.text();
        assert!(text.find("GoodsIssued") < text.find("MonthsLost") && text.contains("OrderRealised"), "{text}");
    }

    async fn a_supply_of_the_last_day_is_confirmed_after_the_year_and_none_is_issued_then(app: TestApp) {
        let order = DeviceOrder::positive(&app, &wheelchair(&app)).await;
        let last: chrono::NaiveDate = order.seen_by(PRESCRIBER).await.text_at("/periods/0/lastDay").parse().expect("a day");
        app.advance_days((last - app.today()).num_days());
        let taken = held_whole(&app, &order).await;
        app.advance_days(2);
        let chair = [item("S.12.01", 1, 1, "650.00")];
        let late = issue(&app, &order, &taken, &goods_of(warsaw_date(app.now()), &chair)).await;
        late.refused_at(422, "device_order.issue_date", "/issuedOn");
        issue(&app, &order, &taken, &goods_of(last, &chair)).await.is(200);
        assert_eq!(order.seen_by(PRESCRIBER).await.at("/state"), "REALISED");
    }

    async fn actions_tell_a_provider_what_it_can_do_and_what_stands_in_the_way(app: TestApp) {
        let order = DeviceOrder::positive(&app, &wheelchair(&app)).await;
        let (shop, second) = (app.as_persona(SHOP), app.as_persona(SECOND_SHOP));
        order.opened_by(&shop).await;
        order.opened_by(&second).await;
        assert_eq!(blocked(&order, SHOP, "take-ups").await, Value::Null);
        let taken = held_whole(&app, &order).await;
        let path = |action: &str| order.path_of(&format!("take-ups/{}/{action}", taken.text_at("/id")));
        let told = actions(&order, SHOP).await;
        let open: Vec<&str> = told.iter().filter(|it| it.1.is_null()).map(|it| it.0.as_str()).collect();
        assert_eq!(open, [path("withdrawal"), path("realisation")]);
        let taken_line = actions(&order, SECOND_SHOP).await;
        assert_eq!(taken_line.len(), 2, "another's take-up is not told: {taken_line:?}");
        assert_eq!((&taken_line[1].0, &taken_line[1].1), (&order.path_of("release-requests"), &Value::Null));
        assert_eq!((&taken_line[0].1, &taken_line[0].2), (&json!("device_order.month_taken"), &json!(["DEVICE_PROVIDER", "NFZ_OFFICER"])));
        let officer = actions(&order, "nfz-officer").await;
        assert!(officer.iter().any(|it| it.0 == path("withdrawal") && it.1.is_null()), "{officer:?}");
        issue(&app, &order, &taken, &goods(&app, &[item("S.12.01", 1, 1, "650.00")])).await.is(200);
        assert_eq!(blocked(&order, SHOP, "realisation").await, "device_order.wrong_state");
        assert_eq!(blocked(&order, SHOP, "realisation-withdrawal").await, Value::Null);
        assert_eq!(blocked(&order, SHOP, "receipt").await, Value::Null, "a correction");
        app.advance_days(31);
        assert_eq!(blocked(&order, SHOP, "realisation-withdrawal").await, "device_order.withdrawal_late");
        assert_eq!(blocked(&order, SHOP, "receipt").await, "device_order.receipt_late");
        assert_eq!(blocked(&order, "nfz-officer", "realisation-withdrawal").await, Value::Null);
    }

    async fn a_child_s_share_is_the_one_of_its_band(app: TestApp) {
        let order = DeviceOrder::drafted(&app, &for_child(&app, absorbents(&app))).await;
        let answer = order.submit().await.is(200);
        assert_eq!(answer.at("/state"), "POSITIVE", "{}", answer.text());
        let shop = app.as_persona(SHOP);
        let pair = json!({ "number": answer.at("/number"), "birthDate": "2020-09-01" });
        shop.look(testkit::LOOK_UPS, &pair).await.is(200);
        let taken = order.take_up(&shop, &json!({ "months": months(&app, 0, 1), "place": "M-1" })).await.is(201);
        let issued = issue(&app, &order, &taken, &pads(&app, 60, "2.50")).await.is(200);
        assert_eq!(issued.at("/realisation/total/refund"), "91.80");
        assert_eq!(issued.at("/realisation/total/copay"), "58.20");
    }
}
