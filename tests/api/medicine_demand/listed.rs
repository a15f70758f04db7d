//! A demand for several patients, as one of them meets it.

use crate::support::printed;
use serde_json::{Value, json};
use testkit::{Case, DEMANDS, Stage, TestApp, in_facility, listed, on_both, with};

/// Everything that names the first patient of the list.
fn names(app: &TestApp) -> [&'static str; 2] {
    let spec = app.persona("patient").spec;
    [spec.pesel, spec.given_names]
}

fn shows_nothing_of_the_first(app: &TestApp, text: &str, place: &str) {
    for name in names(app) {
        assert!(!text.contains(name), "{name} in {place}: {text}");
    }
}

async fn of_patients(app: &TestApp, of: &str) -> Vec<i64> {
    let mut counts = Vec::new();
    for key in ["patient", "patient-second"] {
        let log = app.as_persona(key).get("/api/v1/patient/access-log?limit=200").await.is(200).at("/items");
        let found = log.as_array().unwrap().iter().filter(|item| item["action"] == of).count();
        counts.push(i64::try_from(found).unwrap());
    }
    counts
}

on_both! {
    async fn a_listed_patient_sees_their_own_line_alone(app: TestApp) {
        let case = Case::of(&app, &listed(&app)).await.until(Stage::Approved).await;
        let who = app.as_persona("patient-second");
        let found = who.find(&case.id).await.is(200);
        let lines = found.at("/content/patients/patients");
        assert_eq!(lines.as_array().unwrap().len(), 1, "{lines}");
        assert_eq!(lines[0]["patient"]["identifier"]["number"], app.persona("patient-second").spec.pesel);
        assert_eq!(lines[0]["quantity"]["amount"], "5");
        shows_nothing_of_the_first(&app, &found.text(), "find");
        for path in ["versions", "history", "actions"] {
            shows_nothing_of_the_first(&app, &who.get(&case.path_of(path)).await.is(200).text(), path);
        }
        let print = printed(&who.get(&case.path_of("print")).await.is(200));
        assert!(print.contains(app.persona("patient-second").spec.given_names), "{print}");
        shows_nothing_of_the_first(&app, &print, "print");
        let whole = case.as_physician().find(&case.id).await.is(200);
        assert_eq!(whole.at("/content/patients/patients").as_array().unwrap().len(), 2);
    }

    async fn an_earlier_version_shows_a_patient_no_other_either(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Submitted).await;
        let reason = json!({ "reason": "Brak drugiego pacjenta." });
        case.command("director", "representative-refusal", &reason).await.is(200);
        let edited = case.as_physician().put(&case.path(), &json!({ "content": listed(&app) }));
        case.follow(&edited.if_match(case.revision()).send().await.is(200));
        case.submit().await.is(200);
        let versions = app.as_persona("patient-second").get(&case.path_of("versions")).await.is(200);
        assert_eq!(versions.at("/items").as_array().unwrap().len(), 2, "{}", versions.text());
        shows_nothing_of_the_first(&app, &versions.text(), "versions");
        let shown = versions.at("/items/1/content/patients/patients");
        assert_eq!(shown.as_array().unwrap().len(), 1, "{shown}");
    }

    async fn a_patient_s_look_is_theirs_and_nobody_else_s(app: TestApp) {
        let case = Case::of(&app, &listed(&app)).await.until(Stage::Submitted).await;
        let second = app.as_persona("patient-second");
        second.find(&case.id).await.is(200);
        assert_eq!(of_patients(&app, "find_demand").await, [0, 1]);
        let actors = "SELECT count(*) AS number FROM audit WHERE role = 'PATIENT' AND person_id = patient_id";
        let before = app.count(actors).await;
        second.find(&case.id).await.is(200);
        second.get(DEMANDS).await.is(200);
        second.get("/api/v1/patient/cases").await.is(200);
        assert_eq!(app.count(actors).await, before + 3);
        assert_eq!(of_patients(&app, "list_cases").await, [0, 1]);
        assert_eq!(app.count("SELECT count(*) AS number FROM audit WHERE role = 'PATIENT' AND person_id IS NULL").await, 0);
    }

    async fn a_patient_who_is_refused_is_known_to_the_audit(app: TestApp) {
        let only_first = with(in_facility(&app), "/product/strength", Value::from("200 mg"));
        let case = Case::of(&app, &only_first).await.until(Stage::Submitted).await;
        // Somebody whom the space knows as a patient, though not of this demand.
        Case::of(&app, &listed(&app)).await.until(Stage::Submitted).await;
        app.as_persona("patient-second").find(&case.id).await.refused(404, "request.not_found");
        let of = "SELECT count(*) AS number FROM audit WHERE role = 'PATIENT' AND refusal IS NOT NULL \
                  AND person_system = 'PATIENT' AND person_id <> patient_id";
        assert_eq!(app.count(of).await, 1);
    }
}
