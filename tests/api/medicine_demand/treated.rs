//! `…/treated-patients`: who was treated from an ad-hoc need, the term of the list, and who sees whom.

use crate::support::printed;
use chrono::TimeDelta;
use serde_json::{Value, json};
use testkit::{Case, DEMANDS, FOOD_DEMANDS, Response, Stage, TestApp, ad_hoc, food, on_both, with};

/// An ad-hoc need, handed over.
async fn supplied(app: &TestApp) -> Case {
    Case::of(app, &ad_hoc(app)).await.until(Stage::HandedOver).await
}

/// A course of one day, which is today.
fn course(app: &TestApp, key: &str, amount: &str) -> Value {
    let spec = app.persona(key).spec;
    json!({
        "patient": {
            "givenNames": spec.given_names, "familyName": spec.family_name,
            "identifier": { "kind": "PESEL", "number": spec.pesel }
        },
        "quantity": { "amount": amount, "unit": "PACK" }, "dose": "1 ampułka co 8 godzin",
        "treatedFrom": app.today(), "treatedTo": app.today()
    })
}

async fn report(case: &Case, body: &Value) -> Response {
    case.command("hospital-physician", "treated-patients", body).await
}

/// Both personas were treated, and that was all.
async fn both(case: &Case) -> Response {
    let patients = [course(&case.app, "patient", "2"), course(&case.app, "patient-second", "3")];
    report(case, &json!({ "patients": patients, "treatmentEndedOn": case.app.today() })).await.is(201)
}

async fn list(case: &Case, persona: &'static str) -> Response {
    case.app.as_persona(persona).get(&case.path_of("treated-patients")).await
}

async fn take_back(case: &Case, line: &str) -> Response {
    let path = format!("treated-patients/{line}/reversal");
    case.command("hospital-physician", &path, &json!({ "reason": "Nie ten pacjent." })).await
}

fn clock(seen: &Value) -> Option<Value> {
    let clocks = seen["clocks"].as_array().unwrap();
    clocks.iter().find(|clock| clock["kind"] == "PATIENT_LIST").cloned()
}

async fn events(app: &TestApp, kind: &str) -> i64 {
    app.count_of(format!("SELECT count(*) AS number FROM events WHERE type = '{kind}'")).await
}

fn says_nothing_of(app: &TestApp, key: &str, text: &str, place: &str) {
    let spec = app.persona(key).spec;
    for name in [spec.pesel, spec.given_names] {
        assert!(!text.contains(name), "{name} in {place}: {text}");
    }
}

on_both! {
    async fn reports_add_up_until_the_list_is_whole(app: TestApp) {
        let case = supplied(&app).await;
        let first = report(&case, &json!({ "patients": [course(&app, "patient", "2")] })).await.is(201);
        assert_eq!(first.at("/patientList"), json!({ "lines": 1, "given": "2" }));
        let last = json!({
            "patients": [course(&app, "patient-second", "3.5")], "treatmentEndedOn": app.today(), "final": true
        });
        let whole = report(&case, &last).await.is(201);
        assert_eq!((whole.at("/patientList/lines"), whole.at("/patientList/given")), (json!(2), json!("5.5")));
        assert!(clock(&whole.json()).is_none(), "nothing is awaited any more");
        report(&case, &json!({ "patients": [course(&app, "patient", "1")] })).await.refused(409, "demand.patient_list_closed");
        let told = list(&case, "hospital-physician").await.is(200);
        assert_eq!(told.at("/items/0/dose"), "1 ampułka co 8 godzin");
        assert_eq!(told.at("/items/1/quantity/amount"), "3.5");
        assert_eq!(told.at("/patientList/closedAt"), whole.at("/patientList/closedAt"));
        assert_eq!(case.state().await, "WITH_WHOLESALER", "a list moves nothing");
    }

    async fn a_wrong_line_is_taken_back_and_the_right_one_follows(app: TestApp) {
        let case = supplied(&app).await;
        let ended = json!({ "patients": [course(&app, "patient", "2")], "treatmentEndedOn": app.today(), "final": true });
        report(&case, &ended).await.is(201);
        let line = list(&case, "hospital-physician").await.is(200).text_at("/items/0/id");
        let open = take_back(&case, &line).await.is(200);
        assert_eq!(open.at("/patientList/lines"), 0);
        assert!(open.at("/patientList").get("closedAt").is_none(), "the list is open again");
        take_back(&case, &line).await.refused(409, "demand.treated_taken_back");
        take_back(&case, "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42").await.refused(404, "request.not_found");
        // Whom it named by mistake finds the demand no longer.
        app.as_persona("patient").find(&case.id).await.refused(404, "request.not_found");
        assert_eq!(app.as_persona("patient").get("/api/v1/patient/cases").await.is(200).at("/items"), json!([]));
        report(&case, &json!({ "patients": [course(&app, "patient-second", "2")] })).await.is(201);
        let told = list(&case, "hospital-physician").await.is(200);
        assert_eq!(told.at("/items/0/takenBack/reason"), "Nie ten pacjent.");
        assert_eq!(told.at("/items").as_array().unwrap().len(), 2, "the wrong line stays");
    }

    async fn each_broken_rule_of_a_report_is_named(app: TestApp) {
        let case = supplied(&app).await;
        case.dispense(4).await.is(201);
        let good = course(&app, "patient", "1");
        let of = |line: Value| json!({ "patients": [line] });
        let (yesterday, tomorrow) = (app.today() - TimeDelta::days(1), app.today() + TimeDelta::days(1));
        for (body, code, pointer) in [
            (json!({}), "demand.patient_list_empty", ""),
            (of(with(good.clone(), "/quantity/unit", json!("TABLET"))), "demand.treated_unit", "/patients/0/quantity/unit"),
            (of(with(good.clone(), "/quantity/amount", json!("5"))), "demand.treated_beyond", "/patients"),
            (of(with(good.clone(), "/treatedFrom", json!(yesterday))), "demand.treated_dates", "/patients/0/treatedFrom"),
            (of(with(good.clone(), "/treatedTo", json!(tomorrow))), "demand.treated_dates", "/patients/0/treatedTo"),
            (json!({ "patients": [good.clone(), good.clone()] }), "demand.treated_twice", "/patients/1/treatedFrom"),
            (json!({ "treatmentEndedOn": tomorrow }), "demand.treatment_end", "/treatmentEndedOn"),
            (json!({ "final": true }), "demand.treatment_end", "/treatmentEndedOn"),
            (of(with(good.clone(), "/patient/identifier", Value::Null)), "demand.patient_incomplete", "/patients/0/patient/identifier"),
            (of(with(good.clone(), "/dose", json!(""))), "value.text_empty", "/patients/0/dose"),
            (of(with(good.clone(), "/patient/identifier/number", json!("44051401459"))), "value.pesel", "/patients/0/patient/identifier/number"),
        ] {
            report(&case, &body).await.refused_at(422, code, pointer);
        }
        let several = of(with(with(good, "/quantity/amount", json!("5")), "/treatedFrom", json!(yesterday)));
        let named = report(&case, &several).await;
        assert_eq!(named.at("/errors").as_array().unwrap().len(), 2, "{}", named.text());
    }

    async fn only_an_ad_hoc_need_that_was_handed_over_has_a_list(app: TestApp) {
        let end = json!({ "treatmentEndedOn": app.today() });
        let named = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        report(&named, &end).await.refused(409, "demand.not_ad_hoc");
        let approved = Case::of(&app, &with(ad_hoc(&app), "/product/strength", json!("200 mg"))).await.until(Stage::Approved).await;
        report(&approved, &end).await.refused(409, "demand.wrong_state");
        approved.revoke().await;
        report(&approved, &end).await.refused(409, "demand.nothing_supplied");
        let actions = app.as_persona("hospital-physician").get(&named.path_of("actions")).await.is(200);
        let blocked = actions.at("/items").as_array().unwrap().iter()
            .find(|item| item["action"] == "treated-patients").map(|item| item["blockedBy"]["code"].clone());
        assert_eq!(blocked, Some(json!("demand.not_ad_hoc")));
        let reversal = actions.at("/items").as_array().unwrap().iter()
            .find(|item| item["action"] == "treated-patients/reversal").map(|item| item["blockedBy"]["code"].clone());
        assert_eq!(reversal, Some(json!("demand.not_ad_hoc")));
        let refused = report(&named, &end).await.refused(409, "demand.not_ad_hoc").at("/allowedActions");
        let allowed: Vec<&str> = refused.as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert!(allowed.contains(&"withdrawal"), "{allowed:?}");
        assert!(!allowed.iter().any(|action| action.starts_with("treated-patients")), "{allowed:?}");
    }

    async fn what_was_given_cannot_be_withdrawn_or_handed_back(app: TestApp) {
        let case = supplied(&app).await;
        both(&case).await;
        case.withdraw().await.refused(409, "demand.already_used");
        let reason = json!({ "reason": "Nie sprowadzamy." });
        let refused = case.command("wholesaler", "handover-return", &reason).await.refused(409, "demand.already_used");
        assert!(!refused.text().contains("treated"), "nothing of the report: {}", refused.text());
        for (persona, action) in [("hospital-physician", "withdrawal"), ("wholesaler", "handover-return")] {
            let actions = app.as_persona(persona).get(&case.path_of("actions")).await.is(200).at("/items");
            let line = actions.as_array().unwrap().iter().find(|item| item["action"] == action).cloned().unwrap();
            assert_eq!(line["blockedBy"]["code"], "demand.already_used");
            assert_eq!(line["unblockedBy"], json!(["PHYSICIAN"]));
        }
    }

    async fn a_list_that_was_closed_by_mistake_is_opened_again_and_locks_nothing(app: TestApp) {
        let case = supplied(&app).await;
        let reason = json!({ "reason": "Zamknięto przez pomyłkę." });
        case.command("hospital-physician", "treated-patients/reopening", &reason).await
            .refused(409, "demand.patient_list_open");
        report(&case, &json!({ "treatmentEndedOn": app.today(), "final": true })).await.is(201);
        report(&case, &json!({ "patients": [course(&app, "patient", "2")] })).await
            .refused(409, "demand.patient_list_closed");
        case.command("wholesaler", "treated-patients/reopening", &reason).await.refused(403, "auth.role");
        let reopened = case.command("hospital-physician", "treated-patients/reopening", &reason).await.is(200);
        assert!(reopened.at("/patientList/closedAt").is_null() && reopened.at("/patientList/treatmentEndedOn").is_null());
        assert!(reopened.at("/patientList/reopenings").is_null(), "the reason stands in the list alone");
        assert_eq!(clock(&reopened.json()), None);
        let listed = list(&case, "hospital-physician").await.is(200);
        assert_eq!(listed.at("/reopenings/0/reason"), "Zamknięto przez pomyłkę.");
        let reopenings = "SELECT count(*) AS number FROM events WHERE type = 'PatientListReopened'";
        assert_eq!(app.count(reopenings).await, 1);
        report(&case, &json!({ "patients": [course(&app, "patient", "2")] })).await.is(201);
        let taken = list(&case, "patient").await.is(200);
        assert!(taken.json().get("reopenings").is_none(), "{}", taken.text());
        let line = taken.text_at("/items/0/id");
        let back = case.command("hospital-physician", &format!("treated-patients/{line}/reversal"), &reason).await;
        back.is(200);
        report(&case, &json!({ "treatmentEndedOn": app.today(), "final": true })).await.is(201);
        let returned = json!({ "reason": "Nie sprowadzamy." });
        case.command("wholesaler", "handover-return", &returned).await.is(200);
        case.seen().await;
        case.withdraw().await.is(200);
    }

    async fn a_demand_without_such_a_list_has_none_to_open_and_says_the_same_everywhere(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        let reason = json!({ "reason": "Zamknięto przez pomyłkę." });
        let action = "treated-patients/reopening";
        case.command("hospital-physician", action, &reason).await.refused(409, "demand.not_ad_hoc");
        let actions = app.as_persona("hospital-physician").get(&case.path_of("actions")).await.is(200).at("/items");
        let line = actions.as_array().unwrap().iter().find(|it| it["action"] == action).cloned().unwrap();
        assert_eq!(line["blockedBy"]["code"], "demand.not_ad_hoc");
    }

    async fn a_report_is_one_change_however_often_it_is_sent(app: TestApp) {
        let case = supplied(&app).await;
        let body = json!({ "patients": [course(&app, "patient", "2")] });
        let who = app.as_persona("hospital-physician");
        let send = || who.post(&case.path_of("treated-patients"), &body).key("treated-key-number-1").send();
        let (first, again) = (send().await.is(201), send().await);
        assert!(again.is_replayed() && again.body == first.body);
        assert_eq!(list(&case, "hospital-physician").await.is(200).at("/patientList/lines"), 1);
    }

    async fn whoever_takes_a_demand_over_gives_its_list(app: TestApp) {
        let case = supplied(&app).await;
        case.dispense(10).await.is(201);
        let colleague = "hospital-physician-second";
        let reason = json!({ "reason": "Lekarka już tu nie pracuje." });
        case.command(colleague, "takeover", &reason).await.is(200);
        let patients = [course(&app, "patient", "2")];
        case.command(colleague, "treated-patients", &json!({ "patients": patients })).await.is(201);
        list(&case, "hospital-physician").await.refused(404, "request.not_found");
        assert_eq!(list(&case, colleague).await.is(200).at("/patientList/lines"), 1);
    }

    async fn a_food_has_the_same_list(app: TestApp) {
        let case = Case::of(&app, &food(ad_hoc(&app))).await.until(Stage::HandedOver).await;
        assert!(case.path().starts_with(FOOD_DEMANDS));
        assert_eq!(both(&case).await.at("/patientList/given"), "5");
        assert_eq!(list(&case, "patient").await.is(200).at("/items").as_array().unwrap().len(), 1);
    }

    async fn a_patient_sees_their_own_line_alone(app: TestApp) {
        let case = supplied(&app).await;
        both(&case).await;
        let who = app.as_persona("patient-second");
        let own = list(&case, "patient-second").await.is(200);
        assert_eq!(own.at("/items").as_array().unwrap().len(), 1, "{}", own.text());
        assert_eq!(own.at("/items/0/quantity/amount"), "3");
        assert!(own.json().get("patientList").is_none(), "what the others were given is not theirs");
        says_nothing_of(&app, "patient", &own.text(), "own list");
        let cases = who.get("/api/v1/patient/cases").await.is(200);
        assert!(cases.text().contains(&case.id), "{}", cases.text());
        for path in [case.path(), case.path_of("history"), case.path_of("versions"), case.path_of("actions")] {
            let told = who.get(&path).await.is(200);
            says_nothing_of(&app, "patient", &told.text(), &path);
            assert!(!told.text().contains("TreatedPatient") && told.json().get("patientList").is_none());
        }
        says_nothing_of(&app, "patient", &printed(&who.get(&case.path_of("print")).await.is(200)), "print");
        let search = |key: &str| json!({ "patient": { "kind": "PESEL", "number": app.persona(key).spec.pesel } });
        for key in ["patient", "patient-second"] {
            let found = case.as_physician().look(&format!("{DEMANDS}/searches"), &search(key)).await.is(200);
            assert!(found.text().contains(&case.id), "{}", found.text());
        }
        app.elsewhere("patient").find(&case.id).await.refused(404, "request.not_found");
    }

    async fn a_patient_is_not_told_when_the_treatment_of_all_ended(app: TestApp) {
        let case = supplied(&app).await;
        both(&case).await;
        assert!(clock(&case.seen().await).is_some());
        let who = app.as_persona("patient-second");
        for path in [case.path(), "/api/v1/patient/cases".to_owned(), case.path_of("history")] {
            let told = who.get(&path).await.is(200).text();
            assert!(told.contains("WITH_WHOLESALER") && !told.contains("PATIENT_LIST"), "{path}: {told}");
        }
    }

    async fn the_lines_of_one_report_keep_their_order(app: TestApp) {
        let case = supplied(&app).await;
        app.advance_days(11);
        let doses: Vec<String> = (0..12).map(|number| format!("dawka {number}")).collect();
        let lines = doses.iter().enumerate().map(|(number, dose)| {
            let key = if number % 2 == 0 { "patient" } else { "patient-second" };
            let day = json!(app.today() - TimeDelta::days(i64::try_from(number).unwrap()));
            let line = with(course(&app, key, "0.1"), "/dose", json!(dose));
            with(with(line, "/treatedFrom", day.clone()), "/treatedTo", day)
        });
        report(&case, &json!({ "patients": lines.collect::<Vec<_>>() })).await.is(201);
        let told = list(&case, "hospital-physician").await.is(200).at("/items");
        let told: Vec<&str> = told.as_array().unwrap().iter().filter_map(|it| it["dose"].as_str()).collect();
        assert_eq!(told, doses);
    }

    async fn those_who_were_treated_hear_that_the_approval_is_revoked(app: TestApp) {
        let case = supplied(&app).await;
        both(&case).await;
        let line = list(&case, "hospital-physician").await.is(200).text_at("/items/0/id");
        take_back(&case, &line).await.is(200);
        case.revoke().await;
        let told = "SELECT count(*) AS number FROM event_audience a JOIN events e ON e.id = a.event_id \
                    WHERE e.type = 'DemandRevoked' AND a.audience LIKE 'patient:%'";
        assert_eq!(app.count(told).await, 1, "whose line stands");
        let logged = async |key: &'static str| {
            let log = app.as_persona(key).get("/api/v1/patient/access-log?limit=200").await.is(200).at("/items");
            log.as_array().unwrap().iter().filter(|item| item["action"] == "revoke_demand").count()
        };
        assert_eq!((logged("patient").await, logged("patient-second").await), (0, 1));
    }

    async fn every_read_of_a_line_is_on_record_for_its_patient(app: TestApp) {
        let case = supplied(&app).await;
        both(&case).await;
        list(&case, "decider").await.is(200);
        list(&case, "patient").await.is(200);
        let mut counts = Vec::new();
        for key in ["patient", "patient-second"] {
            let log = app.as_persona(key).get("/api/v1/patient/access-log?limit=200").await.is(200).at("/items");
            let of = |action: &str| log.as_array().unwrap().iter().filter(|item| item["action"] == action).count();
            counts.push((of("report_treated_patients"), of("list_treated_patients")));
        }
        assert_eq!(counts, [(1, 2), (1, 1)], "each finds their own");
        let refused = "SELECT count(*) AS number FROM audit WHERE action = 'list_treated_patients' AND refusal IS NOT NULL";
        list(&case, "hospital-pharmacist").await.refused(403, "auth.not_yours");
        assert_eq!(app.count(refused).await, 1);
    }

    async fn the_list_is_for_its_entity_and_the_ministry(app: TestApp) {
        let case = supplied(&app).await;
        both(&case).await;
        for persona in ["hospital-physician", "director", "preparer", "decider"] {
            let told = list(&case, persona).await.is(200);
            assert_eq!(told.at("/items").as_array().unwrap().len(), 2, "{persona}");
        }
        for persona in ["preparer-second", "hospital-pharmacist", "wholesaler"] {
            list(&case, persona).await.refused(403, "auth.not_yours");
            let seen = app.as_persona(persona).find(&case.id).await.is(200);
            assert!(clock(&seen.json()).is_none() && seen.json().get("patientList").is_none(), "{persona}");
            let history = app.as_persona(persona).get(&case.path_of("history")).await.is(200);
            assert!(!history.text().contains("Treat"), "{persona}: {}", history.text());
            for key in ["patient", "patient-second"] {
                says_nothing_of(&app, key, &seen.text(), persona);
            }
        }
        list(&case, "consultant-nephrology").await.refused(404, "request.not_found");
        report_by(&case, "director").await.refused(403, "auth.role");
        report_by(&case, "hospital-pharmacist").await.refused(403, "auth.role");
    }

    async fn nothing_of_a_list_lies_open_in_the_database(app: TestApp) {
        let case = supplied(&app).await;
        both(&case).await;
        let event = "SELECT count(*) AS number FROM events WHERE CAST(payload AS text) LIKE '%ampu%' OR CAST(payload AS text) LIKE '%85051512384%'";
        assert_eq!(app.count(event).await, 0);
        let lines = "SELECT count(*) AS number FROM treated_patients WHERE taken_back_at IS NULL";
        assert_eq!(app.count(lines).await, 2);
        assert_eq!(app.count("SELECT count(DISTINCT patient_id) AS number FROM treated_patients").await, 2);
        let audience = "SELECT count(*) AS number FROM event_audience a JOIN events e ON e.id = a.event_id \
                        WHERE e.type IN ('TreatedPatientsReported', 'TreatmentEnded')";
        assert_eq!(app.count(audience).await, 4, "the entity and the ministry, for each event");
    }

    async fn the_term_counts_from_the_end_of_treatment_and_reminds_once(app: TestApp) {
        let case = supplied(&app).await;
        case.dispense(10).await.is(201);
        both(&case).await;
        let running = clock(&case.seen().await).expect("the term of the list");
        assert_eq!((running["holder"].clone(), running["legalBasis"].clone()), (json!("PHYSICIAN"), json!("design (R349 §8, repealed)")));
        app.advance_days(24);
        app.fire_due("one").await;
        app.fire_due("two").await;
        assert_eq!(events(&app, "TermReminder").await, 1);
        app.advance_days(6);
        app.fire_due("one").await;
        assert_eq!(events(&app, "PatientListOverdue").await, 0, "the thirtieth day is not over");
        app.advance_days(1);
        assert!(app.fire_due("one").await > 0);
        app.fire_due("two").await;
        assert_eq!(events(&app, "PatientListOverdue").await, 1);
        let seen = case.seen().await;
        assert_eq!((seen["state"].clone(), clock(&seen)), (json!("REALISED"), None), "it moves nothing");
        assert!(seen["patientList"]["overdueAt"].is_string());
        let told = "SELECT count(*) AS number FROM event_audience a JOIN events e ON e.id = a.event_id \
                    WHERE e.type = 'PatientListOverdue'";
        assert_eq!(app.count(told).await, 2, "its entity and the ministry");
        // It can still be given.
        let closed = report(&case, &json!({ "final": true })).await.is(201);
        assert!(closed.at("/patientList/closedAt").is_string());
    }

    async fn a_list_that_is_whole_in_time_is_never_overdue(app: TestApp) {
        let case = supplied(&app).await;
        both(&case).await;
        report(&case, &json!({ "final": true })).await.is(201);
        app.advance_days(60);
        app.fire_due("one").await;
        assert_eq!(events(&app, "PatientListOverdue").await, 0);
        assert_eq!(events(&app, "TermReminder").await, 0);
        assert_eq!(app.count("SELECT count(*) AS number FROM deadlines").await, 0);
    }
}

async fn report_by(case: &Case, persona: &'static str) -> Response {
    case.command(persona, "treated-patients", &json!({ "treatmentEndedOn": case.app.today() })).await
}
