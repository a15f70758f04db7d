//! A confirmed issue was an error and is taken back: the months are held again.

use super::goods::{
    goods, goods_of, held_months, held_whole, issue, item, pads, part, states, take_back, to_the_months_end,
};
use domain::values::AccessCode;
use serde_json::{Value, json};
use testkit::{
    DeviceOrder, LOOK_UPS, PRESCRIBER, SECOND_SHOP, SHOP, TestApp, absorbents, for_patient, on_both, pesel,
    wheelchair,
};

on_both! {
    async fn a_provider_takes_an_error_back_and_issues_the_right_goods(app: TestApp) {
        let patient = app.persona("patient").spec.pesel;
        let order = DeviceOrder::positive(&app, &for_patient(absorbents(&app), patient)).await;
        let taken = held_months(&app, &order, 2).await;
        take_back(&app, &order, &taken).await.refused(409, "device_order.not_realised");
        issue(&app, &order, &taken, &pads(&app, 90, "2.50")).await.is(200);
        let (path, reason) = (part(&order, &taken, "realisation-withdrawal"), json!({ "reason": "Wpisano zły wyrób." }));
        order.opened_by(&app.as_persona(SECOND_SHOP)).await;
        app.as_persona(SECOND_SHOP).post(&path, &reason).send().await.refused(404, "device_order.take_up_unknown");
        let shop = app.as_persona(SHOP);
        shop.post(&path, &json!({ "reason": "" })).send().await.is(422);
        let back = shop.post(&path, &reason).key("withdrawal-key-00001").send().await.is(200);
        assert_eq!((back.at("/state"), back.at("/realisation")), (json!("HELD"), Value::Null));
        assert_eq!(back.at("/withdrawnRealisations/0/reason"), reason["reason"]);
        assert_eq!(back.at("/withdrawnRealisations/0/amounts/refund"), "122.40");
        assert_eq!(back.at("/withdrawnRealisations/0/by"), Value::Null);
        let again = shop.post(&path, &reason).key("withdrawal-key-00001").send().await.is(200);
        assert_eq!(again.body, back.body);
        shop.post(&path, &reason).send().await.refused(409, "device_order.not_realised");
        assert_eq!(states(&order.seen_by(PRESCRIBER).await)[..2], ["RESERVED", "RESERVED"]);
        let right = issue(&app, &order, &taken, &pads(&app, 180, "1.50")).await.is(200);
        assert_eq!(right.at("/realisation/total/refund"), "216.00");
        let own = app.as_persona("patient").get(&order.path()).await.is(200);
        assert_eq!(own.at("/takeUps/0/withdrawnRealisations/0/reason"), reason["reason"], "the patient sees why");
        let history = app.as_persona("patient").get(&order.path_of("history")).await.is(200);
        assert!(history.text().contains("RealisationWithdrawn"), "{}", history.text());
    }

    async fn after_its_days_only_an_officer_takes_an_issue_back(app: TestApp) {
        let patient = app.persona("patient").spec.pesel;
        let order = DeviceOrder::positive(&app, &for_patient(wheelchair(&app), patient)).await;
        let taken = held_whole(&app, &order).await;
        issue(&app, &order, &taken, &goods(&app, &[item("S.12.01", 1, 1, "650.00")])).await.is(200);
        assert_eq!(order.seen_by(PRESCRIBER).await.at("/state"), "REALISED");
        app.advance_days(31);
        take_back(&app, &order, &taken).await.refused(409, "device_order.withdrawal_late");
        let reason = json!({ "reason": "Kontrola: wózka nie wydano." });
        let path = part(&order, &taken, "realisation-withdrawal");
        app.as_persona(PRESCRIBER).post(&path, &reason).send().await.refused(403, "auth.role");
        let back = app.as_persona("nfz-officer").post(&path, &reason).send().await.is(200);
        assert_eq!(back.at("/withdrawnRealisations/0/by/familyName"), "Zmyślony");
        for who in ["patient", SHOP] {
            let seen = app.as_persona(who).get(&order.path()).await.is(200);
            assert_eq!(seen.at("/takeUps/0/withdrawnRealisations/0/reason"), reason["reason"], "{who}");
            assert_eq!((seen.at("/state"), seen.at("/periods/0/state")), (json!("POSITIVE"), json!("RESERVED")));
        }
        assert!(order.seen_by(PRESCRIBER).await.at("/access/code").is_string(), "it opens the order again");
        // Nobody issues anything, so that the hold runs out and the supply is free.
        app.advance_days(22);
        app.fire_due("worker").await;
        assert_eq!(states(&order.seen_by(PRESCRIBER).await), ["AVAILABLE"]);
    }

    async fn an_order_that_is_open_again_has_a_code_that_no_other_has(app: TestApp) {
        let order = DeviceOrder::positive(&app, &wheelchair(&app)).await;
        let code = order.seen_by(PRESCRIBER).await.text_at("/access/code");
        let taken = held_whole(&app, &order).await;
        issue(&app, &order, &taken, &goods(&app, &[item("S.12.01", 1, 1, "650.00")])).await.is(200);
        let other = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let same = AccessCode::parse(&code).expect("a code");
        other.alter(move |confirmed| confirmed.access.code = Some(same)).await;
        take_back(&app, &order, &taken).await.is(200);
        let anew = order.seen_by(PRESCRIBER).await.text_at("/access/code");
        assert_eq!(other.seen_by(PRESCRIBER).await.text_at("/access/code"), code);
        assert_ne!(anew, code, "another order of the patient has it by now");
        let pair = json!({ "code": anew, "pesel": pesel(14) });
        let opened = app.as_persona(SHOP).look(LOOK_UPS, &pair).await.is(200);
        assert_eq!(opened.at("/id"), json!(order.id));
    }

    async fn an_order_that_is_open_again_keeps_its_code_where_nobody_has_it(app: TestApp) {
        let order = DeviceOrder::positive(&app, &wheelchair(&app)).await;
        let code = order.seen_by(PRESCRIBER).await.text_at("/access/code");
        let taken = held_whole(&app, &order).await;
        issue(&app, &order, &taken, &goods(&app, &[item("S.12.01", 1, 1, "650.00")])).await.is(200);
        take_back(&app, &order, &taken).await.is(200);
        assert_eq!(order.seen_by(PRESCRIBER).await.text_at("/access/code"), code);
    }

    async fn months_that_the_error_lost_are_given_back(app: TestApp) {
        to_the_months_end(&app);
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let (day, taken) = (app.today(), held_months(&app, &order, 2).await);
        app.advance_days(3);
        issue(&app, &order, &taken, &pads(&app, 90, "1.50")).await.is(200);
        assert_eq!(states(&order.seen_by(PRESCRIBER).await)[..2], ["LOST", "REALISED"]);
        take_back(&app, &order, &taken).await.is(200);
        assert_eq!(states(&order.seen_by(PRESCRIBER).await)[..2], ["RESERVED", "RESERVED"]);
        let right = goods_of(day, &[item("Y.06.01", 2, 180, "1.50")]);
        issue(&app, &order, &taken, &right).await.is(200);
        assert_eq!(states(&order.seen_by(PRESCRIBER).await)[..2], ["REALISED", "REALISED"]);
    }

    async fn of_two_withdrawals_at_once_one_counts(app: TestApp) {
        let order = DeviceOrder::positive(&app, &absorbents(&app)).await;
        let taken = held_months(&app, &order, 1).await;
        issue(&app, &order, &taken, &pads(&app, 90, "1.50")).await.is(200);
        let (one, two) = tokio::join!(take_back(&app, &order, &taken), take_back(&app, &order, &taken));
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "{} {}", one.text(), two.text());
    }
}
