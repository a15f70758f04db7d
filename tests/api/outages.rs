//! Outages: who records them, and what they do to terms that would have ended in them.

mod restart;
mod unattended;

use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::{Term, end_of_day_warsaw, warsaw_date};
use futures_util::future::join_all;
use serde_json::{Value, json};
use testkit::{Case, Notification, Reached, Response, Stage, TestApp, on_both};

const OUTAGES: &str = "/api/v1/outages";

fn reason() -> Value {
    json!("Awaria zasilania w serwerowni.")
}

/// An officer records that the system went down that long ago.
async fn down(app: &TestApp, hours: i64) -> Response {
    let body = json!({ "from": app.now() - TimeDelta::hours(hours), "reason": reason() });
    app.as_persona("preparer").post(OUTAGES, &body).send().await.is(201)
}

/// An officer plans an outage of a minute.
async fn planned(app: &TestApp, from: DateTime<Utc>) -> Response {
    let body = json!({ "from": from, "until": from + TimeDelta::minutes(1), "reason": reason() });
    app.as_persona("preparer").post(OUTAGES, &body).send().await.is(201)
}

/// A step of an officer on the outage as the last answer showed it.
async fn step(app: &TestApp, last: &Response, step: &str, body: &Value) -> Response {
    let path = format!("{OUTAGES}/{}/{step}", last.text_at("/id"));
    let revision = last.at("/revision").as_i64().unwrap();
    app.as_persona("decider").post(&path, body).if_match(revision).send().await
}

async fn up(app: &TestApp, last: &Response) -> Response {
    step(app, last, "end", &json!({ "until": app.now() })).await.is(200)
}

fn instant(value: &Value) -> DateTime<Utc> {
    value.as_str().unwrap().parse().unwrap()
}

fn tonight(app: &TestApp) -> DateTime<Utc> {
    end_of_day_warsaw(warsaw_date(app.now()))
}

/// The midnight that ends the day after this one.
fn tomorrow_night(app: &TestApp) -> DateTime<Utc> {
    Term::calendar_days(1).due(app.now())
}

async fn returns(app: &TestApp, case: &Case) -> i64 {
    let of_case = format!(
        "SELECT count(*) AS number FROM events WHERE document_id = '{}' AND type = 'DemandReturned'",
        case.id,
    );
    app.count_of(of_case).await
}

on_both! {
    async fn an_officer_records_ends_and_everybody_reads_an_outage(app: TestApp) {
        let lasting = down(&app, 2).await;
        assert_eq!(lasting.header("location"), Some(format!("{OUTAGES}/{}", lasting.text_at("/id")).as_str()));
        assert_eq!((lasting.at("/until"), lasting.at("/holdsUntil")), (Value::Null, Value::Null));
        let ended = up(&app, &lasting).await;
        assert_eq!(ended.at("/graceDays"), 1);
        assert_eq!(instant(&ended.at("/holdsUntil")), tomorrow_night(&app));
        for persona in ["clinic-physician", "wholesaler", "patient", "preparer"] {
            let list = app.as_persona(persona).get(OUTAGES).await.is(200);
            assert_eq!(list.at("/items/0"), ended.json(), "{persona}");
        }
        let path = format!("{OUTAGES}/{}", ended.text_at("/id"));
        let found = app.as_persona("pharmacist").get(&path).await.is(200);
        assert_eq!((found.json(), found.header("etag")), (ended.json(), ended.header("etag")));
        app.elsewhere("preparer").get(&path).await.refused(404, "request.not_found");
        assert_eq!(app.elsewhere("preparer").get(OUTAGES).await.is(200).at("/items"), json!([]));
        let entries = "SELECT count(*) AS number FROM audit WHERE document_kind = 'OUTAGE' AND refusal IS NULL \
                       AND action IN ('record_outage', 'end_outage')";
        assert_eq!(app.count(entries).await, 2);
    }

    async fn what_cannot_be_recorded_is_refused_with_every_fault(app: TestApp) {
        let now = app.now();
        let preparer = app.as_persona("preparer");
        let ask = async |body: Value| preparer.post(OUTAGES, &body).send().await;
        let backwards = json!({ "from": now, "until": now - TimeDelta::hours(1), "reason": reason() });
        ask(backwards).await.refused(422, "outage.span");
        let far = json!({ "from": now - TimeDelta::days(400), "until": now + TimeDelta::days(400), "reason": reason() });
        let refused = ask(far).await.refused(422, "outage.far");
        assert_eq!(refused.at("/errors").as_array().unwrap().len(), 2, "{}", refused.text());
        ask(json!({ "from": now, "reason": " " })).await.refused(422, "value.text_empty");
        assert_eq!(app.count("SELECT count(*) AS number FROM outages").await, 0);
    }

    async fn an_outage_goes_one_way_and_on_the_revision_that_was_seen(app: TestApp) {
        let lasting = down(&app, 2).await;
        step(&app, &lasting, "release", &json!({})).await.refused(409, "outage.lasts");
        let path = format!("{OUTAGES}/{}/end", lasting.text_at("/id"));
        let end = json!({ "until": app.now() });
        let decider = app.as_persona("decider");
        decider.post(&path, &end).send().await.refused(428, "request.if_match_missing");
        decider.post(&path, &end).if_match(7).send().await.refused(412, "request.stale");
        let key = "outage-end-0123456789";
        let ended = decider.post(&path, &end).if_match(1).key(key).send().await.is(200);
        let again = decider.post(&path, &end).if_match(1).key(key).send().await.is(200);
        assert!(again.is_replayed() && again.body == ended.body);
        step(&app, &ended, "end", &end).await.refused(409, "outage.ended");
        let released = step(&app, &ended, "release", &json!({})).await.is(200);
        assert!(released.at("/releasedAt").is_string());
        step(&app, &released, "release", &json!({})).await.refused(409, "outage.released");
        let refused = "SELECT count(*) AS number FROM audit WHERE document_kind = 'OUTAGE' AND refusal IS NOT NULL";
        assert_eq!(app.count(refused).await, 5);
    }

    async fn a_term_on_whose_last_day_the_system_was_down_runs_out_after_the_grace(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        app.advance_days(7);
        let ended = up(&app, &down(&app, 0).await).await;
        let (nominal, held) = (tonight(&app), tomorrow_night(&app));
        let clock = case.seen().await["clocks"][0].clone();
        assert_eq!((instant(&clock["dueAt"]), clock["kind"].as_str()), (nominal, Some("OPINION")));
        assert_eq!(clock["held"]["outageId"], ended.at("/id"));
        assert_eq!(instant(&clock["held"]["until"]), held);
        app.advance_days(1);
        assert_eq!(app.fire_due("one").await, 1, "the reminder alone: the term is held");
        assert_eq!((case.state().await.as_str(), returns(&app, &case).await), ("AWAITING_CONSULTANT", 0));
        case.confirm().await.is(200);
        assert_eq!(case.state().await, "WITH_MINISTER", "what the hold is for");
    }

    async fn an_outage_that_was_planned_before_an_earlier_one_came_holds_the_terms_of_that_too(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        app.advance_days(6);
        let in_the_grace_of_the_next = planned(&app, app.now() + TimeDelta::days(2)).await;
        app.advance_days(1);
        up(&app, &down(&app, 0).await).await;
        let clock = case.seen().await["clocks"][0].clone();
        assert_eq!(clock["held"]["outageId"], in_the_grace_of_the_next.at("/id"), "{clock}");
        app.advance_days(2);
        app.fire_due("one").await;
        assert_eq!((case.state().await.as_str(), returns(&app, &case).await), ("AWAITING_CONSULTANT", 0));
        app.advance_days(1);
        app.fire_due("one").await;
        assert_eq!((case.state().await.as_str(), returns(&app, &case).await), ("RETURNED", 1));
    }

    async fn outages_that_are_recorded_at_the_same_time_know_of_each_other(app: TestApp) {
        let from = app.now() + TimeDelta::days(1);
        join_all((0..8).map(|day| planned(&app, from + TimeDelta::days(day)))).await;
        // Each begins in the grace of the one before, and so holds what the first one holds.
        let of_all = "SELECT count(*) AS number FROM outages";
        let of_the_first = "SELECT count(*) AS number FROM outages WHERE holds_after = (SELECT min(begins_at) FROM outages)";
        assert_eq!((app.count_of(of_all.to_owned()).await, app.count_of(of_the_first.to_owned()).await), (8, 8));
    }

    async fn the_terms_that_a_planned_outage_will_hold_tell_so_at_once(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        let coming = planned(&app, app.now() + TimeDelta::days(7)).await;
        let seen = case.seen().await["clocks"].clone();
        let listed = case.as_physician().get(testkit::DEMANDS).await.is(200).at("/items/0/clocks");
        for clocks in [seen, listed] {
            let held = clocks.as_array().unwrap().iter().filter(|clock| clock["held"]["outageId"] == coming.at("/id"));
            assert_eq!(held.map(|clock| &clock["kind"]).collect::<Vec<_>>(), ["OPINION"], "{clocks}");
        }
    }

    async fn the_term_of_a_question_about_a_notification_tells_what_a_planned_outage_will_hold(app: TestApp) {
        let it = Notification::drafted(&app).await.until(Reached::Assigned).await;
        let question = json!({ "addressee": "WHOLESALER", "question": "Kiedy będą serie?", "days": 10 });
        it.command("preparer", "clarifications", &question).await.is(201);
        let due = instant(&it.seen().await["clocks"][0]["dueAt"]);
        let coming = planned(&app, due - TimeDelta::hours(4)).await;
        assert_eq!(it.seen().await["clocks"][0]["held"]["outageId"], coming.at("/id"));
    }

    async fn a_conditional_read_tells_that_a_term_is_held_and_no_longer(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        app.advance_days(7);
        let who = case.as_physician();
        let before = who.get(&case.path()).await.is(200).etag();
        let lasting = down(&app, 0).await;
        let held = who.get_unless(&case.path(), &before).await.is(200);
        // The term of which nobody knows the end comes last.
        assert!(held.at("/clocks/1/held").is_object(), "{}", held.text());
        who.get_unless(&case.path(), &held.etag()).await.is(304);
        up(&app, &lasting).await;
        let until = who.get_unless(&case.path(), &held.etag()).await.is(200);
        assert!(until.at("/clocks/0/held/until").is_string(), "{}", until.text());
        let request = who.post(&case.path_of("withdrawal"), &json!({ "reason": "Zmiana leczenia." }));
        request.header("If-Match", &until.etag()).send().await.is(200);
    }

    async fn a_reminder_that_an_outage_kept_from_being_told_is_told_while_the_term_is_held(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        app.advance_days(7);
        up(&app, &down(&app, 0).await).await;
        app.advance_days(1);
        assert_eq!(app.fire_due("one").await, 1);
        let reminders = case.as_physician().get(&case.path_of("history")).await.is(200).at("/items");
        let reminders: Vec<_> = reminders.as_array().unwrap().iter().filter(|it| it["type"] == "TermReminder").cloned().collect();
        assert_eq!(reminders.len(), 1, "{reminders:?}");
    }

    async fn a_held_term_fires_once_when_its_hold_ends(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        app.advance_days(7);
        up(&app, &down(&app, 0).await).await;
        let held = tomorrow_night(&app);
        app.advance_days(2);
        assert!(app.fire_due("one").await > 0);
        let seen = case.seen().await;
        assert_eq!((seen["state"].as_str(), returns(&app, &case).await), (Some("RETURNED"), 1));
        assert_eq!(instant(&seen["changedAt"]), held, "it ran out when the hold ended");
        assert_eq!(app.fire_due("two").await, 0);
    }

    async fn while_the_outage_lasts_no_read_and_no_list_applies_the_term(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Submitted).await;
        app.advance_days(3);
        let lasting = down(&app, 1).await;
        app.advance_days(5);
        let who = case.as_physician();
        for path in [case.path(), case.path_of("history"), case.path_of("actions"), testkit::DEMANDS.to_owned()] {
            let shown = who.get(&path).await.is(200).text();
            assert!(!shown.contains("RETURNED") && !shown.contains("DemandReturned"), "{path}: {shown}");
        }
        let line = who.get(testkit::DEMANDS).await.is(200).at("/items/0/clocks/0");
        assert_eq!(line["held"], json!({ "outageId": lasting.at("/id") }), "nobody knows until when: {line}");
        assert_eq!(case.seen().await["clocks"][1]["held"]["outageId"], lasting.at("/id"));
        let ended = up(&app, &lasting).await;
        assert_eq!(case.state().await, "AWAITING_REPRESENTATIVE");
        step(&app, &ended, "release", &json!({})).await.is(200);
        let listed = who.get(testkit::DEMANDS).await.is(200);
        assert_eq!(listed.at("/items/0/state"), "RETURNED", "{}", listed.text());
        assert_eq!(returns(&app, &case).await, 1);
    }

    async fn what_ran_out_before_the_outage_stays_and_what_ends_later_is_not_held(app: TestApp) {
        let early = Case::in_facility(&app).await.until(Stage::Submitted).await;
        let late = Case::outside(&app).await.until(Stage::Submitted).await;
        app.advance_days(5);
        app.fire_due("one").await;
        up(&app, &down(&app, 1).await).await;
        assert_eq!(early.state().await, "RETURNED");
        let clocks = late.seen().await["clocks"].clone();
        assert!(clocks.as_array().unwrap().iter().all(|clock| clock.get("held").is_none()), "{clocks}");
        app.advance_days(3);
        app.fire_due("one").await;
        assert_eq!(late.state().await, "RETURNED");
    }

    async fn a_pharmacy_may_pass_on_as_long_as_the_term_is_held(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Retrieved).await;
        app.advance_days(60);
        let ended = up(&app, &down(&app, 2).await).await;
        app.advance_days(1);
        let seen = case.seen().await;
        assert_eq!(seen["clocks"][0]["held"]["outageId"], ended.at("/id"), "{seen}");
        case.retrieve("pharmacist").await.is(200);
        assert_eq!(case.hand_over().await.is(200).text_at("/state"), "WITH_WHOLESALER");
    }
}
