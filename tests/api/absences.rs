//! Consultants who are away, and who answers in their place.

use crate::support::printed;
use chrono::TimeDelta;
use serde_json::{Value, json};
use testkit::{Case, Mood, Response, Stage, TestApp, on_both, with};

const ABSENT: &str = "consultant-nephrology";
const SUBSTITUTE: &str = "consultant-haematology";
/// Nephrology, in which both are consultants.
const FIELD: &str = "0752";

fn person(app: &TestApp, key: &'static str) -> String {
    app.persona(key).person_id.unwrap().to_string()
}

fn path(app: &TestApp) -> String {
    format!("/api/v1/consultants/{}/absences", person(app, ABSENT))
}

/// From today on for so many days.
fn days(app: &TestApp, more: &Value) -> Value {
    let mut body =
        json!({ "field": FIELD, "firstDay": app.today(), "lastDay": app.today() + TimeDelta::days(5) });
    for (member, value) in more.as_object().into_iter().flatten() {
        body[member] = value.clone();
    }
    body
}

async fn enter(app: &TestApp, who: &'static str, more: &Value) -> Response {
    app.as_persona(who).post(&path(app), &days(app, more)).send().await
}

async fn with_substitute(app: &TestApp) -> Response {
    enter(app, "preparer", &json!({ "substituteId": person(app, SUBSTITUTE) })).await.is(201)
}

async fn end(app: &TestApp, absence: &Response, who: &'static str) -> Response {
    let path = format!("{}/{}/end", path(app), absence.text_at("/id"));
    app.as_persona(who).post(&path, &json!({})).send().await
}

async fn listed(app: &TestApp, who: &'static str) -> usize {
    let list = app.as_persona(who).get("/api/v1/medicine-demands").await.is(200);
    list.at("/items").as_array().unwrap().len()
}

/// Whether events of this kind on the case reached the substitute.
async fn heard(case: &Case, kind: &str) -> bool {
    let npwz = case.app.persona(SUBSTITUTE).spec.npwz.unwrap();
    let told = format!(
        "SELECT count(*) AS number FROM events e JOIN event_audience a ON a.event_id = e.id \
         WHERE e.type = '{kind}' AND e.document_id = '{}' AND a.audience = 'person:NPWZ:{npwz}'",
        case.id
    );
    case.app.count_of(told).await > 0
}

on_both! {
    async fn a_substitute_hears_of_what_waits_and_of_what_they_signed(app: TestApp) {
        let longer = json!({ "substituteId": person(&app, SUBSTITUTE), "lastDay": app.today() + TimeDelta::days(6) });
        let absence = enter(&app, "preparer", &longer).await.is(201);
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        assert!(heard(&case, "DemandSubmitted").await);
        let message = json!({ "recipients": ["CONSULTANT"], "text": "Proszę o pilną opinię." });
        case.as_physician().post(&case.path_of("messages"), &message).send().await.is(201);
        assert!(heard(&case, "MessageSent").await);
        let unread = app.as_persona(SUBSTITUTE).get(&case.path_of("messages")).await.is(200);
        assert_eq!(unread.at("/items/0/text"), message["text"], "they hear of what they read");
        app.advance_days(6);
        app.fire_due("one").await;
        assert!(heard(&case, "TermReminder").await);
        let fields = json!({ "verdict": "CONFIRMED" });
        let document = case.document(SUBSTITUTE, "opinion", &fields).await;
        let body = with(fields, "/signature", app.sign_trusted(SUBSTITUTE, &document));
        case.command(SUBSTITUTE, "opinion", &body).await.is(202);
        assert!(heard(&case, "SignatureReceived").await);
        app.validation().set_mood(Mood::Says("TOTAL_FAILED", "REVOKED"));
        end(&app, &absence, ABSENT).await.is(200);
        app.validate_pending("one").await;
        assert!(heard(&case, "SignatureRefused").await, "the absence is over, but it was theirs");
        let message = json!({ "recipients": ["CONSULTANT"], "text": "Proszę o opinię." });
        let late = Case::outside(&app).await.until(Stage::Submitted).await;
        late.as_physician().post(&late.path_of("messages"), &message).send().await.is(201);
        assert!(!heard(&late, "DemandSubmitted").await && !heard(&late, "MessageSent").await);
    }

    async fn a_substitute_hears_what_becomes_of_their_signature_after_the_absence(app: TestApp) {
        for (by, kind) in [("officer", "SignatureRefused"), ("physician", "DemandWithdrawn")] {
            let absence = with_substitute(&app).await;
            let case = Case::outside(&app).await.until(Stage::Submitted).await;
            let fields = json!({ "verdict": "CONFIRMED" });
            let document = case.document(SUBSTITUTE, "opinion", &fields).await;
            let body = with(fields, "/signature", app.sign_trusted(SUBSTITUTE, &document));
            case.command(SUBSTITUTE, "opinion", &body).await.is(202);
            end(&app, &absence, ABSENT).await.is(200);
            if by == "officer" {
                app.advance_days(3);
                let reason = json!({ "reason": "Usługa sprawdzania nie odpowiada." });
                case.command("preparer", "pending-step/refusal", &reason).await.is(200);
            } else {
                case.withdraw().await.is(200);
            }
            assert!(heard(&case, kind).await, "{by}: the absence is over, but it was theirs");
        }
    }

    async fn a_substitute_sees_what_waits_and_answers_in_their_own_name(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        app.as_persona(SUBSTITUTE).find(&case.id).await.refused(404, "request.not_found");
        with_substitute(&app).await;
        app.as_persona(SUBSTITUTE).find(&case.id).await.is(200);
        app.as_persona(ABSENT).find(&case.id).await.is(200);
        assert_eq!((listed(&app, SUBSTITUTE).await, listed(&app, ABSENT).await), (1, 1));
        app.as_persona("consultant-paediatrics").find(&case.id).await.refused(404, "request.not_found");
        let body = case.signed(SUBSTITUTE, "opinion", json!({ "verdict": "CONFIRMED" })).await;
        case.command(SUBSTITUTE, "opinion", &body).await.is(200);
        let consultant = case.seen().await["examination"]["consultant"].clone();
        let npwz = |key| app.persona(key).spec.npwz.unwrap();
        assert_eq!(consultant["npwz"], npwz(SUBSTITUTE), "{consultant}");
        assert_eq!(consultant["inPlaceOf"], npwz(ABSENT));
        assert_eq!(case.state().await, "WITH_MINISTER");
        let print = printed(&case.as_physician().get(&case.path_of("print")).await.is(200));
        assert!(print.contains(&format!("W zastępstwie Zofia Przykładowa, numer prawa wykonywania zawodu {}", npwz(ABSENT))), "{print}");
        assert_eq!(listed(&app, SUBSTITUTE).await, 0);
    }

    async fn a_substitutes_trusted_signature_is_judged_as_of_its_receipt(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        with_substitute(&app).await;
        let npwz = |key| app.persona(key).spec.npwz.unwrap();
        let fields = json!({ "verdict": "CONFIRMED" });
        for (mood, days, consultant) in [(Mood::Says("TOTAL_FAILED", "REVOKED"), 0, ABSENT), (Mood::Judges, 6, SUBSTITUTE)] {
            let document = case.document(SUBSTITUTE, "opinion", &fields).await;
            let body = with(fields.clone(), "/signature", app.sign_trusted(SUBSTITUTE, &document));
            case.command(SUBSTITUTE, "opinion", &body).await.is(202);
            let waiting = case.seen().await["examination"]["consultant"].clone();
            assert_eq!(waiting["npwz"], npwz(ABSENT), "nobody has taken their place yet");
            app.validation().set_mood(mood);
            // The absence is over when the second answer comes.
            app.advance_days(days);
            app.validate_pending("one").await;
            assert_eq!(case.seen().await["examination"]["consultant"]["npwz"], npwz(consultant), "{mood:?}");
        }
        assert_eq!(case.state().await, "WITH_MINISTER");
    }

    async fn an_absence_that_ends_during_the_validation_takes_no_opinion_away(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        let absence = with_substitute(&app).await;
        let fields = json!({ "verdict": "CONFIRMED" });
        let document = case.document(SUBSTITUTE, "opinion", &fields).await;
        let body = with(fields, "/signature", app.sign_trusted(SUBSTITUTE, &document));
        case.command(SUBSTITUTE, "opinion", &body).await.is(202);
        end(&app, &absence, ABSENT).await.is(200);
        app.validate_pending("one").await;
        let seen = case.seen().await;
        assert_eq!(seen["state"], "WITH_MINISTER", "{seen}");
        let npwz = |key| app.persona(key).spec.npwz.unwrap();
        let consultant = &seen["examination"]["consultant"];
        assert_eq!((consultant["npwz"].as_str(), consultant["inPlaceOf"].as_str()), (Some(npwz(SUBSTITUTE)), Some(npwz(ABSENT))));
    }

    async fn a_substitute_may_return_what_is_not_theirs_to_assess(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::WithConsultant).await;
        with_substitute(&app).await;
        let answer = case.command(SUBSTITUTE, "opinion", &json!({ "verdict": "CONFLICT_OF_INTEREST" })).await;
        assert_eq!(answer.is(200).text_at("/state"), "RETURNED");
    }

    async fn nobody_stands_in_before_after_or_elsewhere(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        let tomorrow = app.today() + TimeDelta::days(1);
        let of = json!({ "substituteId": person(&app, SUBSTITUTE), "firstDay": tomorrow, "lastDay": tomorrow });
        enter(&app, ABSENT, &of).await.is(201);
        app.as_persona(SUBSTITUTE).find(&case.id).await.refused(404, "request.not_found");
        app.advance_days(1);
        app.as_persona(SUBSTITUTE).find(&case.id).await.is(200);
        app.elsewhere(SUBSTITUTE).find(&case.id).await.refused(404, "request.not_found");
        app.advance_days(1);
        app.as_persona(SUBSTITUTE).find(&case.id).await.refused(404, "request.not_found");
        assert_eq!(listed(&app, SUBSTITUTE).await, 0);
    }

    async fn an_absence_ends_early_and_once(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        let absence = with_substitute(&app).await;
        let ended = end(&app, &absence, ABSENT).await.is(200);
        assert_eq!(ended.at("/isEnded"), true);
        app.as_persona(SUBSTITUTE).find(&case.id).await.refused(404, "request.not_found");
        end(&app, &absence, "decider").await.refused(409, "consultant.absence_ended");
        end(&app, &absence, SUBSTITUTE).await.refused(403, "auth.not_yours");
        let entries = "SELECT count(*) AS number FROM audit WHERE document_kind = 'ABSENCE'";
        assert_eq!(app.count(entries).await, 4, "entered, ended, and two refusals");
    }

    async fn of_two_absences_the_later_entry_counts(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        with_substitute(&app).await;
        enter(&app, ABSENT, &json!({})).await.is(201);
        app.as_persona(SUBSTITUTE).find(&case.id).await.refused(404, "request.not_found");
        assert_eq!(listed(&app, SUBSTITUTE).await, 0);
    }

    async fn a_consultant_who_is_away_with_nobody_in_their_place_is_not_chosen(app: TestApp) {
        let case = Case::outside(&app).await;
        let absence = enter(&app, ABSENT, &json!({})).await.is(201);
        let body = case.signed(case.physician(), "submission", app.consultant(ABSENT)).await;
        let refused = case.command(case.physician(), "submission", &body).await;
        refused.refused_at(422, "demand.consultant_away", "/consultantId");
        end(&app, &absence, ABSENT).await.is(200);
        with_substitute(&app).await;
        let body = case.signed(case.physician(), "submission", app.consultant(ABSENT)).await;
        case.command(case.physician(), "submission", &body).await.is(200);
    }

    async fn a_physician_does_not_choose_one_whose_substitute_they_are(app: TestApp) {
        app.appoint("clinic-physician", FIELD).await;
        enter(&app, ABSENT, &json!({ "substituteId": person(&app, "clinic-physician") })).await.is(201);
        let case = Case::outside(&app).await;
        let body = case.signed(case.physician(), "submission", app.consultant(ABSENT)).await;
        let refused = case.command(case.physician(), "submission", &body).await;
        refused.refused_at(422, "demand.consultant_away", "/consultantId");
    }

    async fn a_consultant_whose_substitute_is_away_too_is_not_chosen(app: TestApp) {
        with_substitute(&app).await;
        let path = format!("/api/v1/consultants/{}/absences", person(&app, SUBSTITUTE));
        app.as_persona(SUBSTITUTE).post(&path, &days(&app, &json!({}))).send().await.is(201);
        let case = Case::outside(&app).await;
        let body = case.signed(case.physician(), "submission", app.consultant(ABSENT)).await;
        let refused = case.command(case.physician(), "submission", &body).await;
        refused.refused_at(422, "demand.consultant_away", "/consultantId");
    }

    async fn whoever_chooses_sees_who_is_away(app: TestApp) {
        with_substitute(&app).await;
        let path = format!("/api/v1/consultants?field={FIELD}");
        let absences = async |who: &'static str| -> Vec<Value> {
            let list = app.as_persona(who).get(&path).await.is(200);
            let items = list.at("/items").as_array().unwrap().clone();
            items.iter().filter_map(|it| it["absences"].as_array()).flatten().cloned().collect()
        };
        for who in ["clinic-physician", "decider", ABSENT] {
            let found = absences(who).await;
            assert_eq!(found.len(), 1, "{who}: {found:?}");
            assert_eq!(found[0]["substitute"]["id"], person(&app, SUBSTITUTE));
        }
        assert_eq!(absences("wholesaler").await, [] as [Value; 0]);
    }

    async fn what_waits_for_an_absent_colleague_counts_with_the_substitute_too(app: TestApp) {
        let waiting = async || -> Vec<u64> {
            let all = app.as_persona("clinic-physician").get("/api/v1/consultants?limit=200").await.is(200);
            let items = all.at("/items").as_array().unwrap().clone();
            let of = |id: String| items.iter().find(|it| it["id"] == id).unwrap()["waiting"].as_u64().unwrap();
            [ABSENT, SUBSTITUTE, "consultant-paediatrics"].map(|key| of(person(&app, key))).to_vec()
        };
        Case::outside(&app).await.until(Stage::Submitted).await;
        Case::outside(&app).await.until(Stage::Submitted).await;
        assert_eq!(waiting().await, [2, 0, 0]);
        let absence = with_substitute(&app).await;
        assert_eq!(waiting().await, [2, 2, 0]);
        end(&app, &absence, ABSENT).await.is(200);
        assert_eq!(waiting().await, [2, 0, 0]);
        with_substitute(&app).await;
        enter(&app, ABSENT, &json!({})).await.is(201);
        assert_eq!(waiting().await, [2, 0, 0], "of two absences the later entry counts");
    }

    async fn a_demand_of_the_substitutes_own_does_not_wait_for_them(app: TestApp) {
        app.appoint("clinic-physician", FIELD).await;
        Case::outside(&app).await.until(Stage::Submitted).await;
        enter(&app, ABSENT, &json!({ "substituteId": person(&app, "clinic-physician") })).await.is(201);
        let all = app.as_persona("preparer").get("/api/v1/consultants?limit=200").await.is(200);
        let items = all.at("/items").as_array().unwrap().clone();
        let own = items.iter().find(|it| it["id"] == person(&app, "clinic-physician")).unwrap();
        assert_eq!(own["waiting"], 0, "{own}");
    }

    async fn an_entry_names_its_faults(app: TestApp) {
        let yesterday = app.today() - TimeDelta::days(1);
        let of = async |more: Value| enter(&app, "preparer", &more).await;
        of(json!({ "lastDay": yesterday })).await.refused_at(422, "consultant.absence_days", "/lastDay");
        let past = json!({ "firstDay": yesterday, "lastDay": yesterday });
        of(past).await.refused_at(422, "consultant.absence_past", "/lastDay");
        for unfit in [person(&app, "consultant-paediatrics"), person(&app, ABSENT), person(&app, "preparer")] {
            let unfit = of(json!({ "substituteId": unfit })).await;
            unfit.refused_at(422, "consultant.substitute_unfit", "/substituteId");
        }
        of(json!({ "field": "0706" })).await.refused_at(422, "consultant.field_unfit", "/field");
        enter(&app, SUBSTITUTE, &json!({})).await.refused(403, "auth.not_yours");
        let mut body = days(&app, &json!({}));
        body.as_object_mut().unwrap().remove("field");
        for of_several_or_none in [ABSENT, "preparer"] {
            let path = format!("/api/v1/consultants/{}/absences", person(&app, of_several_or_none));
            let refused = app.as_persona("preparer").post(&path, &body).send().await;
            refused.refused_at(422, "consultant.field_unfit", "/field");
        }
    }
}
