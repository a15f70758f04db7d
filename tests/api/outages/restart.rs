//! Outages over a restart: what ended while nobody served is held, whoever says that it was an outage.

use super::{OUTAGES, instant, returns, step, tomorrow_night};
use crate::support::{days_left, question};
use app::App;
use app::caller::Caller;
use app::demand::{DemandFilter, Named};
use app::outage::RecordOutage;
use app::temporary_authorisation::AuthorisationView;
use chrono::TimeDelta;
use domain::demand::clocks::{ClockKind, RunningClock};
use domain::demand::lifecycle::StateName;
use domain::ids::{AuthorisationId, DemandId};
use domain::outage::{Grace, Outage};
use domain::temporary_authorisation::lifecycle as authorisation;
use domain::values::Text;
use serde_json::json;
use testkit::{Case, Notification, Reached, Restart, Stage, TestApp, on_both};

/// Over one midnight in any case.
const A_NIGHT: i64 = 26;

fn restart(let_pass: Option<TimeDelta>) -> Restart {
    Restart { hours: A_NIGHT, let_pass }
}

/// Waits for an opinion on the last day of its term.
async fn on_its_last_day(app: &TestApp) -> Case {
    let case = Case::outside(app).await.until(Stage::Submitted).await;
    app.advance_days(7);
    app.fire_due("one").await;
    case
}

/// What a handler awaits stays on the thread of its worker; so does this.
async fn on_one_thread<T, F>(job: impl FnOnce() -> F + Send + 'static) -> T
where
    T: Send + 'static,
    F: Future<Output = T>,
{
    let runtime = tokio::runtime::Handle::current();
    tokio::task::spawn_blocking(move || runtime.block_on(job())).await.unwrap()
}

async fn found(app: &App, caller: &Caller, id: AuthorisationId) -> AuthorisationView {
    let (app, caller) = (app.clone(), caller.clone());
    on_one_thread(async move || app.find_authorisation(&caller, id).await.unwrap()).await
}

/// The opinion's term has ended and is held by an outage that is not on record; nobody knows until when.
fn is_held_by_a_silence(clocks: &[RunningClock]) {
    let opinion = clocks.iter().find(|clock| clock.kind == ClockKind::Opinion).unwrap();
    let hold = opinion.held.unwrap();
    assert_eq!((hold.outage, hold.until), (None, None), "{opinion:?}");
    let others = clocks.iter().filter(|clock| clock.kind != ClockKind::Opinion);
    assert!(others.clone().count() > 0 && others.into_iter().all(|clock| clock.held.is_none()), "{clocks:?}");
}

async fn outages(app: &TestApp) -> i64 {
    app.count("SELECT count(*) AS number FROM outages").await
}

/// The operator records the silence before the start, as an outage that holds terms until an officer releases it.
async fn recorded_until_released(app: &TestApp, after: &Restart) -> Outage {
    let now = app.now();
    let (from, until) = (now - TimeDelta::hours(1), now + TimeDelta::hours(A_NIGHT));
    let reason = Text::parse("Awaria zasilania w serwerowni.").unwrap();
    let asked = RecordOutage { from, until: Some(until), reason };
    let use_cases = app.before_the_restart(after).await;
    use_cases.record_outage_as_operator(app.space().clone(), asked, Some(Grace::UntilReleased)).await.unwrap()
}

async fn is_held(app: &TestApp, case: &Case) {
    assert_eq!(returns(app, case).await, 0, "nothing was fired");
    app.advance_days(1);
    let seen = case.seen().await;
    assert_eq!(seen["state"], "AWAITING_CONSULTANT");
    let listed = app.as_persona("preparer").get("/api/v1/outages").await.is(200);
    let clocks = seen["clocks"].as_array().unwrap();
    let opinion = clocks.iter().find(|clock| clock["kind"] == "OPINION").unwrap();
    assert_eq!(opinion["held"]["outageId"], listed.at("/items/0/id"), "{seen}");
    case.confirm().await.is(200);
}

on_both! {
    async fn a_silence_over_midnight_is_an_outage_before_anything_is_fired(app: TestApp) {
        let case = on_its_last_day(&app).await;
        let silent_since = app.now();
        assert_eq!(app.restart(&restart(Some(TimeDelta::minutes(15)))).await, 0, "the term is held");
        let listed = app.as_persona("preparer").get("/api/v1/outages").await.is(200);
        assert_eq!(listed.at("/items").as_array().unwrap().len(), 1, "{}", listed.text());
        assert!(instant(&listed.at("/items/0/from")) <= silent_since);
        assert!(instant(&listed.at("/items/0/until")) >= silent_since + TimeDelta::hours(A_NIGHT));
        assert_eq!(listed.at("/items/0/graceDays"), 1);
        let recorded = "SELECT count(*) AS number FROM audit WHERE action = 'record_outage' AND role = 'SERVICE'";
        assert_eq!(app.count(recorded).await, 1);
        is_held(&app, &case).await;
    }

    async fn where_no_silence_counts_or_a_longer_one_is_let_pass_the_term_ends(app: TestApp) {
        let case = on_its_last_day(&app).await;
        assert!(app.restart(&restart(Some(TimeDelta::hours(A_NIGHT + 1)))).await > 0);
        assert_eq!((outages(&app).await, returns(&app, &case).await), (0, 1));
        let other = on_its_last_day(&app).await;
        assert!(app.restart(&restart(None)).await > 0);
        assert_eq!((outages(&app).await, returns(&app, &other).await), (0, 1));
    }

    async fn a_silence_in_which_no_term_ended_is_no_outage(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        app.restart(&restart(Some(TimeDelta::minutes(15)))).await;
        assert_eq!((outages(&app).await, returns(&app, &case).await), (0, 0));
    }

    async fn what_the_operator_recorded_before_the_start_is_not_recorded_once_more(app: TestApp) {
        let case = on_its_last_day(&app).await;
        let after = restart(Some(TimeDelta::minutes(15)));
        let outage = recorded_until_released(&app, &after).await;
        let lasted = outage.until.map(|until| until - outage.from);
        assert_eq!((outage.holds_until(), lasted), (None, Some(TimeDelta::hours(A_NIGHT + 1))));
        assert_eq!(app.restart(&after).await, 0, "the term is held");
        assert_eq!(outages(&app).await, 1);
        let entries = "SELECT count(*) AS number FROM audit WHERE action = 'record_outage' AND role = 'OPERATOR' \
                       AND document_kind = 'OUTAGE' AND refusal IS NULL";
        assert_eq!(app.count(entries).await, 1);
        is_held(&app, &case).await;
    }

    async fn a_term_that_is_held_until_a_release_ends_once_with_it(app: TestApp) {
        let case = on_its_last_day(&app).await;
        let after = restart(Some(TimeDelta::minutes(15)));
        let outage = recorded_until_released(&app, &after).await;
        assert_eq!(app.restart(&after).await, 0, "the term is held");
        app.advance_days(30);
        app.fire_due("one").await;
        assert_eq!(returns(&app, &case).await, 0, "no day ends what waits for an officer");
        let seen = case.seen().await;
        let clocks = seen["clocks"].as_array().unwrap();
        let opinion = clocks.iter().find(|clock| clock["kind"] == "OPINION").unwrap();
        assert_eq!(opinion["held"], json!({ "outageId": outage.id.to_string() }), "nobody knows until when");
        let ended = app.as_persona("preparer").get(&format!("{OUTAGES}/{}", outage.id)).await.is(200);
        let released = step(&app, &ended, "release", &json!({})).await.is(200);
        assert_eq!(returns(&app, &case).await, 0, "a release itself fires nothing");
        assert_eq!(app.fire_due("two").await, 1);
        assert_eq!(returns(&app, &case).await, 1);
        assert_eq!(app.fire_due("three").await, 0);
        let seen = case.seen().await;
        assert_eq!((seen["state"].as_str(), returns(&app, &case).await), (Some("RETURNED"), 1));
        assert_eq!(seen["changedAt"], released.at("/releasedAt"), "it ran out with the release");
    }

    async fn a_request_before_the_silence_is_on_record_ends_no_term_in_it(app: TestApp) {
        let case = on_its_last_day(&app).await;
        let back = app.before_the_restart(&restart(Some(TimeDelta::minutes(15)))).await;
        let physician = app.caller("clinic-physician");
        let filter = DemandFilter {
            kind: None, state: None, ground: None, client_reference: None, after: None, limit: 50,
        };
        let listed = on_one_thread({
            let (back, physician) = (back.clone(), physician.clone());
            async move || back.list_demands(&physician, filter, "trace").await.unwrap().told
        })
        .await;
        assert_eq!(listed.items[0].state, "AWAITING_CONSULTANT");
        is_held_by_a_silence(&listed.items[0].summary.clocks);
        let named = Named::from(DemandId::parse(&case.id).unwrap());
        let read = back.find_demand(&physician, named, "trace").await.unwrap().told;
        assert_eq!(read.state, StateName::AwaitingConsultant);
        is_held_by_a_silence(&read.clocks);
        assert_eq!((outages(&app).await, returns(&app, &case).await), (0, 0));
        assert!(back.silent_since().await.unwrap().is_some());
        assert_eq!(back.beat().await.unwrap(), 1);
        assert_eq!(back.silent_since().await.unwrap(), None);
        is_held(&app, &case).await;
    }

    async fn a_request_on_a_notification_ends_no_term_in_a_silence(app: TestApp) {
        let asked = Notification::drafted(&app).await.until(Reached::Assigned).await;
        asked.command("preparer", "clarifications", &question("WHOLESALER")).await.is(201);
        app.advance_days(days_left(&asked.seen().await, app.now()));
        let (officer, id) = (app.caller("preparer"), AuthorisationId::parse(&asked.id).unwrap());
        let silent = app.before_the_restart(&restart(Some(TimeDelta::minutes(15)))).await;
        let seen = found(&silent, &officer, id).await;
        assert_eq!(seen.state, authorisation::StateName::Clarification);
        let hold = seen.clocks[0].held.unwrap();
        assert_eq!((hold.outage, hold.until), (None, None), "a silence that is not on record");
        let usual = app.before_the_restart(&restart(Some(TimeDelta::days(2)))).await;
        let seen = found(&usual, &officer, id).await;
        assert_eq!(seen.state, authorisation::StateName::WithMinister, "it has ended");
    }

    async fn a_time_given_by_an_outage_that_ends_in_a_silence_is_given_anew(app: TestApp) {
        let case = on_its_last_day(&app).await;
        assert_eq!(app.restart(&restart(Some(TimeDelta::minutes(15)))).await, 0);
        let second = Restart { hours: 3 * A_NIGHT, let_pass: Some(TimeDelta::minutes(15)) };
        let back = app.before_the_restart(&second).await;
        let named = Named::from(DemandId::parse(&case.id).unwrap());
        let read = back.find_demand(&app.caller("clinic-physician"), named, "trace").await.unwrap().told;
        assert_eq!(read.state, StateName::AwaitingConsultant);
        assert_eq!(app.restart(&second).await, 0, "the term is held by the next outage");
        assert_eq!((outages(&app).await, returns(&app, &case).await), (2, 0));
    }

    async fn a_worker_alone_fires_nothing_that_ended_since_anybody_served(app: TestApp) {
        let case = on_its_last_day(&app).await;
        let short = app.before_the_restart(&restart(Some(TimeDelta::hours(A_NIGHT + 1)))).await;
        assert_eq!(short.fire_due("worker").await.unwrap(), 0, "the silence may yet prove to be an outage");
        let long = app.before_the_restart(&restart(Some(TimeDelta::minutes(15)))).await;
        assert_eq!(long.beat().await.unwrap(), 1, "what ended in it is still known");
        is_held(&app, &case).await;
    }

    async fn a_worker_beside_processes_that_are_away_fires_nothing(app: TestApp) {
        let case = on_its_last_day(&app).await;
        let after = restart(Some(TimeDelta::minutes(15)));
        let worker = app.before_the_restart(&after).await;
        assert_eq!(worker.fire_due("worker").await.unwrap(), 0, "nobody can keep the term");
        assert_eq!(returns(&app, &case).await, 0);
        assert!(app.restart(&restart(None)).await > 0, "it had ended");
    }

    async fn the_grace_of_an_automatic_outage_is_counted_from_the_start(app: TestApp) {
        on_its_last_day(&app).await;
        app.restart(&restart(Some(TimeDelta::minutes(15)))).await;
        let listed = app.as_persona("patient").get("/api/v1/outages").await.is(200);
        let until = instant(&listed.at("/items/0/until"));
        let held = instant(&listed.at("/items/0/holdsUntil"));
        assert_eq!(held, domain::calendar::Term::calendar_days(1).due(until));
        assert!(held > tomorrow_night(&app), "{}", json!(held));
    }
}
