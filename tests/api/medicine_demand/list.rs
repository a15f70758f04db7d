//! `GET /medicine-demands` and `POST /medicine-demands/searches`.

use serde_json::json;
use testkit::{Case, DEMANDS, Stage, TestApp, in_facility, on_both, outside_facility};

const SEARCHES: &str = "/api/v1/medicine-demands/searches";

fn patient(app: &TestApp, key: &'static str) -> serde_json::Value {
    json!({ "patient": { "kind": "PESEL", "number": app.persona(key).spec.pesel } })
}

on_both! {
    async fn pages_follow_each_other_without_gap_or_repeat(app: TestApp) {
        let who = app.as_persona("clinic-physician");
        let mut made = Vec::new();
        for _ in 0..7 {
            made.push(who.create(&outside_facility(&app)).await.is(201).text_at("/id"));
        }
        let mut seen = Vec::new();
        let mut path = format!("{DEMANDS}?limit=3");
        loop {
            let page = who.get(&path).await.is(200);
            let items = page.at("/items");
            assert!(items.as_array().unwrap().len() <= 3);
            seen.extend(items.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()));
            let Some(cursor) = page.at("/nextCursor").as_str().map(str::to_owned) else { break };
            let link = page.header("link").expect("a link").to_owned();
            assert!(link.contains("rel=\"next\"") && link.contains(&cursor), "{link}");
            path = format!("{DEMANDS}?limit=3&cursor={cursor}");
        }
        let mut sorted = (made, seen.clone());
        sorted.0.sort();
        sorted.1.sort();
        assert_eq!(sorted.0, sorted.1);
    }

    async fn a_cursor_serves_its_caller_and_its_filter_only(app: TestApp) {
        for _ in 0..2 {
            Case::outside(&app).await;
            Case::in_facility(&app).await;
        }
        let who = app.as_persona("clinic-physician");
        let first = who.get(&format!("{DEMANDS}?limit=1")).await.is(200);
        let cursor = first.text_at("/nextCursor");
        who.get(&format!("{DEMANDS}?limit=1&cursor={cursor}")).await.is(200);
        let other = app.as_persona("hospital-physician");
        other.get(&format!("{DEMANDS}?limit=1&cursor={cursor}")).await.refused(400, "request.cursor");
        let filtered = format!("{DEMANDS}?limit=1&state=DRAFT&cursor={cursor}");
        who.get(&filtered).await.refused(400, "request.cursor");
        who.get(&format!("{DEMANDS}?cursor=nonsense")).await.refused(400, "request.cursor");
    }

    async fn a_list_is_filtered_by_state_and_by_own_reference(app: TestApp) {
        let who = app.as_persona("clinic-physician");
        let named = json!({ "content": outside_facility(&app), "clientReference": "HIS-7" });
        let named = who.post(DEMANDS, &named).send().await.is(201).text_at("/id");
        let submitted = Case::outside(&app).await.until(Stage::Submitted).await;
        let ids = |answer: testkit::Response| -> Vec<String> {
            let items = answer.is(200).at("/items");
            items.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(ids(who.get(&format!("{DEMANDS}?clientReference=HIS-7")).await), std::slice::from_ref(&named));
        assert_eq!(ids(who.get(&format!("{DEMANDS}?state=DRAFT")).await), [named]);
        assert_eq!(ids(who.get(&format!("{DEMANDS}?state=AWAITING_CONSULTANT")).await), [submitted.id]);
    }

    async fn a_list_says_when_it_is_asked_wrongly(app: TestApp) {
        let who = app.as_persona("clinic-physician");
        for (query, code) in [
            ("limit=0", "request.limit"),
            ("limit=201", "request.limit"),
            ("limit=many", "request.parameter"),
            ("state=LOST", "request.parameter"),
            ("colour=blue", "request.unknown_parameter"),
            ("limit=1&limit=2", "request.duplicate_parameter"),
        ] {
            who.get(&format!("{DEMANDS}?{query}")).await.refused(400, code);
        }
    }

    async fn a_known_list_is_not_sent_again(app: TestApp) {
        Case::outside(&app).await;
        let who = app.as_persona("clinic-physician");
        let list = who.get(DEMANDS).await.is(200);
        assert!(list.etag().starts_with("W/"), "{}", list.etag());
        who.get_unless(DEMANDS, &list.etag()).await.is(304);
    }

    async fn a_list_names_no_patient(app: TestApp) {
        Case::outside(&app).await;
        let list = app.as_persona("clinic-physician").get(DEMANDS).await.is(200);
        let patient = app.persona("patient").spec;
        assert!(!list.text().contains(patient.pesel) && !list.text().contains(patient.given_names));
    }

    async fn everybody_lists_what_is_theirs(app: TestApp) {
        let draft = Case::in_facility(&app).await;
        let waiting = Case::in_facility(&app).await.until(Stage::WithConsultant).await;
        let held = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        for (persona, sees) in [
            ("hospital-physician", vec![&draft, &waiting, &held]),
            ("hospital-physician-second", vec![]),
            ("clinic-physician", vec![]),
            ("director", vec![&waiting, &held]),
            ("clinic-director", vec![]),
            ("consultant-nephrology", vec![&waiting]),
            ("consultant-paediatrics", vec![]),
            ("hospital-pharmacist", vec![&held]),
            ("pharmacist", vec![]),
            ("wholesaler", vec![&held]),
            ("wholesaler-second", vec![]),
            ("preparer", vec![&held]),
        ] {
            let list = app.as_persona(persona).get(DEMANDS).await.is(200).at("/items");
            let mut seen: Vec<&str> =
                list.as_array().unwrap().iter().filter_map(|item| item["id"].as_str()).collect();
            let mut expected: Vec<&str> = sees.iter().map(|case| case.id.as_str()).collect();
            seen.sort_unstable();
            expected.sort_unstable();
            assert_eq!(seen, expected, "{persona}");
        }
    }

    async fn what_was_retrieved_is_listed(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        for persona in ["pharmacist", "wholesaler", "wholesaler-second"] {
            let who = app.as_persona(persona);
            assert_eq!(who.get(DEMANDS).await.is(200).at("/items"), json!([]), "{persona}");
            case.retrieve(persona).await.is(200);
            assert_eq!(who.get(DEMANDS).await.is(200).at("/items/0/id"), json!(case.id), "{persona}");
        }
        case.hand_over().await.is(200);
        let holder = app.as_persona("wholesaler").get(DEMANDS).await.is(200);
        assert_eq!(holder.at("/items/0/wholesaler/id"), json!(app.organisation("wholesaler")));
        let other = app.as_persona("wholesaler-second").get(DEMANDS).await.is(200);
        assert!(other.at("/items/0/wholesaler").is_null(), "{}", other.text());
        assert_eq!(other.at("/items/0/pharmacy/id"), json!(app.organisation("pharmacy")));
    }

    async fn a_physician_finds_the_demands_of_a_patient(app: TestApp) {
        let case = Case::outside(&app).await;
        let list = Case::of(&app, &testkit::listed(&app)).await;
        let search = |who: &'static str, key| {
            let (who, body) = (app.as_persona(who), patient(&app, key));
            async move {
                let items = who.look(SEARCHES, &body).await.is(200).at("/items");
                items.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
            }
        };
        assert_eq!(search("clinic-physician", "patient").await, std::slice::from_ref(&case.id));
        assert_eq!(search("clinic-physician", "patient-second").await, [""; 0]);
        assert_eq!(search("hospital-physician", "patient-second").await, std::slice::from_ref(&list.id));
        assert_eq!(search("hospital-physician-second", "patient").await, [""; 0]);
    }

    async fn a_search_by_patient_is_on_record(app: TestApp) {
        Case::outside(&app).await;
        let searched = "SELECT count(*) AS number FROM audit WHERE action = 'search_demands'";
        let before = app.count(searched).await;
        app.as_persona("clinic-physician").look(SEARCHES, &patient(&app, "patient")).await.is(200);
        assert_eq!(app.count(searched).await, before + 1);
        app.as_persona("director").look(SEARCHES, &patient(&app, "patient")).await.refused(403, "auth.role");
        let wrong = json!({ "patient": { "kind": "PESEL", "number": "85051512385" } });
        let refused = app.as_persona("clinic-physician").look(SEARCHES, &wrong).await;
        refused.refused_at(422, "value.pesel", "/patient/number");
    }

    async fn edited_patients_are_found_and_former_ones_are_not(app: TestApp) {
        let case = Case::in_facility(&app).await;
        let other = testkit::with(
            in_facility(&app),
            "/patients/patient/identifier/number",
            json!(app.persona("patient-second").spec.pesel),
        );
        let edit = case.as_physician().put(&case.path(), &json!({ "content": other })).if_match(1);
        edit.send().await.is(200);
        let who = case.as_physician();
        let found = who.look(SEARCHES, &patient(&app, "patient-second")).await.is(200);
        assert_eq!(found.at("/items/0/id"), json!(case.id));
        assert_eq!(who.look(SEARCHES, &patient(&app, "patient")).await.is(200).at("/items"), json!([]));
    }

    async fn a_number_of_another_register_lists_nothing(app: TestApp) {
        Case::outside(&app).await.until(Stage::Submitted).await;
        for (persona, role) in [("clinic-physician", "PHYSICIAN"), ("consultant-nephrology", "CONSULTANT")] {
            let number = app.persona(persona).spec.npwz;
            let own = app.as_persona(persona).get(DEMANDS).await.is(200).at("/items");
            assert_eq!(own.as_array().unwrap().len(), 1, "{persona}");
            let staff = json!({ "idSystem": "STAFF", "id": number, "role": role });
            let namesake = app.with_token(app.token(persona).with("person", staff));
            assert_eq!(namesake.get(DEMANDS).await.is(200).at("/items"), json!([]), "{persona}");
            if role == "PHYSICIAN" {
                let found = namesake.look(SEARCHES, &patient(&app, "patient")).await.is(200);
                assert_eq!(found.at("/items"), json!([]));
            }
        }
    }

    async fn a_list_shows_no_state_that_has_run_out_however_many_have(app: TestApp) {
        for _ in 0..52 {
            Case::outside(&app).await.until(Stage::Submitted).await;
        }
        app.advance_days(8);
        let waiting = format!("{DEMANDS}?state=AWAITING_CONSULTANT&limit=200");
        let list = app.as_persona("clinic-physician").get(&waiting).await.is(200);
        assert_eq!(list.at("/items"), json!([]), "{}", list.text());
    }
}
