//! Months of an order are taken up by one provider, and by no other.

use serde_json::{Value, json};
use testkit::{
    DeviceOrder, NOT_INSURED, PRESCRIBER, SECOND_SHOP, SHOP, TAKE_UPS, TestApp, absorbents, for_patient,
    months, on_both, pesel, statement, wheelchair, with,
};

fn asked(app: &TestApp, later: u32, count: u32) -> Value {
    json!({ "months": months(app, later, count), "place": "M-1" })
}

on_both! {
    async fn months_are_held_with_the_limits_of_now(app: TestApp) {
        let patient = app.persona("patient").spec.pesel;
        let order = DeviceOrder::positive(&app, &for_patient(absorbents(&app), patient)).await;
        let (shop, second) = (app.as_persona(SHOP), app.as_persona(SECOND_SHOP));
        order.opened_by(&shop).await;
        order.opened_by(&second).await;
        let taken = shop.post(&order.path_of("take-ups"), &asked(&app, 0, 2)).key("take-up-key-00000001").send().await;
        let taken = taken.is(201);
        assert_eq!((taken.at("/state"), taken.at("/months/count")), (json!("HELD"), json!(2)));
        assert_eq!((taken.at("/limitChanges"), taken.at("/problems")), (json!([]), json!([])));
        assert_eq!(taken.at("/lines/0/limit"), "1.70");
        assert_eq!(taken.at("/confirmedRight/confirmed"), true);
        assert_eq!(taken.at("/provider/contract"), sandbox::contracts::CONTRACT);
        assert_eq!(taken.text_at("/heldUntil"), (app.today() + chrono::Days::new(14)).to_string());
        assert!(taken.etag().contains('.'), "{}", taken.etag());
        let again = shop.post(&order.path_of("take-ups"), &asked(&app, 0, 2)).key("take-up-key-00000001").send().await;
        assert_eq!(again.is(201).body, taken.body, "the same request gets its first answer");
        let own = shop.get(&order.path()).await.is(200);
        assert_eq!((own.at("/periods/0/state"), own.at("/periods/0/nfzStatus")), (json!("RESERVED"), json!("R")));
        assert_eq!((own.at("/periods/0/takeUpId"), own.at("/periods/2/state")), (taken.at("/id"), json!("AVAILABLE")));
        let others = second.get(&order.path()).await.is(200);
        assert_eq!(others.at("/periods/0/heldUntil"), taken.at("/heldUntil"), "until when");
        assert_eq!((others.at("/periods/0/takeUpId"), others.at("/takeUps")), (Value::Null, json!([])));
        assert_eq!(others.at("/periods/0/heldBy/name"), taken.at("/provider/name"), "by whom");
        for who in ["patient", PRESCRIBER] {
            let seen = order.seen_by(who).await.is(200);
            assert_eq!(seen.at("/takeUps/0/provider/name"), taken.at("/provider/name"), "{who}");
        }
        let listed = shop.get(&format!("{TAKE_UPS}?state=HELD")).await.is(200);
        assert_eq!((listed.at("/items/0/id"), listed.at("/items/1")), (taken.at("/id"), Value::Null));
        assert_eq!(shop.get(&format!("{TAKE_UPS}?state=LAPSED")).await.is(200).at("/items"), json!([]));
        assert_eq!(second.get(TAKE_UPS).await.is(200).at("/items"), json!([]));
        let history = app.as_persona("patient").get(&order.path_of("history")).await.is(200);
        assert!(history.text().contains("MonthsTakenUp"), "{}", history.text());
    }

    async fn a_month_that_somebody_has_tells_until_when(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let (shop, second) = (app.as_persona(SHOP), app.as_persona(SECOND_SHOP));
        order.opened_by(&shop).await;
        order.opened_by(&second).await;
        let taken = order.take_up(&shop, &asked(&app, 0, 2)).await.is(201);
        let body = json!({ "months": months(&app, 1, 2), "place": "M-2" });
        let refused = order.take_up(&second, &body).await.refused_at(409, "device_order.month_taken", "/months");
        assert!(refused.text_at("/notBefore") > format!("{}T", taken.text_at("/confirmedUntil")), "{}", refused.text());
        assert!(!refused.text().contains(&taken.text_at("/provider/organisationId")), "{}", refused.text());
        let body = json!({ "months": months(&app, 2, 2), "place": "M-2" });
        let part = order.take_up(&second, &body).await.is(201);
        assert_eq!(part.at("/provider/actsFor"), taken.at("/provider/organisationId"), "a subcontractor, other months");
    }

    async fn eight_providers_at_once_fight_for_one_month_and_one_wins(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let providers = app.more_providers(8).await;
        for provider in &providers {
            order.opened_by(provider).await;
        }
        let body = asked(&app, 0, 1);
        let attempts = providers.iter().map(|provider| order.take_up(provider, &body));
        let answers = futures_util::future::join_all(attempts).await;
        let won: Vec<_> = answers.iter().filter(|answer| answer.status == 201).collect();
        assert_eq!(won.len(), 1, "{:?}", answers.iter().map(|it| (it.status, it.code())).collect::<Vec<_>>());
        for lost in answers.iter().filter(|answer| answer.status != 201) {
            assert_eq!((lost.status, lost.code().as_str()), (409, "device_order.month_taken"), "{}", lost.text());
        }
        assert_eq!(app.count("SELECT count(*) AS number FROM device_order_periods").await, 1);
        assert_eq!(app.count("SELECT count(*) AS number FROM take_ups").await, 1);
    }

    async fn eight_providers_at_once_each_get_a_month_of_their_own(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let providers = app.more_providers(8).await;
        for provider in &providers {
            order.opened_by(provider).await;
        }
        let attempts = providers.iter().zip(0..).map(|(provider, later)| {
            let body = asked(&app, later, 1);
            let order = &order;
            async move { order.take_up(provider, &body).await }
        });
        for answer in futures_util::future::join_all(attempts).await {
            assert!([201, 202].contains(&answer.status), "{}", answer.text());
        }
        app.execute("UPDATE take_ups SET verify_at = '2020-01-01 00:00:00' WHERE verify_at IS NOT NULL");
        app.finish_verifications().await;
        let seen = order.seen_by(PRESCRIBER).await.is(200);
        let states: Vec<Value> = (0..9).map(|month| seen.at(&format!("/periods/{month}/state"))).collect();
        assert_eq!(states, [vec![json!("RESERVED"); 8], vec![json!("AVAILABLE")]].concat());
    }

    async fn what_the_law_does_not_admit_is_refused(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let shop = app.as_persona(SHOP);
        order.take_up(&shop, &asked(&app, 0, 1)).await.refused(404, "request.not_found");
        order.opened_by(&shop).await;
        for (body, code, pointer) in [
            (asked(&app, 0, 7), "device_order.too_many_at_once", "/months/count"),
            (asked(&app, 0, 0), "device_order.too_many_at_once", "/months/count"),
            (asked(&app, 11, 2), "device_order.months_outside", "/months"),
            (json!({ "place": "M-1" }), "device_order.months_outside", "/months"),
            (json!({ "place": "M-9", "months": months(&app, 0, 1) }), "device_provider.place_unknown", "/place"),
        ] {
            order.take_up(&shop, &body).await.refused_at(422, code, pointer);
        }
        let unkeyed = shop.look(&order.path_of("take-ups"), &asked(&app, 0, 1)).await;
        assert_eq!(unkeyed.status, 400, "{}", unkeyed.text());
        app.as_persona(PRESCRIBER).post(&order.path_of("take-ups"), &asked(&app, 0, 1)).send().await.refused(403, "auth.role");
        app.advance_days(40);
        let past = json!({ "months": { "from": order.seen_by(PRESCRIBER).await.at("/periods/0/month"), "count": 1 }, "place": "M-1" });
        let lost = order.take_up(&shop, &past).await;
        let lost = lost.refused_at(409, "device_order.not_available", "/months");
        assert!(lost.text().contains("device_order.take_up_past"), "every rule is told: {}", lost.text());
    }

    async fn a_one_off_order_is_taken_up_whole(app: TestApp) {
        let order = DeviceOrder::positive(&app, &wheelchair(&app)).await;
        let shop = app.as_persona(SHOP);
        order.opened_by(&shop).await;
        order.take_up(&shop, &asked(&app, 0, 1)).await.refused_at(422, "device_order.months_outside", "/months");
        let taken = order.take_up(&shop, &json!({ "place": "M-1" })).await.is(201);
        assert_eq!((taken.at("/state"), taken.at("/months")), (json!("HELD"), Value::Null));
    }

    async fn what_the_payer_finds_at_the_counter_frees_the_months_again(app: TestApp) {
        let stated = with(for_patient(absorbents(&app), &pesel(NOT_INSURED)), "/right", statement(&app));
        let order = DeviceOrder::positive(&app, &stated).await;
        app.advance_days(9);
        let shop = app.as_persona(SHOP);
        order.opened_by(&shop).await;
        let refused = order.take_up(&shop, &asked(&app, 0, 1)).await.is(201);
        assert_eq!(refused.at("/state"), "REFUSED");
        assert_eq!(refused.at("/problems/0/code"), "device_order.right_statement_old", "{}", refused.text());
        assert!(refused.text_at("/problems/0/fix/en").len() > 10);
        let seen = shop.get(&order.path()).await.is(200);
        let periods = seen.at("/periods").as_array().cloned().unwrap_or_default();
        let present = periods.iter().find(|period| period["month"] == refused.at("/months/from")).unwrap();
        assert_eq!(present["state"], "AVAILABLE");
        let mut brought = asked(&app, 0, 1);
        brought["right"] = statement(&app);
        let taken = order.take_up(&shop, &brought).await.is(201);
        assert_eq!((taken.at("/state"), taken.at("/confirmedRight/confirmed")), (json!("HELD"), json!(false)));
        let refused = shop.get(&format!("{TAKE_UPS}?state=REFUSED")).await.is(200);
        assert_eq!(refused.at("/items").as_array().map(Vec::len), Some(1));
    }

    async fn what_a_counter_says_is_as_complete_as_an_order(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let shop = app.as_persona(SHOP);
        order.opened_by(&shop).await;
        let mut body = asked(&app, 0, 1);
        body["entitlement"] = json!({ "kind": "SET", "entitlement": { "code": "47IB", "document": { "kind": "OTHER" } } });
        let place = "/entitlement/entitlement/document/issuedOn";
        order.take_up(&shop, &body).await.refused_at(422, "device_order.entitlement_document", place);
        let mut body = asked(&app, 0, 1);
        body["right"] = json!({ "kind": "DOCUMENT", "document": { "kind": "OTHER" } });
        order.take_up(&shop, &body).await.refused_at(422, "device_order.right_proof_incomplete", "/right/document/number");
        let man = json!({ "givenNames": "Jan", "familyName": "Testowy", "identifier": { "kind": "PESEL", "number": "44051401359" } });
        let order = DeviceOrder::positive(&app, &with(absorbents(&app), "/patient", man)).await;
        order.opened_by(&shop).await;
        let mut body = asked(&app, 0, 1);
        body["pregnant"] = json!(true);
        order.take_up(&shop, &body).await.refused_at(422, "device_order.pregnancy_sex", "/pregnant");
    }

    async fn another_entitlement_changes_the_limits_and_says_why(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let shop = app.as_persona(SHOP);
        order.opened_by(&shop).await;
        let mut body = asked(&app, 0, 1);
        body["entitlement"] = json!({ "kind": "SET", "entitlement": {
            "code": "47IB",
            "document": { "kind": "INVALID_BOOK", "number": "K-1", "issuedOn": "2020-01-01", "until": { "kind": "INDEFINITE" } },
        }});
        let taken = order.take_up(&shop, &body).await.is(201);
        assert_eq!((taken.at("/lines/0/refundPercent"), taken.at("/entitlement/kind")), (json!(100), json!("SET")));
        assert_eq!(taken.at("/limitChanges"), json!([{ "reason": "ENTITLEMENT", "nfzLetter": "D" }]));
    }

    async fn what_nobody_finished_a_worker_does(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let shop = app.as_persona(SHOP);
        order.opened_by(&shop).await;
        // The second transaction cannot look at the patient, as if the process had ended between the two.
        app.execute("ALTER TABLE patients RENAME TO patients_away");
        let begun = order.take_up(&shop, &asked(&app, 0, 1)).await;
        app.execute("ALTER TABLE patients_away RENAME TO patients");
        assert_eq!(begun.is(202).at("/state"), "VERIFYING");
        assert_eq!(shop.get(&order.path()).await.is(200).at("/periods/0/nfzStatus"), "W", "closed to others");
        assert_eq!(app.finish_verifications().await, 0, "whoever asked may still be at it");
        app.execute("UPDATE take_ups SET verify_at = '2020-01-01 00:00:00'");
        let (one, two) = tokio::join!(app.finish_verifications(), app.finish_verifications());
        assert_eq!(one + two, 1);
        let seen = shop.get(&order.path()).await.is(200);
        assert_eq!((seen.at("/takeUps/0/state"), seen.at("/periods/0/state")), (json!("HELD"), json!("RESERVED")));
    }
}
