//! Questions of the minister about a notification: who is asked, who sees it, and what ends it.

use crate::support::{self, bare_answer, question};
use chrono::TimeDelta;
use serde_json::{Value, json};
use testkit::{AUTHORISATIONS, Notification, Reached, Response, TestApp, on_both, with, without};

async fn assigned(app: &TestApp) -> Notification {
    Notification::drafted(app).await.until(Reached::Assigned).await
}

async fn ask(notification: &Notification, addressee: &str) -> String {
    let asked = notification.command("preparer", "clarifications", &question(addressee)).await.is(201);
    assert_eq!(asked.text_at("/state"), "CLARIFICATION");
    let last = asked.at("/clarifications").as_array().unwrap().last().unwrap().clone();
    last["id"].as_str().unwrap().to_owned()
}

async fn answer(notification: &Notification, who: &'static str, id: &str, body: &Value) -> Response {
    notification.command(who, &format!("clarifications/{id}/answer"), body).await
}

async fn close(notification: &Notification, who: &'static str, id: &str) -> Response {
    let reason = json!({ "reason": "Odpowiedź jest w aktach." });
    notification.command(who, &format!("clarifications/{id}/closure"), &reason).await
}

/// The line of this action among those of the persona.
async fn line(notification: &Notification, persona: &'static str, action: &str) -> Value {
    let told =
        notification.app.as_persona(persona).get(&notification.path_of("actions")).await.is(200).json();
    told["items"].as_array().unwrap().iter().find(|it| it["action"] == action).unwrap().clone()
}

/// How many whole days are left of the term; its last day is no day off, whenever this is run.
async fn days_left(notification: &Notification) -> i64 {
    support::days_left(&notification.seen().await, notification.app.now())
}

const OFFICES: [(&str, &str); 4] = [
    ("PRODUCT_OFFICE", "product-officer"),
    ("ASSESSMENT_AGENCY", "agency-officer"),
    ("AGRICULTURE_MINISTRY", "agriculture-officer"),
    ("SANITARY_INSPECTORATE", "inspector"),
];

on_both! {
    async fn the_wholesaler_answers_and_the_officer_goes_on(app: TestApp) {
        for persona in ["responsible-person", "wholesaler-director"] {
            let notification = assigned(&app).await;
            let id = ask(&notification, "WHOLESALER").await;
            let seen = app.as_persona(persona).get(&notification.path()).await.is(200).json();
            assert_eq!(seen["clarifications"][0]["question"], "Czy są przeciwwskazania?", "{persona}");
            assert_eq!(seen["clarifications"][0]["state"], "OPEN");
            assert_eq!(seen["clocks"][0]["kind"], "CLARIFICATION");
            assert_eq!(seen["clocks"][0]["holder"], "RESPONSIBLE_PERSON");
            assert_eq!(line(&notification, persona, "answer").await["allowed"], true);
            let answered = answer(&notification, persona, &id, &bare_answer()).await.is(200);
            assert_eq!(answered.text_at("/state"), "WITH_MINISTER");
            assert_eq!(answered.at("/clocks"), json!([]));
            let officer = app.as_persona("preparer").get(&notification.path()).await.is(200);
            assert_eq!(officer.text_at("/clarifications/0/state"), "ANSWERED");
            assert_eq!(officer.text_at("/clarifications/0/addressee"), "WHOLESALER");
            assert_eq!(officer.text_at("/clarifications/0/answer/text"), "Nie ma przeciwwskazań.");
            assert!(officer.at("/clarifications/0/answer/by/familyName").is_string());
            answer(&notification, persona, &id, &bare_answer()).await.refused(409, "demand.clarification_ended");
            let history = app.as_persona(persona).get(&notification.path_of("history")).await.is(200).json();
            let items = history["items"].as_array().unwrap();
            let told: Vec<_> = items.iter().filter(|it| it["data"]["addressee"] == "WHOLESALER").collect();
            assert_eq!(told.len(), 2, "asked and answered: {history}");
        }
    }

    async fn an_office_that_is_asked_sees_the_notification_until_it_answers(app: TestApp) {
        for (addressee, persona) in OFFICES {
            let notification = assigned(&app).await;
            let office = app.as_persona(persona);
            office.get(&notification.path()).await.refused(404, "request.not_found");
            let id = ask(&notification, addressee).await;
            let seen = office.get(&notification.path()).await.is(200);
            assert_eq!(seen.text_at("/content/product/tradeName"), "Exemplar");
            assert_eq!(seen.text_at("/content/justification"), "Zapas szpitali nie wystarczy.");
            assert_eq!(seen.text_at("/content/wholesaler/name"), "Hurtownia Farmaceutyczna Testpol");
            assert_eq!(seen.at("/content/batches").as_array().unwrap().len(), 2);
            assert_eq!(seen.text_at("/clarifications/0/id"), id);
            let hidden = ["/content/wholesaler/email", "/content/representative/familyName", "/examination", "/ministryFile"];
            for hidden in hidden {
                assert_eq!(seen.at(hidden), Value::Null, "{persona}: {hidden}");
            }
            office.get(&notification.path_of("print")).await.is(200);
            office.get(&notification.path_of("versions")).await.refused(403, "auth.not_yours");
            let listed = office.get(AUTHORISATIONS).await.is(200);
            assert_eq!(listed.at("/items/0/id"), json!(notification.id), "{persona}");
            assert_eq!(listed.at("/items").as_array().unwrap().len(), 1, "{persona}");
            let wholesaler = notification.seen().await;
            assert_eq!(wholesaler["clarifications"], Value::Null, "the question is not the wholesaler's");
            assert_eq!(wholesaler["clocks"][0]["holder"], addressee);
            let not_asked = line(&notification, "responsible-person", "answer").await;
            assert_eq!(not_asked["blockedBy"]["code"], "authorisation.wrong_state");
            answer(&notification, "responsible-person", &id, &bare_answer()).await.refused(404, "request.not_found");
            for (_, other) in OFFICES.into_iter().filter(|(_, other)| *other != persona) {
                answer(&notification, other, &id, &bare_answer()).await.refused(404, "request.not_found");
            }
            answer(&notification, persona, &id, &bare_answer()).await.is(200);
            office.get(&notification.path()).await.refused(404, "request.not_found");
            assert_eq!(office.get(AUTHORISATIONS).await.is(200).at("/items"), json!([]), "{persona}");
        }
    }

    async fn an_office_hears_of_its_question_and_no_other(app: TestApp) {
        let notification = assigned(&app).await;
        let id = ask(&notification, "PRODUCT_OFFICE").await;
        answer(&notification, "product-officer", &id, &bare_answer()).await.is(200);
        let heard = |role: &str| {
            format!(
                "SELECT count(*) AS number FROM events e JOIN event_audience a ON a.event_id = e.id WHERE \
                 e.document_id = '{}' AND a.audience = 'role:{role}'",
                notification.id,
            )
        };
        assert_eq!(app.count_of(heard("PRODUCT_OFFICE")).await, 2, "asked and answered");
        assert_eq!(app.count_of(heard("ASSESSMENT_AGENCY")).await, 0);
    }

    async fn the_officer_enters_a_letter_of_the_addressee(app: TestApp) {
        let notification = assigned(&app).await;
        let id = ask(&notification, "AGRICULTURE_MINISTRY").await;
        let bare = answer(&notification, "preparer", &id, &bare_answer()).await;
        bare.refused_at(422, "demand.letter_required", "/letter");
        let letter = |day: &str| json!({ "answer": "Brak.", "letter": { "reference": "ROL.1.2026", "datedOn": day } });
        let tomorrow = (app.today() + TimeDelta::days(1)).to_string();
        let refused = answer(&notification, "preparer", &id, &letter(&tomorrow)).await;
        refused.refused_at(422, "demand.letter_dated", "/letter/datedOn");
        let today = app.today().to_string();
        let own = answer(&notification, "agriculture-officer", &id, &letter(&today)).await;
        own.refused_at(422, "demand.letter_superfluous", "/letter");
        let entered = answer(&notification, "preparer", &id, &letter(&today)).await.is(200);
        assert_eq!(entered.text_at("/clarifications/0/answer/letter/reference"), "ROL.1.2026");
    }

    async fn a_question_is_put_by_whoever_has_the_case_to_somebody_there_is(app: TestApp) {
        let notification = assigned(&app).await;
        let second = notification.command("preparer-second", "clarifications", &question("WHOLESALER")).await;
        second.refused(409, "demand.not_assigned");
        for days in [6, 61] {
            let asked = with(question("WHOLESALER"), "/days", json!(days));
            let refused = notification.command("preparer", "clarifications", &asked).await;
            refused.refused_at(422, "demand.clarification_term", "/days");
        }
        for nobody in ["PHYSICIAN", "CONSULTANT"] {
            let refused = notification.command("preparer", "clarifications", &question(nobody)).await;
            assert_eq!(refused.status, 400, "no {nobody} takes part");
        }
        let id = ask(&notification, "WHOLESALER").await;
        let again = notification.command("preparer", "clarifications", &question("PRODUCT_OFFICE")).await;
        let again = again.refused(409, "authorisation.wrong_state");
        assert_eq!(again.text_at("/currentState"), "CLARIFICATION");
        assert_eq!(again.at("/allowedActions"), json!(["assignment", "answer", "closure"]));
        notification.prepare(&testkit::consent(&app, "10")).await.refused(409, "authorisation.wrong_state");
        let unknown = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a46";
        answer(&notification, "responsible-person", unknown, &bare_answer()).await.refused(404, "request.not_found");
        close(&notification, "preparer-second", &id).await.refused(409, "demand.not_assigned");
        let closed = close(&notification, "preparer", &id).await.is(200);
        assert_eq!(closed.text_at("/state"), "WITH_MINISTER");
        assert_eq!(closed.text_at("/clarifications/0/state"), "CLOSED");
        assert_eq!(closed.text_at("/clarifications/0/closed/reason"), "Odpowiedź jest w aktach.");
    }

    async fn a_question_is_kept_for_the_decider_and_hidden_from_supply(app: TestApp) {
        let notification = assigned(&app).await;
        let id = ask(&notification, "WHOLESALER").await;
        answer(&notification, "wholesaler-director", &id, &bare_answer()).await.is(200);
        notification.prepare(&testkit::consent(&app, "10")).await.is(200);
        notification.resolve().await.is(200);
        notification.retrieve("pharmacist").await.is(200);
        notification.hand_over("pharmacist").await.is(200);
        let decider = app.as_persona("decider").get(&notification.path()).await.is(200);
        assert_eq!(decider.text_at("/clarifications/0/answer/text"), "Nie ma przeciwwskazań.");
        for persona in ["pharmacist", "wholesaler"] {
            let seen = app.as_persona(persona).get(&notification.path()).await.is(200);
            assert_eq!(seen.at("/clarifications"), Value::Null, "{persona}");
            assert_eq!(seen.text_at("/clocks/0/kind"), "CONSENT_PERIOD", "{persona}");
            let history = app.as_persona(persona).get(&notification.path_of("history")).await.is(200).text();
            assert!(!history.contains("Clarification"), "{persona}: {history}");
        }
    }

    async fn a_case_that_waits_can_be_withdrawn_and_taken_over(app: TestApp) {
        let notification = assigned(&app).await;
        let id = ask(&notification, "PRODUCT_OFFICE").await;
        notification.command("preparer-second", "assignment", &json!({ "reason": "Urlop." })).await.is(200);
        close(&notification, "preparer", &id).await.refused(409, "demand.not_assigned");
        let reason = json!({ "reason": "Zagrożenie ustało." });
        let withdrawn = notification.command("responsible-person", "withdrawal", &reason).await.is(200);
        assert_eq!(withdrawn.text_at("/state"), "WITHDRAWN");
        assert_eq!(withdrawn.at("/clocks"), json!([]));
        app.as_persona("product-officer").get(&notification.path()).await.refused(404, "request.not_found");
        assert_eq!(app.as_persona("product-officer").get(AUTHORISATIONS).await.is(200).at("/items"), json!([]));
        close(&notification, "preparer-second", &id).await.refused(409, "demand.clarification_ended");
        let officer = app.as_persona("preparer-second").get(&notification.path()).await.is(200);
        assert_eq!(officer.text_at("/clarifications/0/state"), "WITHDRAWN", "{}", officer.text());
        assert_eq!(officer.at("/clarifications/0/endedAt"), withdrawn.at("/changedAt"));
        let heard = "SELECT count(*) AS number FROM events e JOIN event_audience a ON a.event_id = e.id \
                     WHERE e.type = 'AuthorisationWithdrawn' AND a.audience = 'role:PRODUCT_OFFICE'";
        assert_eq!(app.count(heard).await, 1, "it need not answer any more");
    }

    async fn the_worker_reminds_and_ends_a_question_nobody_answers(app: TestApp) {
        let notification = assigned(&app).await;
        ask(&notification, "ASSESSMENT_AGENCY").await;
        app.advance_days(days_left(&notification).await - 1);
        assert_eq!(app.fire_due("one").await, 1, "the reminder, two days before the end");
        app.advance_days(2);
        assert_eq!(app.fire_due("one").await, 1);
        assert_eq!(app.fire_due("two").await, 0, "once");
        let told = app.as_persona("preparer").get(&notification.path()).await.is(200);
        assert_eq!(told.text_at("/state"), "WITH_MINISTER");
        assert_eq!(told.text_at("/clarifications/0/state"), "UNANSWERED");
        assert_eq!(told.at("/clarifications/0/endedAt"), told.at("/changedAt"));
        let history = app.as_persona("responsible-person").get(&notification.path_of("history")).await.is(200);
        let kinds = history.at("/items");
        let kinds: Vec<_> = kinds.as_array().unwrap().iter().map(|item| item["type"].as_str().unwrap()).collect();
        assert_eq!(kinds[kinds.len() - 2..], ["ClarificationReminder", "ClarificationUnanswered"]);
    }

    async fn an_outage_holds_the_term_of_an_answer_and_no_consent(app: TestApp) {
        let consented = Notification::drafted(&app).await.until(Reached::Consented).await;
        app.advance_days(83);
        let notification = assigned(&app).await;
        let week = with(question("WHOLESALER"), "/days", json!(7));
        notification.command("preparer", "clarifications", &week).await.is(201);
        app.advance_days(days_left(&notification).await);
        let down = json!({ "from": app.now() - TimeDelta::hours(1), "reason": "Awaria zasilania." });
        let lasting = app.as_persona("preparer").post("/api/v1/outages", &down).send().await.is(201);
        app.advance_days(1);
        app.fire_due("one").await;
        assert_eq!(consented.state().await, "LAPSED");
        let seen = notification.seen().await;
        assert_eq!(seen["state"], "CLARIFICATION");
        assert_eq!(seen["clocks"][0]["held"]["outageId"], lasting.at("/id"));
        let listed = app.as_persona("responsible-person").get(&format!("{AUTHORISATIONS}?state=CLARIFICATION")).await;
        assert_eq!(listed.is(200).text_at("/items/0/id"), notification.id);
        let id = seen["clarifications"][0]["id"].as_str().unwrap().to_owned();
        answer(&notification, "responsible-person", &id, &bare_answer()).await.is(200);
    }

    async fn a_question_is_put_about_an_addition_too(app: TestApp) {
        let base = Notification::drafted(&app).await.until(Reached::Consented).await;
        let batch = json!({
            "number": "L26B003", "expiresOn": app.today() + TimeDelta::days(400),
            "quantity": { "amount": "5", "unit": "PACK" },
        });
        let body = json!({ "quantity": { "amount": "5", "unit": "PACK" }, "batches": [batch] });
        let opened = app.as_persona("responsible-person").post(&base.path_of("additions"), &body).send().await;
        let addition = Notification::created(&app, &opened.is(201)).until(Reached::Assigned).await;
        let id = ask(&addition, "WHOLESALER").await;
        assert_eq!(base.state().await, "CONSENTED", "the consent goes on");
        answer(&addition, "responsible-person", &id, &bare_answer()).await.is(200);
        let whole = without(without(testkit::consent(&app, "5"), "/validFrom"), "/validUntil");
        addition.prepare(&whole).await.is(200);
        addition.resolve().await.is(200);
        assert_eq!(base.seen().await["ruling"]["totalQuantity"]["amount"], "15");
    }

    async fn a_question_is_put_once_under_one_key(app: TestApp) {
        let notification = assigned(&app).await;
        let who = app.as_persona("preparer");
        let path = notification.path_of("clarifications");
        let body = question("WHOLESALER");
        let send = || who.post(&path, &body).key("a-question-0123456789").send();
        let (first, again) = (send().await.is(201), send().await.is(201));
        assert!(again.is_replayed() && again.body == first.body);
        let known = who.get("/api/v1/operations?key=a-question-0123456789").await.is(200);
        assert_eq!(known.text_at("/operation"), "ask_authorisation_clarification");
    }
}
