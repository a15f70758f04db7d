//! The end of a verification, whatever happens between its beginning and it.

use chrono::TimeDelta;
use sandbox::insurance::Mood;
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{
    DeviceOrder, Kind, NOT_INSURED, PRESCRIBER, SHOP, TestApp, absorbents, for_patient, found, months,
    on_both, pesel, statement, wheelchair, with,
};

const ASSISTANT: &str = "medical-assistant";
const OFFICER: &str = "nfz-officer";

/// Waits until something is being looked at.
async fn until_begun(app: &TestApp, table: &str) {
    let sql = format!("SELECT count(*) AS number FROM {table} WHERE state = 'VERIFYING'");
    for _ in 0..200 {
        if app.count_of(sql.clone()).await > 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("nothing is being looked at");
}

fn slow(app: &TestApp) {
    app.insurance().set_mood(Mood::Delays(Duration::from_millis(400)));
}

async fn uninsured(app: &TestApp, content: Value) -> DeviceOrder {
    let (order, answer) = DeviceOrder::submitted(app, &for_patient(content, &pesel(NOT_INSURED))).await;
    assert_eq!(answer.is(200).at("/state"), "NEGATIVE");
    order
}

fn accepting() -> Value {
    json!({ "reason": "Okazano dokument w oddziale." })
}

on_both! {
    async fn a_result_is_kept_though_who_asked_may_no_longer_see_it(app: TestApp) {
        let content = with(absorbents(&app), "/right", statement(&app));
        let order = DeviceOrder::drafted(&app, &content).await;
        let body = order.signed(ASSISTANT, "submission", json!({}), Kind::Qualified).await;
        slow(&app);
        let leaving = async {
            until_begun(&app, "device_orders").await;
            app.execute("DELETE FROM authorised_assistants");
        };
        let (begun, ()) = tokio::join!(order.ask(ASSISTANT, "submission", &body).send(), leaving);
        assert_eq!(begun.is(202).at("/state"), "VERIFYING", "as far as they were told");
        let seen = order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!(seen.at("/state"), "POSITIVE", "at once, and not when a worker comes by");
        assert_eq!(app.finish_verifications().await, 0);
    }

    async fn an_order_can_be_cancelled_while_it_is_looked_at(app: TestApp) {
        let order = DeviceOrder::drafted(&app, &absorbents(&app)).await;
        let body = order.signed(PRESCRIBER, "submission", json!({}), Kind::Qualified).await;
        slow(&app);
        let cancelling = async {
            until_begun(&app, "device_orders").await;
            let reason = json!({ "reason": "Zlecono omyłkowo." });
            let request = app.as_persona(PRESCRIBER).post(&order.path_of("cancellation"), &reason).if_match(2);
            request.send().await.is(200)
        };
        let (answer, cancelled) = tokio::join!(order.ask(PRESCRIBER, "submission", &body).send(), cancelling);
        assert_eq!(cancelled.at("/state"), "CANCELLED");
        assert_eq!(answer.is(200).at("/state"), "CANCELLED", "whoever waited is told how it ended");
        assert_eq!(app.finish_verifications().await, 0, "nothing is left to be looked at");
        let seen = order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!((seen.at("/state"), seen.at("/verification"), seen.at("/access")), (json!("CANCELLED"), Value::Null, Value::Null));
        let results = "SELECT count(*) AS number FROM events WHERE type = 'OrderVerified'";
        assert_eq!(app.count(results).await, 0);
        app.insurance().set_mood(Mood::Answers);
        DeviceOrder::positive(&app, &absorbents(&app)).await;
    }

    async fn months_that_passed_are_lost_with_the_acceptance(app: TestApp) {
        let order = uninsured(&app, absorbents(&app)).await;
        app.advance_days(65);
        let accepted = order.command(OFFICER, "acceptance", &accepting()).await.is(200);
        assert_eq!((accepted.at("/state"), accepted.at("/periods/0/state")), (json!("POSITIVE"), json!("LOST")));
        assert_eq!(accepted.at("/periods/11/state"), "AVAILABLE");
        let seen = order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!(seen.at("/revision"), accepted.at("/revision"), "in one step");
        assert_eq!(seen.at("/verification/right"), json!({ "confirmed": false, "basis": "ACCEPTANCE" }));
        let history = app.as_persona(PRESCRIBER).get(&order.path_of("history")).await.is(200);
        assert!(history.text().contains("MonthsLost"), "{}", history.text());
    }

    async fn an_order_of_which_nothing_is_left_expires_when_it_is_accepted(app: TestApp) {
        let order = uninsured(&app, with(absorbents(&app), "/supply/months", json!(1))).await;
        app.advance_days(40);
        let accepted = order.command(OFFICER, "acceptance", &accepting()).await.is(200);
        assert_eq!((accepted.at("/state"), accepted.at("/clocks")), (json!("EXPIRED"), json!([])));
        assert_eq!(order.seen_by(PRESCRIBER).await.at("/access"), Value::Null);
    }

    async fn what_the_register_confirmed_stays_confirmed_by_an_acceptance(app: TestApp) {
        let larger = with(absorbents(&app), "/supply/piecesAMonth", json!("130"));
        let (order, answer) = DeviceOrder::submitted(&app, &larger).await;
        assert_eq!(found(&answer.is(200), "problems"), ["device_order.quantity_exceeded"]);
        order.command(OFFICER, "acceptance", &accepting()).await.is(200);
        let seen = order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!(seen.at("/verification/right/basis"), "REGISTER");
        assert!(seen.at("/verification/right/operation").is_string());
    }

    async fn an_order_beside_one_that_cannot_be_read_does_not_wait_for_ever(app: TestApp) {
        let first = DeviceOrder::positive(&app, &wheelchair(&app)).await;
        app.execute(&format!("UPDATE device_orders SET sealed = sealed_patient WHERE id = '{}'", first.id));
        let (order, begun) = DeviceOrder::submitted(&app, &absorbents(&app)).await;
        assert_eq!(begun.is(202).at("/state"), "VERIFYING", "the key may come back");
        for tries in 1..=5 {
            app.execute("UPDATE device_orders SET verify_at = '2020-01-01 00:00:00' WHERE state = 'VERIFYING'");
            app.finish_verifications().await;
            let state = if tries < 5 { "VERIFYING" } else { "NEGATIVE" };
            assert_eq!(order.seen_by(PRESCRIBER).await.at("/state"), state, "{tries}");
        }
        let seen = order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!(found(&seen, "problems"), ["device_order.others_unreadable"]);
        assert_eq!(seen.at("/verification/problems/0/pointer"), "/content/patient");
        let accepted = order.command(OFFICER, "acceptance", &accepting()).await.is(200);
        assert_eq!(accepted.at("/state"), "POSITIVE");
        let shop = app.as_persona(SHOP);
        order.opened_by(&shop).await;
        let taken = order.take_up(&shop, &json!({ "months": months(&app, 0, 1), "place": "M-1" })).await.is(201);
        assert_eq!(taken.at("/state"), "HELD", "{}", taken.text());
    }

    async fn an_order_that_itself_cannot_be_read_comes_back_ever_more_seldom_and_keeps_nobody_waiting(app: TestApp) {
        let order = DeviceOrder::drafted(&app, &absorbents(&app)).await;
        let body = order.signed(PRESCRIBER, "submission", json!({}), Kind::Qualified).await;
        slow(&app);
        let losing = async {
            until_begun(&app, "device_orders").await;
            app.execute("UPDATE device_orders SET wrapped_key = sealed, sealed = wrapped_key WHERE state = 'VERIFYING'");
        };
        tokio::join!(order.ask(PRESCRIBER, "submission", &body).send(), losing);
        app.insurance().set_mood(Mood::Answers);
        let due = "UPDATE device_orders SET verify_at = '2020-01-01 00:00:00' WHERE state = 'VERIFYING'";
        let soon = "SELECT count(*) AS number FROM device_orders WHERE verify_at < ";
        for tries in 1..=16 {
            app.execute(due);
            assert_eq!(app.finish_verifications().await, 1, "{tries}");
            assert_eq!(app.finish_verifications().await, 0, "it does not spin");
            // Two minutes up to the fifth, then twice as long each time, a day at most.
            let minutes = (2_i64 << (tries - 5).clamp(0, 12)).min(24 * 60);
            for (minutes, is_before) in [(minutes - 1, 0), (minutes + 1, 1)] {
                let at = (app.real_now() + TimeDelta::minutes(minutes)).format("%Y-%m-%d %H:%M:%S");
                assert_eq!(app.count_of(format!("{soon}'{at}'")).await, is_before, "{tries}: {minutes}");
            }
        }
        DeviceOrder::positive(&app, &for_patient(absorbents(&app), &pesel(31))).await;
        app.execute("UPDATE device_orders SET wrapped_key = sealed, sealed = wrapped_key WHERE state = 'VERIFYING'");
        app.execute(due);
        assert_eq!(app.finish_verifications().await, 1);
        assert_eq!(order.seen_by(PRESCRIBER).await.at("/state"), "POSITIVE", "its key came back");
    }

    async fn an_order_that_can_be_read_again_is_not_told_to_be_unreadable(app: TestApp) {
        let first = DeviceOrder::positive(&app, &wheelchair(&app)).await;
        let away = format!("UPDATE device_orders SET wrapped_key = sealed, sealed = wrapped_key WHERE id = '{}'", first.id);
        app.execute(&away);
        let (order, begun) = DeviceOrder::submitted(&app, &absorbents(&app)).await;
        begun.is(202);
        app.execute(&away);
        app.execute("UPDATE device_orders SET verify_at = '2020-01-01 00:00:00' WHERE state = 'VERIFYING'");
        assert_eq!(app.finish_verifications().await, 1);
        assert_eq!(order.seen_by(PRESCRIBER).await.at("/state"), "POSITIVE");
    }
}
