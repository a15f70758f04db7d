//! `POST /public/checks`: two numbers show the decision and never the document.

use crate::support::{evenly, uniform, unissued_demand_number};
use serde_json::{Value, json};
use testkit::{Case, Response, Stage, TestApp, on_both};

const CHECKS: &str = "/api/v1/public/checks";

async fn check(app: &TestApp, body: &Value) -> Response {
    app.anyone().look(CHECKS, body).await
}

fn patient(app: &TestApp, key: &'static str) -> Value {
    json!({ "kind": "PESEL", "number": app.persona(key).spec.pesel })
}

on_both! {
    async fn two_numbers_show_the_decision_and_the_present_state(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        let asked = json!({ "kind": "OUTSIDE_FACILITY", "demandNumber": case.number, "patient": patient(&app, "patient") });
        let found = check(&app, &asked).await.is(200);
        assert_eq!(found.text_at("/state"), "APPROVED");
        assert_eq!(found.at("/decision/number"), json!(case.number));
        assert_eq!(found.at("/decision/outcome"), "APPROVED");
        assert_eq!(found.at("/token"), case.seen().await["ruling"]["decisionToken"]);
        let spec = app.persona("patient").spec;
        for hidden in [spec.pesel, spec.given_names, "E72.0", "kamica", case.id.as_str()] {
            assert!(!found.text().contains(hidden), "{hidden}");
        }
        assert_eq!(found.header("cache-control"), Some("no-store"));
    }

    async fn in_a_facility_the_register_number_stands_for_the_patient(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Approved).await;
        let number = app.persona("hospital-physician").organisation.unwrap().spec.rpwdl_number;
        let asked = json!({ "kind": "IN_FACILITY", "demandNumber": case.number, "rpwdlNumber": number });
        check(&app, &asked).await.is(200);
        let resolution = case.resolution_number().await;
        let asked = json!({ "kind": "IN_FACILITY", "resolutionNumber": resolution, "rpwdlNumber": number });
        check(&app, &asked).await.is(200);
        let asked = json!({ "kind": "IN_FACILITY", "rpwdlNumber": number });
        check(&app, &asked).await.refused(422, "supply.retrieval_pair");
    }

    async fn each_kind_of_check_takes_its_own_three_numbers(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Approved).await;
        let number = app.persona("hospital-physician").organisation.unwrap().spec.rpwdl_number;
        let resolution = case.resolution_number().await;
        let asked = json!({ "kind": "IN_FACILITY", "demandNumber": case.number, "patient": patient(&app, "patient") });
        let refused = check(&app, &asked).await.refused_at(422, "public.check_patient", "/patient");
        refused.refused_at(422, "supply.retrieval_pair", "");
        let asked = json!({
            "kind": "IN_FACILITY", "demandNumber": case.number, "resolutionNumber": resolution,
            "patient": patient(&app, "patient"),
        });
        check(&app, &asked).await.refused(422, "public.check_patient");
        let asked = json!({ "kind": "OUTSIDE_FACILITY", "demandNumber": case.number, "rpwdlNumber": number });
        let refused = check(&app, &asked).await;
        refused.refused_at(422, "public.check_register_number", "/rpwdlNumber");
    }

    async fn a_rejection_is_shown_too(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Assigned).await;
        case.prepare(&testkit::rejection()).await.is(200);
        case.resolve().await.is(200);
        let asked = json!({ "kind": "OUTSIDE_FACILITY", "demandNumber": case.number, "patient": patient(&app, "patient") });
        assert_eq!(check(&app, &asked).await.is(200).text_at("/state"), "REJECTED");
    }

    async fn the_state_is_the_one_after_the_term(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        app.advance_days(61);
        let asked = json!({ "kind": "OUTSIDE_FACILITY", "demandNumber": case.number, "patient": patient(&app, "patient") });
        assert_eq!(check(&app, &asked).await.is(200).text_at("/state"), "EXPIRED");
    }

    async fn unresolved_unknown_and_wrong_have_one_answer_in_the_time_of_a_found_one(app: TestApp) {
        let approved = Case::outside(&app).await.until(Stage::Approved).await;
        let pending = Case::outside(&app).await.until(Stage::Prepared).await;
        let (own, other) = (patient(&app, "patient"), patient(&app, "patient-second"));
        let resolution = approved.resolution_number().await;
        let found = json!({ "kind": "OUTSIDE_FACILITY", "demandNumber": approved.number, "patient": own });
        evenly(check(&app, &found)).await.is(200);
        let mut answers = Vec::new();
        for asked in [
            json!({ "kind": "OUTSIDE_FACILITY", "demandNumber": pending.number, "patient": own }),
            json!({ "kind": "OUTSIDE_FACILITY", "demandNumber": approved.number, "patient": other }),
            json!({ "kind": "OUTSIDE_FACILITY", "demandNumber": unissued_demand_number(), "patient": own }),
            json!({ "kind": "IN_FACILITY", "demandNumber": approved.number, "resolutionNumber": resolution }),
        ] {
            answers.push(uniform(evenly(check(&app, &asked)).await));
        }
        answers.dedup();
        assert_eq!(answers.len(), 1, "{answers:?}");
    }

    async fn the_patient_sees_that_somebody_checked(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        let asked = json!({ "kind": "OUTSIDE_FACILITY", "demandNumber": case.number, "patient": patient(&app, "patient") });
        check(&app, &asked).await.is(200);
        let log = app.as_persona("patient").get("/api/v1/patient/access-log").await.is(200);
        assert_eq!(log.at("/items/0/role"), "PUBLIC", "{}", log.text());
        assert_eq!(log.at("/items/0/action"), "check_decision");
    }
}
