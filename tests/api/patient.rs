//! What a patient reads: who looked, and their own cases.

mod consents;
mod device_orders;
mod representatives;

use serde_json::json;
use testkit::{Case, Stage, TestApp, on_both};

const LOG: &str = "/api/v1/patient/access-log";

on_both! {
    async fn the_log_names_organisations_and_no_people(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        case.retrieve("pharmacist").await.is(200);
        let log = app.as_persona("patient").get(LOG).await.is(200);
        let items = log.at("/items").as_array().unwrap().clone();
        let retrieved = items.iter().find(|item| item["action"] == "retrieve_demand").unwrap();
        assert_eq!(retrieved["role"], "PHARMACY");
        assert_eq!(retrieved["organisation"]["id"], json!(app.organisation("pharmacy")));
        assert_eq!(retrieved["outcome"], "ALLOWED");
        assert!(!log.text().contains(app.persona("pharmacist").spec.staff.unwrap()));
    }

    async fn attempts_that_were_refused_stand_in_the_log(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Submitted).await;
        app.as_persona("hospital-physician-second").find(&case.id).await.is(404);
        let log = app.as_persona("patient").get(LOG).await.is(200);
        assert_eq!(log.at("/items/0/outcome"), "REFUSED", "{}", log.text());
        assert_eq!(log.at("/items/0/code"), "request.not_found");
    }

    async fn reading_the_log_stands_in_it(app: TestApp) {
        Case::outside(&app).await;
        app.as_persona("patient").get(LOG).await.is(200);
        let log = app.as_persona("patient").get(LOG).await.is(200);
        assert_eq!(log.at("/items/0/action"), "list_accesses");
        assert_eq!(log.at("/items/0/role"), "PATIENT");
    }

    async fn each_patient_of_a_list_has_a_log_of_their_own(app: TestApp) {
        Case::of(&app, &testkit::listed(&app)).await;
        Case::outside(&app).await;
        let count = async |key| {
            let log = app.as_persona(key).get(LOG).await.is(200).at("/items");
            log.as_array().unwrap().iter().filter(|item| item["action"] == "create_demand").count()
        };
        assert_eq!(count("patient").await, 2);
        assert_eq!(count("patient-second").await, 1);
    }

    async fn the_log_is_paged_for_its_patient_only(app: TestApp) {
        Case::of(&app, &testkit::listed(&app)).await.until(Stage::WithConsultant).await;
        let first = app.as_persona("patient").get(&format!("{LOG}?limit=2")).await.is(200);
        let next = format!("{LOG}?limit=2&cursor={}", first.text_at("/nextCursor"));
        app.as_persona("patient").get(&next).await.is(200);
        app.as_persona("patient-second").get(&next).await.refused(400, "request.cursor");
        app.as_persona("director").get(LOG).await.refused(403, "auth.role");
    }

    async fn a_patient_reads_what_was_issued_for_them(app: TestApp) {
        let draft = Case::outside(&app).await;
        let issued = Case::outside(&app).await.until(Stage::Submitted).await;
        let who = app.as_persona("patient");
        who.find(&issued.id).await.is(200);
        who.find(&draft.id).await.refused(404, "request.not_found");
        app.as_persona("patient-second").find(&issued.id).await.refused(404, "request.not_found");
        let cases = who.get("/api/v1/patient/cases").await.is(200);
        assert!(cases.text().contains(&issued.id) && !cases.text().contains(&draft.id), "{}", cases.text());
    }
}
