//! Questions of the minister: who is asked, who sees it, and what ends it.

use crate::support::{bare_answer, question};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use testkit::{Case, DEMANDS, FOOD_DEMANDS, Response, Stage, TestApp, food, on_both, outside_facility};

async fn assigned(app: &TestApp) -> Case {
    Case::outside(app).await.until(Stage::Assigned).await
}

async fn ask(case: &Case, addressee: &str) -> String {
    let asked = case.command("preparer", "clarifications", &question(addressee)).await.is(201);
    assert_eq!(asked.text_at("/state"), "CLARIFICATION");
    let last = asked.at("/clarifications").as_array().unwrap().last().unwrap().clone();
    last["id"].as_str().unwrap().to_owned()
}

async fn answer(case: &Case, who: &'static str, id: &str, body: &Value) -> Response {
    case.command(who, &format!("clarifications/{id}/answer"), body).await
}

on_both! {
    async fn the_physician_answers_and_the_officer_goes_on(app: TestApp) {
        let case = assigned(&app).await;
        let id = ask(&case, "PHYSICIAN").await;
        let seen = case.seen().await;
        assert_eq!(seen["clarifications"][0]["question"], "Czy są przeciwwskazania?");
        assert_eq!(seen["clarifications"][0]["state"], "OPEN");
        assert_eq!(seen["clocks"][0]["kind"], "CLARIFICATION");
        assert_eq!(seen["clocks"][0]["holder"], "PHYSICIAN");
        let actions = case.as_physician().get(&case.path_of("actions")).await.is(200).json();
        let line = actions["items"].as_array().unwrap().iter().find(|it| it["action"] == "answer").unwrap().clone();
        assert_eq!(line["allowed"], true, "{actions}");
        let answered = answer(&case, case.physician(), &id, &bare_answer()).await.is(200);
        assert_eq!(answered.text_at("/state"), "WITH_MINISTER");
        let officer = app.as_persona("preparer").get(&case.path()).await.is(200);
        assert_eq!(officer.text_at("/clarifications/0/state"), "ANSWERED");
        assert_eq!(officer.text_at("/clarifications/0/answer/text"), "Nie ma przeciwwskazań.");
        assert_eq!(officer.text_at("/clarifications/0/answer/by/familyName"), "Przykładowy");
        answer(&case, case.physician(), &id, &bare_answer()).await.refused(409, "demand.clarification_ended");
        let history = case.as_physician().get(&case.path_of("history")).await.is(200).text();
        assert!(history.contains("ClarificationAsked") && history.contains("ClarificationAnswered"), "{history}");
    }

    async fn an_office_that_is_asked_finds_product_and_indication_until_it_answers(app: TestApp) {
        for (addressee, persona) in [
            ("PRODUCT_OFFICE", "product-officer"),
            ("ASSESSMENT_AGENCY", "agency-officer"),
            ("AGRICULTURE_MINISTRY", "agriculture-officer"),
            ("SANITARY_INSPECTORATE", "inspector"),
        ] {
            let case = assigned(&app).await;
            let office = app.as_persona(persona);
            office.get(&case.path()).await.refused(404, "request.not_found");
            let id = ask(&case, addressee).await;
            let seen = office.get(&case.path()).await.is(200);
            assert_eq!(seen.text_at("/content/product/tradeName"), "Thiola");
            assert_eq!(seen.text_at("/content/diagnosis/icd10"), "E72.0");
            assert_eq!(seen.text_at("/clarifications/0/id"), id);
            for hidden in ["/content/patients", "/content/justification", "/content/outcomeEmail", "/examination"] {
                assert_eq!(seen.at(hidden), Value::Null, "{persona}: {hidden}");
            }
            let listed = office.get(DEMANDS).await.is(200);
            assert_eq!(listed.at("/items/0/id"), json!(case.id), "{persona}");
            assert_eq!(listed.at("/items").as_array().unwrap().len(), 1, "{persona}");
            let physician = case.seen().await;
            assert_eq!(physician["clarifications"], Value::Null, "the question is not the physician's");
            assert_eq!(physician["clocks"][0]["holder"], addressee);
            case.command(case.physician(), &format!("clarifications/{id}/answer"), &bare_answer())
                .await
                .refused(404, "request.not_found");
            answer(&case, persona, &id, &bare_answer()).await.is(200);
            office.get(&case.path()).await.refused(404, "request.not_found");
            assert_eq!(office.get(DEMANDS).await.is(200).at("/items"), json!([]), "{persona}");
        }
    }

    async fn the_consultant_who_gave_the_opinion_is_asked_and_no_other(app: TestApp) {
        let case = assigned(&app).await;
        let id = ask(&case, "CONSULTANT").await;
        let consultant = app.as_persona("consultant-nephrology");
        assert_eq!(consultant.get(DEMANDS).await.is(200).at("/items/0/id"), json!(case.id));
        consultant.get(&case.path()).await.is(200);
        let other = app.as_persona("consultant-paediatrics");
        other.get(&case.path()).await.refused(404, "request.not_found");
        answer(&case, "consultant-nephrology", &id, &bare_answer()).await.is(200);
        consultant.get(&case.path()).await.refused(404, "request.not_found");
    }

    async fn an_office_is_reminded_and_told_of_the_withdrawal_that_ends_its_question(app: TestApp) {
        let case = assigned(&app).await;
        ask(&case, "PRODUCT_OFFICE").await;
        let heard = async |kind: &str| {
            app.count_of(format!(
                "SELECT count(*) AS number FROM events e JOIN event_audience a ON a.event_id = e.id \
                 WHERE e.type = '{kind}' AND a.audience = 'role:PRODUCT_OFFICE' AND e.document_id = '{}'", case.id
            )).await
        };
        let due_at: DateTime<Utc> = case.seen().await["clocks"][0]["dueAt"].as_str().unwrap().parse().unwrap();
        app.advance_days((due_at - app.now()).num_days());
        app.fire_due("one").await;
        assert_eq!(heard("TermReminder").await, 1);
        let withdrawn = case.withdraw().await.is(200);
        assert_eq!(withdrawn.text_at("/state"), "WITHDRAWN");
        assert_eq!(heard("DemandWithdrawn").await, 1);
        let officer = app.as_persona("preparer").get(&case.path()).await.is(200);
        assert_eq!(officer.text_at("/clarifications/0/state"), "WITHDRAWN", "{}", officer.text());
        assert_eq!(officer.at("/clarifications/0/endedAt"), withdrawn.at("/changedAt"));
        app.as_persona("product-officer").get(&case.path()).await.refused(404, "request.not_found");
    }

    async fn whoever_asks_still_sees_how_the_case_came_to_them(app: TestApp) {
        let case = assigned(&app).await;
        let takeover = json!({ "reason": "Zastępstwo." });
        case.command("preparer-second", "assignment", &takeover).await.is(200);
        let asked = case.command("preparer-second", "clarifications", &question("PHYSICIAN")).await.is(201);
        assert_eq!(asked.text_at("/ministryFile/takenOver/reason"), "Zastępstwo.", "{}", asked.text());
    }

    async fn the_officer_enters_a_letter_of_the_addressee(app: TestApp) {
        let case = assigned(&app).await;
        let id = ask(&case, "PRODUCT_OFFICE").await;
        answer(&case, "preparer", &id, &bare_answer()).await.refused_at(422, "demand.letter_required", "/letter");
        let letter = |day: &str| json!({ "answer": "Brak.", "letter": { "reference": "UR.1.2026", "datedOn": day } });
        let tomorrow = (app.today() + chrono::TimeDelta::days(1)).to_string();
        let refused = answer(&case, "preparer", &id, &letter(&tomorrow)).await;
        refused.refused_at(422, "demand.letter_dated", "/letter/datedOn");
        let today = app.today().to_string();
        answer(&case, "product-officer", &id, &letter(&today)).await.refused_at(422, "demand.letter_superfluous", "/letter");
        let done = answer(&case, "preparer", &id, &letter(&today)).await.is(200);
        assert_eq!(done.text_at("/clarifications/0/answer/letter/reference"), "UR.1.2026");
    }

    async fn a_question_is_put_by_whoever_has_the_case_with_a_term_within_bounds(app: TestApp) {
        let case = assigned(&app).await;
        case.command("preparer-second", "clarifications", &question("PHYSICIAN")).await.refused(409, "demand.not_assigned");
        for days in [6, 61] {
            let asked = json!({ "addressee": "PHYSICIAN", "question": "Dlaczego?", "days": days });
            let refused = case.command("preparer", "clarifications", &asked).await;
            refused.refused_at(422, "demand.clarification_term", "/days");
        }
        let id = ask(&case, "PHYSICIAN").await;
        case.command("preparer", "clarifications", &question("CONSULTANT")).await.refused(409, "demand.wrong_state");
        let unknown = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a46";
        answer(&case, case.physician(), unknown, &bare_answer()).await.refused(404, "request.not_found");
        let closure = format!("clarifications/{id}/closure");
        let reason = json!({ "reason": "Odpowiedź jest w aktach." });
        case.command("preparer-second", &closure, &reason).await.refused(409, "demand.not_assigned");
        let closed = case.command("preparer", &closure, &reason).await.is(200);
        assert_eq!(closed.text_at("/state"), "WITH_MINISTER");
        assert_eq!(closed.text_at("/clarifications/0/state"), "CLOSED");
        assert_eq!(closed.text_at("/clarifications/0/closed/reason"), "Odpowiedź jest w aktach.");
    }

    async fn a_question_is_kept_for_the_decider_and_hidden_from_supply_and_patient(app: TestApp) {
        let case = assigned(&app).await;
        let id = ask(&case, "PHYSICIAN").await;
        answer(&case, case.physician(), &id, &bare_answer()).await.is(200);
        case.prepare(&testkit::approval("10")).await.is(200);
        case.resolve().await.is(200);
        case.retrieve("pharmacist").await.is(200);
        case.hand_over().await.is(200);
        let decider = app.as_persona("decider").get(&case.path()).await.is(200);
        assert_eq!(decider.text_at("/clarifications/0/answer/text"), "Nie ma przeciwwskazań.");
        for persona in ["pharmacist", "wholesaler", "patient"] {
            let seen = app.as_persona(persona).get(&case.path()).await.is(200);
            assert_eq!(seen.at("/clarifications"), Value::Null, "{persona}");
        }
        for persona in ["pharmacist", "wholesaler"] {
            let history = app.as_persona(persona).get(&case.path_of("history")).await.is(200).text();
            assert!(!history.contains("Clarification"), "{persona}: {history}");
        }
    }

    async fn a_case_that_waits_can_be_withdrawn_and_taken_over(app: TestApp) {
        let case = assigned(&app).await;
        let id = ask(&case, "PHYSICIAN").await;
        let taken = json!({ "reason": "Urlop." });
        case.command("preparer-second", "assignment", &taken).await.is(200);
        let closure = format!("clarifications/{id}/closure");
        case.command("preparer", &closure, &json!({ "reason": "Zbędne." })).await.refused(409, "demand.not_assigned");
        let withdrawn = case.withdraw().await.is(200);
        assert_eq!(withdrawn.text_at("/state"), "WITHDRAWN");
        answer(&case, case.physician(), &id, &bare_answer()).await.refused(409, "demand.clarification_ended");
    }

    async fn the_inspectorate_is_asked_about_a_food_before_it_sees_the_consent(app: TestApp) {
        let case = Case::of(&app, &food(outside_facility(&app))).await.until(Stage::Assigned).await;
        let inspector = app.as_persona("inspector");
        assert_eq!(inspector.get(FOOD_DEMANDS).await.is(200).at("/items"), json!([]));
        let id = ask(&case, "SANITARY_INSPECTORATE").await;
        assert_eq!(inspector.get(FOOD_DEMANDS).await.is(200).at("/items/0/id"), json!(case.id));
        answer(&case, "inspector", &id, &bare_answer()).await.is(200);
        case.prepare(&testkit::approval("10")).await.is(200);
        case.resolve().await.is(200);
        assert_eq!(inspector.get(&case.path()).await.is(200).text_at("/state"), "APPROVED");
    }
}
