//! An officer ends the wait for a validation that does not come.

use super::trusted::{CONSULTANT, opinion, received, told};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{Case, FOOD_DEMANDS, Mood, Response, Stage, TestApp, food, on_both, outside_facility};

const CODE: &str = "signature.validation_ended";
const ACTION: &str = "pending-step/refusal";
const OUTAGES: &str = "/api/v1/outages";

fn reason() -> Value {
    json!({ "reason": "Usługa sprawdzania nie działa; proszę podpisać inaczej." })
}

fn letting(expire: bool) -> Value {
    json!({ "reason": reason()["reason"], "letsExpire": expire })
}

async fn awaiting_opinion(app: &TestApp) -> Case {
    let case = Case::outside(app).await.until(Stage::Submitted).await;
    received(&case, CONSULTANT, "opinion", opinion()).await;
    case
}

async fn end(case: &Case, officer: &'static str) -> Response {
    case.ask(&case.app.as_persona(officer), ACTION, &reason()).send().await
}

async fn line_of(case: &Case, persona: &'static str, action: &str) -> Option<Value> {
    let lines = case.app.as_persona(persona).get(&case.path_of("actions")).await.is(200).at("/items");
    lines.as_array().unwrap().iter().find(|it| it["action"] == action).cloned()
}

/// The demand as its physician finds it by the patient.
async fn searched(case: &Case) -> Value {
    let number = case.app.persona("patient").spec.pesel;
    let asked = json!({ "patient": { "kind": "PESEL", "number": number } });
    let found = case.as_physician().look("/api/v1/medicine-demands/searches", &asked).await.is(200);
    assert_eq!(found.text_at("/items/0/id"), case.id);
    found.at("/items/0")
}

on_both! {
    async fn an_officer_ends_a_wait_and_the_signer_reads_why_and_signs_again(app: TestApp) {
        let case = awaiting_opinion(&app).await;
        app.validation().set_mood(Mood::IsDown);
        app.validate_pending("one").await;
        app.advance_days(1);
        let ended = end(&case, "preparer").await.is(200);
        assert_eq!((ended.text_at("/state").as_str(), ended.at("/pendingStep")), ("AWAITING_CONSULTANT", Value::Null));
        case.follow(&ended);
        let refused = told(&case, "SignatureRefused").await;
        assert_eq!(refused[0]["data"], json!({ "action": "opinion", "code": CODE }));
        assert_eq!(refused[0]["by"]["role"], "MINISTRY_PREPARER");
        let seen = app.as_persona(CONSULTANT).get(&case.path()).await.is(200);
        assert_eq!(seen.at("/refusedSteps/0/reason"), reason()["reason"]);
        assert_eq!(seen.at("/refusedSteps/0/action"), "opinion");
        assert_eq!(app.count("SELECT count(*) AS number FROM pending_steps").await, 0);
        app.settle().await;
        let entries = "SELECT count(*) AS number FROM audit WHERE action = 'refuse_pending_step' AND refusal IS NULL";
        assert_eq!(app.count(entries).await, 1);
        app.as_persona("preparer").get(&case.path()).await.refused(404, "request.not_found");
        app.validation().set_mood(Mood::Judges);
        assert_eq!(app.validate_pending("one").await, 0, "nobody is asked any more");
        case.confirm().await.is(200);
        let seen = app.as_persona("preparer").get(&case.path()).await.is(200);
        assert_eq!(seen.at("/refusedSteps"), Value::Null, "that is for those who see the examination");
    }

    async fn a_wait_is_ended_from_its_minimum_on_and_told_from_when(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Prepared).await;
        let draft = json!({ "draftSha256": case.draft_sha256().await });
        received(&case, "decider", "resolution", draft).await;
        let seen = app.as_persona("decider").get(&case.path()).await.is(200);
        let receipt: DateTime<Utc> = seen.text_at("/pendingStep/receivedAt").parse().unwrap();
        for officer in ["decider", "preparer"] {
            let early = end(&case, officer).await.refused(409, "pending_step.too_early");
            let from: DateTime<Utc> = early.text_at("/notBefore").parse().unwrap();
            assert_eq!(from, receipt + TimeDelta::hours(24));
            assert_eq!(early.at("/currentState"), "RESOLUTION_PREPARED");
            assert_eq!(early.at("/allowedActions"), json!([]), "{officer}: nothing but to wait");
            let line = line_of(&case, officer, ACTION).await.unwrap();
            assert_eq!((&line["allowed"], &line["blockedBy"]["code"]), (&json!(false), &json!("pending_step.too_early")));
        }
        app.advance_days(1);
        assert_eq!(line_of(&case, "decider", ACTION).await.unwrap()["allowed"], true);
        end(&case, "preparer").await.is(200);
    }

    async fn before_its_minimum_a_wait_opens_no_demand_to_the_ministry(app: TestApp) {
        let case = awaiting_opinion(&app).await;
        for officer in ["preparer", "decider"] {
            app.as_persona(officer).get(&case.path()).await.refused(404, "request.not_found");
            end(&case, officer).await.refused(404, "request.not_found");
        }
        assert_eq!(line_of(&case, CONSULTANT, "opinion").await.unwrap()["unblockedBy"], json!([]));
        app.advance_days(1);
        let seen = app.as_persona("decider").get(&case.path()).await.is(200);
        assert_eq!(seen.at("/content/patients"), Value::Null);
        assert_eq!(seen.at("/content/diagnosis"), Value::Null);
        let unblocked = line_of(&case, CONSULTANT, "opinion").await.unwrap()["unblockedBy"].clone();
        assert_eq!(unblocked, json!(["MINISTRY_PREPARER", "MINISTRY_DECIDER"]));
        end(&case, "decider").await.is(200);
    }

    async fn a_list_shows_what_waits_as_the_demand_does(app: TestApp) {
        let case = awaiting_opinion(&app).await;
        let list = async |persona: &'static str| {
            let page = app.as_persona(persona).get("/api/v1/medicine-demands").await.is(200);
            page.at("/items").as_array().unwrap().iter().find(|it| it["id"] == case.id).cloned()
        };
        assert_eq!(list("preparer").await, None, "a wait that goes on as it should concerns nobody there");
        app.advance_days(1);
        for persona in [case.physician(), CONSULTANT, "preparer", "decider"] {
            let seen = app.as_persona(persona).get(&case.path()).await.is(200);
            let line = list(persona).await.unwrap();
            assert_eq!(line["pendingStep"], seen.at("/pendingStep"), "{persona}");
            assert_eq!(line["pendingStep"]["action"], "opinion", "{persona}");
            assert_eq!(line["clocks"], seen.at("/clocks"), "{persona}");
            assert_eq!(line["clocks"][0]["pausedSince"], line["pendingStep"]["receivedAt"], "{persona}");
        }
        assert_eq!(searched(&case).await["pendingStep"]["action"], "opinion");
        app.validate_pending("one").await;
        let line = list(case.physician()).await.unwrap();
        assert_eq!((&line["pendingStep"], &line["clocks"][0]["pausedSince"]), (&Value::Null, &Value::Null));
        case.seen().await;
        case.assign("preparer").await.is(200);
        case.prepare(&testkit::approval("10")).await.is(200);
        let draft = json!({ "draftSha256": case.draft_sha256().await });
        received(&case, "decider", "resolution", draft).await;
        for (persona, shown) in [("decider", true), ("preparer-second", true), (case.physician(), false)] {
            let line = list(persona).await.unwrap();
            assert_eq!(line["pendingStep"]["action"] == "resolution", shown, "{persona}: {line}");
        }
        assert_eq!(searched(&case).await["pendingStep"], Value::Null, "that is the ministry's affair as yet");
    }

    async fn the_terms_ran_all_the_while_and_take_effect_where_the_officer_says_so(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        app.advance_days(7);
        received(&case, CONSULTANT, "opinion", opinion()).await;
        app.advance_days(5);
        let line = line_of(&case, "preparer", ACTION).await.unwrap();
        assert_eq!(line["letsExpire"]["code"], "pending_step.term_over");
        assert_eq!((&line["allowed"], &line["letsExpire"]["state"]), (&json!(true), &json!("RETURNED")));
        for unsaid in [reason(), letting(false)] {
            let refused = case.ask(&app.as_persona("preparer"), ACTION, &unsaid).send().await;
            let refused = refused.refused(409, "pending_step.term_over");
            assert_eq!(refused.at("/allowedActions"), json!([ACTION]));
        }
        assert_eq!(case.seen().await["pendingStep"]["action"], "opinion", "it waits as before");
        let ended = case.ask(&app.as_persona("preparer"), ACTION, &letting(true)).send().await.is(200);
        case.follow(&ended);
        assert!(app.fire_due("one").await > 0);
        let returned = told(&case, "DemandReturned").await;
        assert_eq!((case.state().await.as_str(), returned.len()), ("RETURNED", 1));
        let refused = told(&case, "SignatureRefused").await;
        assert!(returned[0]["at"].as_str() < refused[0]["at"].as_str(), "as of its own midnight");
    }

    async fn a_demand_is_expired_for_ever_only_where_the_officer_says_so(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        app.advance_days(6);
        received(&case, CONSULTANT, "opinion", opinion()).await;
        app.advance_days(60);
        let line = line_of(&case, "decider", ACTION).await.unwrap();
        assert_eq!(line["letsExpire"]["state"], "EXPIRED");
        end(&case, "decider").await.refused(409, "pending_step.term_over");
        let ended = case.ask(&app.as_persona("decider"), ACTION, &letting(true)).send().await.is(200);
        case.follow(&ended);
        assert_eq!(case.state().await, "EXPIRED");
    }

    async fn until_the_midnight_of_a_term_nothing_is_asked_for(app: TestApp) {
        for (days, leads_to) in [(7, Value::Null), (8, json!("RETURNED"))] {
            let case = awaiting_opinion(&app).await;
            app.advance_days(days);
            let line = line_of(&case, "decider", ACTION).await.unwrap();
            assert_eq!(line["letsExpire"]["state"], leads_to, "after {days} days");
            let ended = end(&case, "decider").await;
            assert_eq!(ended.status == 409, days == 8, "{}", ended.text());
        }
    }

    async fn a_term_that_an_outage_holds_asks_for_no_word(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        let due: DateTime<Utc> = case.seen().await["clocks"][0]["dueAt"].as_str().unwrap().parse().unwrap();
        received(&case, CONSULTANT, "opinion", opinion()).await;
        app.advance_days(9);
        end(&case, "preparer").await.refused(409, "pending_step.term_over");
        let out = json!({ "from": due - TimeDelta::hours(2), "reason": "Usługa sprawdzania podpisów nie działała." });
        app.as_persona("preparer").post(OUTAGES, &out).send().await.is(201);
        assert_eq!(line_of(&case, "preparer", ACTION).await.unwrap()["letsExpire"], Value::Null);
        let ended = end(&case, "preparer").await.is(200);
        case.follow(&ended);
        assert_eq!(case.state().await, "AWAITING_CONSULTANT");
        case.confirm().await.is(200);
    }

    async fn only_officers_end_a_wait_and_only_where_something_waits(app: TestApp) {
        let case = awaiting_opinion(&app).await;
        app.advance_days(1);
        for persona in [case.physician(), CONSULTANT] {
            end(&case, persona).await.refused(403, "auth.role");
            assert_eq!(line_of(&case, persona, ACTION).await, None);
        }
        let officer = app.as_persona("preparer");
        let unnamed = officer.post(&case.path_of(ACTION), &reason()).send().await;
        unnamed.refused(428, "request.if_match_missing");
        let late = officer.post(&case.path_of(ACTION), &reason()).if_match(case.revision() - 1).send().await;
        late.refused(412, "request.stale");
        let empty = case.ask(&officer, ACTION, &json!({ "reason": "" })).send().await;
        assert_eq!(empty.status, 422, "{}", empty.text());
        let refused = case.ask(&officer, "assignment", &json!({})).send().await;
        refused.refused(403, "auth.not_yours");
        app.validate_pending("one").await;
        case.seen().await;
        end(&case, "preparer").await.refused(409, "demand.wrong_state");
        case.assign("preparer").await.is(200);
        case.prepare(&testkit::approval("10")).await.is(200);
        let nothing = end(&case, "decider").await.refused(409, "pending_step.none");
        assert_eq!(nothing.at("/allowedActions"), json!(["resolution-draft/return", "resolution"]));
        assert_eq!(line_of(&case, "decider", ACTION).await, None);
    }

    async fn a_decision_and_a_draft_that_wait_are_ended_too(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Prepared).await;
        let seen = json!({ "draftSha256": case.draft_sha256().await });
        received(&case, "decider", "resolution", seen).await;
        app.advance_days(1);
        let by_another = app.as_persona("preparer-second").get(&case.path()).await.is(200);
        assert_eq!(by_another.at("/pendingStep/action"), "resolution", "who may end it sees it");
        let ended = end(&case, "preparer-second").await.is(200);
        case.follow(&ended);
        assert_eq!(told(&case, "SignatureRefused").await.len(), 0, "an inner step of the ministry");
        let seen = app.as_persona("decider").get(&case.path()).await.is(200);
        assert_eq!(seen.at("/refusedSteps/0/action"), "resolution");
        case.resolve().await.is(200);
        let draft = food(outside_facility(&app));
        let created = app.as_persona("clinic-physician").post(FOOD_DEMANDS, &json!({ "content": draft })).send().await;
        let of_food = Case::created(&app, &created.is(201));
        received(&of_food, of_food.physician(), "submission", app.consultant(CONSULTANT)).await;
        app.advance_days(1);
        let ended = end(&of_food, "decider").await.is(200);
        of_food.follow(&ended);
        assert_eq!(of_food.seen().await["refusedSteps"][0]["reason"], reason()["reason"]);
        of_food.submit().await.is(200);
    }

    async fn a_repeated_request_gets_the_first_answer(app: TestApp) {
        let case = awaiting_opinion(&app).await;
        app.advance_days(1);
        let officer = app.as_persona("preparer");
        let send = || case.ask(&officer, ACTION, &reason()).key("the-end-of-a-wait-once").send();
        let first = send().await.is(200);
        let again = send().await.is(200);
        assert!(again.is_replayed() && again.body == first.body);
        let asked = officer.get("/api/v1/operations?key=the-end-of-a-wait-once").await.is(200);
        assert_eq!(asked.at("/status"), 200);
    }

    async fn a_verdict_that_comes_after_the_end_changes_nothing(app: TestApp) {
        let case = awaiting_opinion(&app).await;
        app.advance_days(1);
        app.validation().set_mood(Mood::Delays(Duration::from_millis(700)));
        let asked = app.validate_pending("one");
        let ended = async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            end(&case, "preparer").await.is(200)
        };
        let (asked, ended) = tokio::join!(asked, ended);
        assert_eq!(asked, 1);
        case.follow(&ended);
        assert_eq!(case.state().await, "AWAITING_CONSULTANT");
        assert_eq!(told(&case, "OpinionConfirmed").await.len(), 0);
        assert_eq!(told(&case, "SignatureRefused").await.len(), 1);
    }

    async fn of_a_verdict_and_an_end_at_once_one_counts(app: TestApp) {
        for _ in 0..4 {
            let case = awaiting_opinion(&app).await;
            app.advance_days(1);
            let (asked, ended) = tokio::join!(app.validate_pending("one"), end(&case, "preparer"));
            assert!(asked <= 1);
            let (confirmed, refused) =
                (told(&case, "OpinionConfirmed").await.len(), told(&case, "SignatureRefused").await.len());
            let state = case.state().await;
            if ended.status == 200 {
                assert_eq!((confirmed, refused, state.as_str()), (0, 1, "AWAITING_CONSULTANT"));
            } else {
                ended.refused(412, "request.stale");
                assert_eq!((confirmed, refused, state.as_str()), (1, 0, "WITH_MINISTER"));
            }
            assert_eq!(app.count("SELECT count(*) AS number FROM pending_steps").await, 0);
        }
    }
}
