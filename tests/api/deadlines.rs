//! Terms and reminders fire by themselves, each once, whoever runs and however long nobody did.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use testkit::{Case, Stage, TestApp, on_both};

async fn events(app: &TestApp, kind: &str) -> i64 {
    app.count_of(format!("SELECT count(*) AS number FROM events WHERE type = '{kind}'")).await
}

async fn rows(app: &TestApp) -> i64 {
    app.count_of("SELECT count(*) AS number FROM deadlines".to_owned()).await
}

on_both! {
    async fn a_term_fires_although_nobody_touches_the_demand(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        assert_eq!(rows(&app).await, 4, "two terms, each with its reminder");
        app.advance_days(7);
        app.fire_due("one").await;
        assert_eq!(events(&app, "DemandReturned").await, 0, "the seventh day is not over");
        app.advance_days(1);
        assert!(app.fire_due("one").await > 0);
        assert_eq!(events(&app, "DemandReturned").await, 1);
        assert_eq!(case.state().await, "RETURNED");
        assert_eq!(app.fire_due("one").await, 0, "nothing is left");
        let clocks = case.seen().await["clocks"].clone();
        assert_eq!(clocks[0]["kind"], "SUBMISSION_TO_MINISTER", "{clocks}");
        assert_eq!(clocks[0]["holder"], "PHYSICIAN");
    }

    async fn a_long_standstill_is_caught_up_in_order(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Submitted).await;
        app.advance_days(100);
        app.fire_due("one").await;
        let history = case.as_physician().get(&case.path_of("history")).await.is(200).at("/items");
        let types: Vec<&str> = history.as_array().unwrap().iter().filter_map(|it| it["type"].as_str()).collect();
        let of = |kind: &str| types.iter().filter(|it| **it == kind).count();
        assert_eq!((of("DemandReturned"), of("DemandExpired")), (1, 1), "{types:?}");
        assert_eq!(case.seen().await["expiry"], "NOT_SUBMITTED");
        assert_eq!(rows(&app).await, 0);
    }

    async fn a_holder_is_reminded_once_and_only_while_the_term_runs(app: TestApp) {
        let waiting = Case::outside(&app).await.until(Stage::Submitted).await;
        let answered = Case::outside(&app).await.until(Stage::WithMinister).await;
        app.advance_days(6);
        app.fire_due("one").await;
        app.fire_due("two").await;
        assert_eq!(events(&app, "TermReminder").await, 1);
        let of_waiting = format!(
            "SELECT count(*) AS number FROM events WHERE type = 'TermReminder' AND document_id = '{}'", waiting.id,
        );
        assert_eq!(app.count_of(of_waiting).await, 1);
        let history = waiting.as_physician().get(&waiting.path_of("history")).await.is(200).at("/items");
        let last = history.as_array().unwrap().last().unwrap();
        let at: DateTime<Utc> = last["at"].as_str().unwrap().parse().unwrap();
        assert!(last["type"] == "TermReminder" && at > app.now() - TimeDelta::days(1), "it happens now: {last}");
        assert_eq!(answered.state().await, "WITH_MINISTER");
        assert_eq!(waiting.state().await, "AWAITING_CONSULTANT", "a reminder changes nothing");
    }

    async fn a_demand_that_cannot_be_read_holds_nobody_elses_term_up(app: TestApp) {
        let broken = Case::outside(&app).await.until(Stage::Submitted).await;
        let sound = Case::outside(&app).await.until(Stage::Submitted).await;
        let (set, id) = ("UPDATE demands SET wrapped_key = sealed WHERE id", &broken.id);
        app.execute(&format!("{set} = '{id}'"));
        app.advance_days(8);
        app.fire_due("one").await;
        assert_eq!(events(&app, "DemandReturned").await, 1);
        assert_eq!(sound.state().await, "RETURNED");
        assert!(rows(&app).await > 2, "the other one's terms wait until somebody has seen to it");
    }

    async fn a_demand_that_cannot_be_read_holds_nobody_elses_list_up(app: TestApp) {
        let broken = Case::outside(&app).await.until(Stage::Submitted).await;
        let sound = Case::outside(&app).await.until(Stage::Submitted).await;
        let (set, id) = ("UPDATE demands SET wrapped_key = sealed WHERE id", &broken.id);
        app.execute(&format!("{set} = '{id}'"));
        app.advance_days(8);
        let listed = sound.as_physician().get("/api/v1/medicine-demands").await.is(200).at("/items");
        let state = |id: &str| listed.as_array().unwrap().iter().find(|it| it["id"] == id).map(|it| it["state"].clone());
        assert_eq!(state(&sound.id), Some(json!("RETURNED")), "{listed}");
        assert_eq!(state(&broken.id), Some(json!("AWAITING_CONSULTANT")), "{listed}");
        let asked = json!({ "patient": { "kind": "PESEL", "number": app.persona("patient").spec.pesel } });
        let found = sound.as_physician().look("/api/v1/medicine-demands/searches", &asked).await.is(200);
        assert!(found.at("/items").as_array().is_some_and(|items| !items.is_empty()), "{}", found.text());
    }

    async fn an_answer_in_time_takes_its_term_away(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        assert_eq!(rows(&app).await, 2, "the sixty days for passing on, and their reminder");
        case.retrieve("pharmacist").await.is(200);
        case.hand_over().await.is(200);
        assert_eq!(rows(&app).await, 0);
        app.advance_days(70);
        assert_eq!(app.fire_due("one").await, 0);
        assert_eq!(case.state().await, "WITH_WHOLESALER");
    }

    async fn whoever_moves_the_clock_waits_for_a_worker_that_was_faster(app: TestApp) {
        Case::outside(&app).await.until(Stage::Submitted).await;
        app.advance_days(8);
        let until = (app.real_now() + TimeDelta::milliseconds(1500)).format("%Y-%m-%d %H:%M:%S%.6f");
        app.execute(&format!("UPDATE deadlines SET leased_by = 'faster', leased_until = '{until}'"));
        let short = std::time::Duration::from_millis(200);
        assert_eq!(app.fire_all_due("clock", short).await, 0, "no longer than so long");
        assert_eq!(events(&app, "DemandReturned").await, 0);
        let long = std::time::Duration::from_secs(20);
        assert!(app.fire_all_due("clock", long).await > 0, "its lease has ended");
        assert_eq!(events(&app, "DemandReturned").await, 1);
    }

    async fn workers_at_once_fire_each_term_once(app: TestApp) {
        for _ in 0..12 {
            Case::outside(&app).await.until(Stage::Submitted).await;
        }
        app.advance_days(8);
        let turns = tokio::join!(app.fire_due("one"), app.fire_due("two"), app.fire_due("three"));
        assert!(turns.0 + turns.1 + turns.2 >= 24, "{turns:?}");
        assert_eq!(events(&app, "DemandReturned").await, 12);
        let entries = "SELECT count(*) AS number FROM audit WHERE action = 'elapse'".to_owned();
        assert_eq!(app.count_of(entries).await, 12);
    }

    async fn terms_that_began_before_deadlines_were_rows_get_theirs_once(app: TestApp) {
        let waiting = Case::outside(&app).await.until(Stage::Submitted).await;
        let approved = Case::outside(&app).await.until(Stage::Approved).await;
        let drafted = Case::outside(&app).await;
        app.advance_days(6);
        app.execute("DELETE FROM deadlines");
        let completed = tokio::join!(app.complete_deadlines(), app.complete_deadlines());
        assert!((2..=4).contains(&(completed.0 + completed.1)), "{completed:?}");
        assert_eq!(rows(&app).await, 5, "three terms; the reminder of the seven days would come too late");
        assert_eq!(app.complete_deadlines().await, 0);
        app.advance_days(2);
        app.fire_due("one").await;
        assert_eq!(events(&app, "DemandReturned").await, 1);
        assert_eq!(waiting.state().await, "RETURNED");
        assert_eq!((approved.state().await, drafted.state().await), ("APPROVED".to_owned(), "DRAFT".to_owned()));
    }

    async fn a_term_that_somebody_applied_by_looking_is_not_fired_again(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        app.advance_days(8);
        assert_eq!(case.state().await, "RETURNED");
        app.fire_due("one").await;
        assert_eq!(events(&app, "DemandReturned").await, 1);
        let resubmission = app.consultant("consultant-paediatrics");
        case.command(case.physician(), "submission", &resubmission).await.is(200);
        app.advance_days(8);
        app.fire_due("one").await;
        assert_eq!(events(&app, "DemandReturned").await, 2, "another beginning is another term");
        assert_eq!(case.seen().await["examination"]["returned"]["reason"], json!("CONSULTANT_SILENT"));
    }
}
