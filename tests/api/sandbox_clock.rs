//! `POST /sandbox/clock`: whatever falls due on the way fires at its own instant, in order, before the answer.

use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::warsaw_date;
use serde_json::{Value, json};
use testkit::{Case, Notification, Reached, Stage, TestApp, food, on_both, outside_facility};

/// Past the end of everything that is played here.
const DAYS: u32 = 100;

/// What the clock does, by days since everything began and by document.
const FIRED: [(i64, &str, &str); 12] = [
    (3, "in facility", "TermReminder"),
    (4, "in facility", "DemandReturned"),
    (6, "outside", "TermReminder"),
    (8, "outside", "DemandReturned"),
    (9, "asked about", "TermReminder"),
    (11, "asked about", "ClarificationUnanswered"),
    (54, "in facility", "TermReminder"),
    (54, "outside", "TermReminder"),
    (61, "in facility", "DemandExpired"),
    (61, "outside", "DemandExpired"),
    (77, "notified", "PeriodReminder"),
    (91, "notified", "ConsentLapsed"),
];

/// Two demands that wait for a signature, one of which the minister has asked, and a consent for ninety days.
struct Scene {
    began_on: NaiveDate,
    in_facility: Case,
    outside: Case,
    /// Of a food: its term ends on any day of the week.
    asked_about: Case,
    notified: Notification,
}

impl Scene {
    async fn set(app: &TestApp) -> Self {
        let asked_about = Case::of(app, &food(outside_facility(app))).await.until(Stage::Assigned).await;
        let question = json!({ "addressee": "PHYSICIAN", "question": "Jakie leki stosowano?", "days": 10 });
        asked_about.command("preparer", "clarifications", &question).await.is(201);
        Self {
            began_on: app.today(),
            in_facility: Case::in_facility(app).await.until(Stage::Submitted).await,
            outside: Case::outside(app).await.until(Stage::Submitted).await,
            asked_about,
            notified: Notification::drafted(app).await.until(Reached::Consented).await,
        }
    }

    /// What its parties read of what the clock did: when, on which document, and what.
    async fn history(&self) -> Vec<(i64, &'static str, String)> {
        let mut all = Vec::new();
        for (name, persona, path) in [
            ("in facility", "hospital-physician", self.in_facility.path_of("history")),
            ("outside", "clinic-physician", self.outside.path_of("history")),
            ("asked about", "clinic-physician", self.asked_about.path_of("history")),
            ("notified", "responsible-person", self.notified.path_of("history")),
        ] {
            let read = self.outside.app.as_persona(persona).get(&path).await.is(200).at("/items");
            let is_of_the_clock = |item: &&Value| FIRED.iter().any(|(_, _, kind)| item["type"] == *kind);
            for item in read.as_array().unwrap().iter().filter(is_of_the_clock) {
                let at: DateTime<Utc> = item["at"].as_str().unwrap().parse().unwrap();
                let days = (warsaw_date(at) - self.began_on).num_days();
                all.push((days, name, item["type"].as_str().unwrap().to_owned()));
            }
        }
        all.sort();
        all
    }
}

fn expected() -> Vec<(i64, &'static str, String)> {
    FIRED.iter().map(|(days, name, kind)| (*days, *name, (*kind).to_owned())).collect()
}

/// How many rows fired.
async fn moved(app: &TestApp, days: u32) -> u64 {
    let body = json!({ "space": app.space(), "days": days });
    app.anyone().look("/api/v1/sandbox/clock", &body).await.is(200).at("/fired").as_u64().unwrap()
}

const OF_THE_CLOCK: &str = "('TermReminder', 'DemandReturned', 'DemandExpired', 'ClarificationUnanswered', \
                            'PeriodReminder', 'ConsentLapsed')";

async fn told(app: &TestApp) -> i64 {
    app.count_of(format!("SELECT count(*) AS number FROM events WHERE type IN {OF_THE_CLOCK}")).await
}

/// How many of them were written after another document's that happened later.
async fn out_of_order(app: &TestApp) -> i64 {
    let pairs = format!(
        "SELECT count(*) AS number FROM events a JOIN events b ON a.ordinal < b.ordinal \
         WHERE a.at > b.at AND a.type IN {OF_THE_CLOCK} AND b.type IN {OF_THE_CLOCK}"
    );
    app.count_of(pairs).await
}

on_both! {
    async fn one_jump_fires_everything_once_and_in_the_order_of_its_instants(app: TestApp) {
        app.as_a_sandbox(|app| async move {
            let scene = Scene::set(&app).await;
            assert_eq!(moved(&app, DAYS).await, 12);
            // Nobody has looked yet: it was done before the answer.
            assert_eq!((told(&app).await, out_of_order(&app).await), (12, 0));
            assert_eq!(scene.history().await, expected());
            assert_eq!(moved(&app, DAYS).await, 0, "nothing is left");
        })
        .await;
    }

    async fn a_long_standstill_and_many_small_steps_leave_the_same_history(app: TestApp) {
        app.as_a_sandbox(|app| async move {
            let scene = Scene::set(&app).await;
            let mut fired = 0;
            for _ in 0..DAYS {
                fired += moved(&app, 1).await;
            }
            assert_eq!(fired, 12);
            assert_eq!((told(&app).await, out_of_order(&app).await), (12, 0));
            assert_eq!(scene.history().await, expected());
        })
        .await;
    }

    async fn two_jumps_at_once_go_one_after_the_other(app: TestApp) {
        app.as_a_sandbox(|app| async move {
            let scene = Scene::set(&app).await;
            let fired = tokio::join!(moved(&app, DAYS / 2), moved(&app, DAYS / 2));
            assert_eq!(fired.0 + fired.1, 12);
            assert_eq!((app.today() - scene.began_on).num_days(), i64::from(DAYS));
            assert_eq!(out_of_order(&app).await, 0);
            assert_eq!(scene.history().await, expected());
        })
        .await;
    }

    async fn another_space_stays_as_it_was(app: TestApp) {
        app.as_a_sandbox(|app| async move {
            let scene = Scene::set(&app).await;
            let body = json!({ "space": "elsewhere", "days": DAYS });
            let elsewhere = app.anyone().look("/api/v1/sandbox/clock", &body).await.is(200);
            assert_eq!(elsewhere.at("/fired"), json!(0));
            assert_eq!((told(&app).await, app.today()), (0, scene.began_on));
            assert_eq!(scene.outside.state().await, "AWAITING_CONSULTANT");
        })
        .await;
    }

    async fn a_standstill_of_the_service_is_caught_up_in_order_too(app: TestApp) {
        let first = Case::outside(&app).await.until(Stage::Submitted).await;
        app.advance_days(5);
        let second = Case::in_facility(&app).await.until(Stage::Submitted).await;
        app.advance_days(DAYS.into());
        app.fire_due("one").await;
        // Two returns, then two expiries; nobody is reminded of what is over.
        assert_eq!((told(&app).await, out_of_order(&app).await), (4, 0));
        let entries = "SELECT count(*) AS number FROM audit WHERE action = 'elapse'";
        assert_eq!(app.count(entries).await, 4, "one for each term");
        assert_eq!((first.state().await, second.state().await), ("EXPIRED".to_owned(), "EXPIRED".to_owned()));
    }
}
