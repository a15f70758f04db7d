//! Demands on paper: an officer enters them, they are judged by their own dates, and go on like any other.

mod corrections;
mod force_majeure;
mod prisons;

use chrono::{NaiveDate, TimeDelta};
use serde_json::{Value, json};
use testkit::{
    Case, DEMANDS, FOOD_DEMANDS, TestApp, ad_hoc, approval, food, in_facility, listed, on_both,
    outside_facility, paper_entry, with, with_all, without,
};

const TITLE: &str = "Zapotrzebowanie na papierze";

fn entries(collection: &str) -> String {
    format!("{collection}/paper-entries")
}

/// An outage, and the day on which papers were issued in it, 90 days ago.
async fn outage(app: &TestApp) -> (String, NaiveDate) {
    let (outage, issued_on) = (app.outage_today().await, app.today());
    app.advance_days(90);
    (outage, issued_on)
}

/// How a demand that was withdrawn today is named where its paper is entered again.
fn formerly(app: &TestApp, case: &Case) -> Value {
    json!({ "id": case.id, "href": case.path(), "withdrawnOn": app.today() })
}

/// How often this audience heard of the entry.
async fn told(app: &TestApp, case: &Case, audience: &str) -> i64 {
    let reached = format!(
        "SELECT count(*) AS number FROM events JOIN event_audience ON event_id = events.id \
         WHERE document_id = '{}' AND type = 'DemandEnteredFromPaper' AND audience = '{audience}'",
        case.id,
    );
    app.count_of(reached).await
}

on_both! {
    async fn paper_goes_the_whole_way(app: TestApp) {
        let (outage, issued_on) = outage(&app).await;
        for (title, content) in [("Lek", in_facility(&app)), ("Żywność", food(outside_facility(&app)))] {
            let entry = paper_entry(&app, content, &outage, issued_on, title);
            let case = Case::created(&app, &app.enter_paper(&entry).await.is(201));
            let seen = case.seen().await;
            assert_eq!(seen["state"], "WITH_MINISTER");
            for signed in ["/examination/issue", "/examination/opinion/signature"] {
                let signed = seen.pointer(signed).unwrap();
                assert_eq!((&signed["kind"], &signed["level"]), (&json!("HANDWRITTEN"), &json!("SEEN_BY_OFFICER")));
            }
            assert_eq!(seen["examination"].get("representativeApproval").is_some(), case.in_facility);
            assert_eq!(seen["paper"]["scan"]["title"], title);
            assert_eq!(seen["paper"]["enteredBy"]["familyName"], app.persona("preparer").spec.family_name);
            case.assign("preparer").await.is(200);
            case.prepare(&approval("10")).await.refused(409, "paper_entry.scan_missing");
            case.add_scan(title).await.is(201);
            case.prepare(&approval("10")).await.is(200);
            case.resolve().await.is(200);
            if !case.in_facility {
                let retrieved = case.retrieve("pharmacist").await.is(200);
                assert!(retrieved.at("/demand/paper").is_null() && retrieved.at("/paper").is_null());
            }
            case.hand_over().await.is(200);
            case.import(10).await.is(201);
            assert_eq!(case.dispense(10).await.is(201).text_at("/state"), "REALISED");
            let pdf = case.as_physician().get(&case.path_of("print")).await.is(200);
            assert!(pdf.body.starts_with(b"%PDF-"));
        }
    }

    async fn an_approval_of_paper_expires_sixty_days_after_it(app: TestApp) {
        let case = Case::on_paper(&app, outside_facility(&app)).await;
        case.add_scan(TITLE).await.is(201);
        case.prepare(&approval("10")).await.is(200);
        case.resolve().await.is(200);
        app.advance_days(60);
        assert_eq!(case.state().await, "APPROVED");
        app.advance_days(1);
        assert_eq!(case.state().await, "EXPIRED");
    }

    async fn paper_is_asked_about_taken_over_and_withdrawn_like_any_other(app: TestApp) {
        let case = Case::on_paper(&app, in_facility(&app)).await;
        let question = json!({ "addressee": "PHYSICIAN", "question": "Jaka dawka?", "days": 7 });
        case.command("preparer", "clarifications", &question).await.is(201);
        app.advance_days(8);
        assert_eq!(case.state().await, "WITH_MINISTER");
        let colleague = app.as_persona("hospital-physician-second");
        let reason = json!({ "reason": "Urlop." });
        case.follow(&case.ask(&colleague, "takeover", &reason).send().await.is(200));
        case.follow(&case.ask(&colleague, "withdrawal", &reason).send().await.is(200));
        assert_eq!(colleague.get(&case.path()).await.is(200).text_at("/state"), "WITHDRAWN");
    }

    async fn every_kind_of_patients_is_entered(app: TestApp) {
        let (outage, issued_on) = outage(&app).await;
        for (title, content) in [("lista", listed(&app)), ("doraźne", ad_hoc(&app)), ("jeden", in_facility(&app))] {
            let entry = paper_entry(&app, content.clone(), &outage, issued_on, title);
            let entered = app.enter_paper(&entry).await.is(201);
            assert_eq!(entered.at("/content/patients"), content["patients"]);
        }
        let log = app.as_persona("patient-second").get("/api/v1/patient/access-log").await.is(200);
        assert_eq!(log.at("/items/0/action"), "enter_demand_from_paper");
        assert_eq!(log.at("/items/0/role"), "MINISTRY_PREPARER");
    }

    async fn those_hear_of_it_who_would_hear_of_an_opinion(app: TestApp) {
        let case = Case::on_paper(&app, outside_facility(&app)).await;
        let consultant = app.persona("consultant-nephrology").spec.npwz.unwrap();
        let clinic = app.organisation("clinic");
        for audience in [format!("org:{clinic}"), format!("person:NPWZ:{consultant}"), "role:MINISTRY".to_owned()] {
            assert_eq!(told(&app, &case, &audience).await, 1, "{audience}");
        }
        let history = case.as_physician().get(&case.path_of("history")).await.is(200);
        assert_eq!(history.at("/items/0/type"), "DemandEnteredFromPaper");
        assert_eq!(history.at("/items/0/by/role"), "MINISTRY_PREPARER");
        assert_eq!(app.as_persona("patient").get(&case.path()).await.is(200).at("/paper/issuedOn"), case.seen().await["issuedOn"]);
    }

    async fn the_same_paper_is_entered_once(app: TestApp) {
        let (outage, issued_on) = outage(&app).await;
        let entry = paper_entry(&app, outside_facility(&app), &outage, issued_on, "a");
        let first = app.enter_paper(&entry).await.is(201);
        let same_scan = with(entry.clone(), "/content/treatmentDays", json!(30));
        let other_scan = with(entry.clone(), "/scan/sha256", json!("b".repeat(64)));
        let retyped = with(other_scan.clone(), "/content/justification", json!("Przepisane inaczej."));
        for again in [same_scan, other_scan, retyped] {
            let refused = app.enter_paper(&again).await.refused(409, "paper_entry.duplicate");
            assert_eq!(refused.at("/existing/id"), first.at("/id"));
            assert_eq!(refused.at("/existing/href").as_str(), first.header("location"));
        }
        let other_scan = with(entry.clone(), "/scan/sha256", json!("c".repeat(64)));
        let other_paper = with(other_scan, "/content/product/strength", json!("250 mg"));
        app.enter_paper(&other_paper).await.is(201);
        let elsewhere = app.elsewhere("preparer").post(&entries(DEMANDS), &entry).send().await;
        assert_ne!(elsewhere.status, 409, "another space knows nothing of it: {}", elsewhere.text());
    }

    async fn what_an_entity_issued_before_it_closed_is_entered(app: TestApp) {
        let (outage, issued_on) = outage(&app).await;
        app.is_closed("clinic").await;
        let entry = paper_entry(&app, outside_facility(&app), &outage, issued_on, TITLE);
        let entered = app.enter_paper(&entry).await.is(201);
        assert_eq!(entered.text_at("/entityId"), app.organisation("clinic"));
    }

    async fn the_papers_of_twins_are_two(app: TestApp) {
        let (outage, issued_on) = outage(&app).await;
        let address = outside_facility(&app)["patients"]["patient"]["address"].clone();
        let twin = |given_names: &str| {
            let patient = json!({
                "givenNames": given_names, "familyName": "Testowa", "birthDate": "2020-02-02", "address": address,
                "guardian": { "identifier": { "kind": "PESEL", "number": app.persona("patient").spec.pesel } },
            });
            let content = with(outside_facility(&app), "/patients/patient", patient);
            paper_entry(&app, content, &outage, issued_on, given_names)
        };
        app.enter_paper(&twin("Maja")).await.is(201);
        app.enter_paper(&twin("Lena")).await.is(201);
        let again = with(twin("Lena"), "/scan/sha256", json!("d".repeat(64)));
        app.enter_paper(&again).await.refused(409, "paper_entry.duplicate");
    }

    async fn a_withdrawn_paper_is_entered_anew(app: TestApp) {
        let (outage, issued_on) = outage(&app).await;
        let wrong = paper_entry(&app, outside_facility(&app), &outage, issued_on, TITLE);
        let case = Case::created(&app, &app.enter_paper(&wrong).await.is(201));
        case.withdraw().await.is(200);
        let anew = app.enter_paper(&wrong).await.is(201);
        assert_ne!(anew.text_at("/id"), case.id);
        assert_eq!(anew.at("/paper/formerly"), formerly(&app, &case));
        assert_eq!(case.seen().await["state"], "WITHDRAWN");
        let versions = case.as_physician().get(&case.path_of("versions")).await.is(200);
        assert_eq!(versions.at("/items").as_array().map(Vec::len), Some(1), "what was entered stays on record");
        app.enter_paper(&wrong).await.refused(409, "paper_entry.duplicate");
    }

    async fn whoever_enters_a_withdrawn_paper_again_is_told_what_it_was(app: TestApp) {
        let (outage, issued_on) = outage(&app).await;
        let entry = paper_entry(&app, outside_facility(&app), &outage, issued_on, "a");
        let path = format!("{}/validations", entries(DEMANDS));
        let colleague = app.as_persona("preparer-second");
        let case = Case::created(&app, &app.enter_paper(&entry).await.is(201));
        assert_eq!(case.seen().await["paper"]["formerly"], Value::Null, "nothing was entered before");
        let known = colleague.look(&path, &entry).await.is(200);
        assert_eq!(known.at("/warnings"), json!([]), "it stands: that is a problem, and no warning");
        case.withdraw().await.is(200);
        let before = formerly(&app, &case);
        app.advance_days(2);
        let same_envelope = with(entry.clone(), "/scan/sha256", json!("d".repeat(64)));
        let of_another = paper_entry(&app, in_facility(&app), &outage, issued_on, "a");
        for again in [&entry, &same_envelope, &of_another] {
            let found = colleague.look(&path, again).await.is(200);
            assert_eq!(found.at("/valid"), true, "{}", found.text());
            assert_eq!(found.at("/warnings/0/code"), "paper_entry.withdrawn_before");
            assert_eq!(found.at("/warnings/0/rules/0/number"), "PE-40");
            assert_eq!(found.at("/warnings/0/formerly"), before);
        }
        let other = paper_entry(&app, in_facility(&app), &outage, issued_on, "b");
        assert_eq!(colleague.look(&path, &other).await.is(200).at("/warnings"), json!([]));
        let anew = Case::created(&app, &app.enter_paper(&same_envelope).await.is(201));
        anew.command("preparer-second", "assignment", &json!({ "reason": "Zastępstwo." })).await.is(200);
        let shown = async |persona| app.as_persona(persona).get(&anew.path()).await.is(200).at("/paper");
        assert_eq!(shown("preparer-second").await["formerly"], before);
        let of_physician = shown(anew.physician()).await;
        assert_eq!((of_physician["sentOn"].is_string(), &of_physician["formerly"]), (true, &Value::Null));
        anew.withdraw().await.is(200);
        let last = colleague.look(&path, &entry).await.is(200);
        assert_eq!(last.at("/warnings/0/formerly"), formerly(&app, &anew), "the last one");
        let href = before["href"].as_str().unwrap();
        assert_eq!(colleague.get(href).await.is(200).at("/state"), "WITHDRAWN");
    }

    async fn of_two_who_enter_it_at_once_one_does(app: TestApp) {
        let (outage, issued_on) = outage(&app).await;
        let entry = paper_entry(&app, outside_facility(&app), &outage, issued_on, "a");
        let other = app.on_a_connection_of_its_own();
        let (one, two) = tokio::join!(app.enter_paper(&entry), other.enter_paper(&entry));
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409], "{} {}", one.text(), two.text());
        let late = if one.status == 409 { one } else { two };
        assert!(late.at("/existing/id").is_string(), "{}", late.text());
    }

    async fn an_equal_request_gets_the_first_answer(app: TestApp) {
        let (outage, issued_on) = outage(&app).await;
        let entry = paper_entry(&app, outside_facility(&app), &outage, issued_on, "a");
        let preparer = app.as_persona("preparer");
        let send = || preparer.post(&entries(DEMANDS), &entry).key("the-same-paper-twice").send();
        let first = send().await.is(201);
        let again = send().await.is(201);
        assert!(again.is_replayed());
        assert_eq!(first.body, again.body);
    }

    async fn everything_wrong_is_named_at_once(app: TestApp) {
        let (outage, issued_on) = outage(&app).await;
        let entry = paper_entry(&app, without(in_facility(&app), "/diagnosis"), &outage, issued_on, "a");
        let after = |days: i64| json!(issued_on + TimeDelta::days(days));
        let wrong = with_all(entry, &[
            ("/issuedOn", json!(issued_on - TimeDelta::days(1))),
            ("/opinion/givenOn", after(18)),
            ("/opinion/verdict", json!("REFUSED")),
            ("/receivedOn", after(91)),
            ("/content/physician/familyName", json!("Inna")),
            ("/content/entity/rpwdlNumber", json!("000000900002")),
            ("/consultantId", json!("0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42")),
        ]);
        let refused = app.enter_paper(&wrong).await.is(422);
        let mut codes: Vec<String> = refused.faults().into_iter().map(|(code, _)| code).collect();
        codes.sort();
        codes.dedup();
        assert_eq!(codes, [
            "demand.consultant_unknown", "demand.entity_differs", "demand.field_required",
            "demand.physician_differs", "paper_entry.dates", "paper_entry.opinion_late",
            "paper_entry.opinion_not_confirmed", "paper_entry.outage_differs",
            "paper_entry.representative_late", "paper_entry.sent_late",
        ]);
        let none = "SELECT count(*) AS number FROM demands";
        assert_eq!(app.count(none).await, 0);
    }

    async fn illegal_values_are_named_by_themselves(app: TestApp) {
        let (outage, issued_on) = outage(&app).await;
        let entry = paper_entry(&app, outside_facility(&app), &outage, issued_on, "a");
        let illegal = with_all(entry.clone(), &[
            ("/scan/sha256", json!("nie skrót")),
            ("/grounds", json!({ "kind": "OUTAGE" })),
        ]);
        let refused = app.enter_paper(&illegal).await.is(400);
        assert!(refused.text().contains("paper_entry.scan_digest"), "{}", refused.text());
        assert!(refused.text().contains("/grounds/outageId"), "{}", refused.text());
        let signed = with(entry.clone(), "/representativeSignedOn", json!(issued_on));
        app.enter_paper(&signed).await.refused_at(422, "paper_entry.representative_date", "/representativeSignedOn");
        let flood = json!({ "kind": "FORCE_MAJEURE", "description": "Powódź.", "from": issued_on + TimeDelta::days(1), "until": app.today() });
        app.enter_paper(&with(entry.clone(), "/grounds", flood.clone())).await.refused_at(
            422, "paper_entry.force_majeure_differs", "/grounds/from",
        );
        let in_time = with(flood, "/from", json!(issued_on));
        app.enter_paper(&with(entry, "/grounds", in_time)).await.is(201);
    }

    async fn the_representatives_three_days_run_from_receipt(app: TestApp) {
        let (outage, issued_on) = outage(&app).await;
        let entry = paper_entry(&app, in_facility(&app), &outage, issued_on, "a");
        let after = |days: i64| json!(issued_on + TimeDelta::days(days));
        let late = with(entry, "/representativeSignedOn", after(5));
        app.enter_paper(&late).await.refused_at(422, "paper_entry.representative_late", "/representativeSignedOn");
        let mut received = late;
        received["representativeReceivedOn"] = after(6);
        app.enter_paper(&received).await.refused_at(422, "paper_entry.dates", "/representativeSignedOn");
        received["representativeReceivedOn"] = after(2);
        let entered = app.enter_paper(&received).await.is(201);
        assert_eq!(entered.at("/paper/representativeReceivedOn"), after(2));
        let mut outside = paper_entry(&app, outside_facility(&app), &outage, issued_on, "b");
        outside["representativeReceivedOn"] = after(2);
        app.enter_paper(&outside).await.refused_at(
            422, "paper_entry.representative_date", "/representativeReceivedOn",
        );
    }

    async fn a_dry_run_finds_what_an_entry_would(app: TestApp) {
        let (outage, issued_on) = outage(&app).await;
        let entry = paper_entry(&app, outside_facility(&app), &outage, issued_on, "a");
        let path = format!("{}/validations", entries(DEMANDS));
        let preparer = app.as_persona("preparer");
        let fine = preparer.look(&path, &entry).await.is(200);
        assert_eq!((fine.at("/valid"), fine.at("/clocks")), (json!(true), json!([])));
        let late = with(entry.clone(), "/sentOn", json!(issued_on + TimeDelta::days(61)));
        let found = preparer.look(&path, &late).await.is(200);
        assert_eq!(found.at("/problems/0/code"), "paper_entry.sent_late");
        assert_eq!(found.at("/problems/0/rules/0/number"), "PE-07");
        app.enter_paper(&entry).await.is(201);
        assert_eq!(preparer.look(&path, &entry).await.is(200).at("/problems/0/code"), "paper_entry.duplicate");
    }

    async fn what_is_left_to_do_with_paper_is_told(app: TestApp) {
        let case = Case::on_paper(&app, outside_facility(&app)).await;
        let blocked = async || {
            let actions = app.as_persona("preparer").get(&case.path_of("actions")).await.is(200).at("/items");
            let of = |name: &str| actions.as_array().unwrap().iter().find(|it| it["action"] == name).cloned();
            let code = |name: &str| of(name).unwrap()["blockedBy"]["code"].clone();
            (code("resolution-draft"), code("paper-correction"))
        };
        assert_eq!(blocked().await, (json!("paper_entry.scan_missing"), Value::Null));
        case.add_scan("inny plik").await.is(201);
        assert_eq!(blocked().await.0, "paper_entry.scan_missing");
        assert_eq!(case.state().await, "WITH_MINISTER");
    }

    async fn paper_of_a_food_is_none_of_a_medicine(app: TestApp) {
        let (outage, issued_on) = outage(&app).await;
        let entry = paper_entry(&app, food(outside_facility(&app)), &outage, issued_on, "a");
        let wrong_address = app.as_persona("preparer").post(&entries(DEMANDS), &entry).send().await;
        assert!((400..500).contains(&wrong_address.status), "{}", wrong_address.text());
        let entered = app.as_persona("preparer").post(&entries(FOOD_DEMANDS), &entry).send().await.is(201);
        assert!(entered.text_at("/number").starts_with("ZSS-"));
    }
}
