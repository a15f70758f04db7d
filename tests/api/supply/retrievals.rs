//! `POST /supply/retrievals`: two of three numbers, and one answer for everything that is not there.

use crate::support::{evenly, uniform, unissued_demand_number, unissued_resolution_number};
use serde_json::{Value, json};
use testkit::{Case, Response, Stage, TestApp, on_both};

const RETRIEVALS: &str = "/api/v1/supply/retrievals";

async fn retrieve(app: &TestApp, persona: &'static str, numbers: &Value) -> Response {
    app.as_persona(persona).look(RETRIEVALS, numbers).await
}

fn patient(app: &TestApp, key: &'static str) -> Value {
    json!({ "kind": "PESEL", "number": app.persona(key).spec.pesel })
}

on_both! {
    async fn any_two_of_the_three_numbers_open_an_approved_demand(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        let (demand, resolution) = (&case.number, case.resolution_number().await);
        for numbers in [
            json!({ "demandNumber": demand, "resolutionNumber": resolution }),
            json!({ "demandNumber": demand, "patient": patient(&app, "patient") }),
            json!({ "resolutionNumber": resolution, "patient": patient(&app, "patient") }),
            json!({ "demandNumber": demand, "resolutionNumber": resolution, "patient": patient(&app, "patient") }),
        ] {
            for persona in ["pharmacist", "wholesaler"] {
                let found = retrieve(&app, persona, &numbers).await.is(200);
                assert_eq!(found.at("/id"), json!(case.id));
            }
        }
        app.as_persona("pharmacist").find(&case.id).await.is(200);
    }

    async fn a_childs_passport_and_its_guardians_number_both_open_the_demand(app: TestApp) {
        let address = testkit::outside_facility(&app)["patients"]["patient"]["address"].clone();
        let guardian = patient(&app, "patient");
        let passport = json!({ "kind": "PASSPORT", "number": "ZS0000177" });
        let child = json!({
            "givenNames": "Maja", "familyName": "Testowa", "birthDate": "2020-02-02", "address": address,
            "identifier": passport, "guardian": { "identifier": guardian },
        });
        let content = testkit::with(testkit::outside_facility(&app), "/patients/patient", child);
        let case = Case::of(&app, &content).await.until(Stage::Approved).await;
        for identifier in [guardian, passport] {
            let numbers = json!({ "demandNumber": case.number, "patient": identifier });
            retrieve(&app, "pharmacist", &numbers).await.is(200);
        }
    }

    async fn unresolved_unknown_and_wrong_have_one_answer_in_the_time_of_a_found_one(app: TestApp) {
        let approved = Case::outside(&app).await.until(Stage::Approved).await;
        let pending = Case::outside(&app).await.until(Stage::Prepared).await;
        let rejected = Case::outside(&app).await.until(Stage::Assigned).await;
        rejected.prepare(&testkit::rejection()).await.is(200);
        rejected.resolve().await.is(200);
        evenly(retrieve(&app, "pharmacist", &approved.numbers().await)).await.is(200);
        let resolution = approved.resolution_number().await;
        let mut answers = Vec::new();
        for numbers in [
            json!({ "demandNumber": pending.number, "patient": patient(&app, "patient") }),
            json!({ "demandNumber": approved.number, "patient": patient(&app, "patient-second") }),
            json!({ "demandNumber": pending.number, "resolutionNumber": resolution }),
            json!({ "demandNumber": rejected.number, "patient": patient(&app, "patient") }),
            json!({ "demandNumber": unissued_demand_number(), "resolutionNumber": resolution }),
            json!({ "demandNumber": approved.number, "resolutionNumber": unissued_resolution_number() }),
            json!({ "demandNumber": unissued_demand_number(), "patient": patient(&app, "patient") }),
        ] {
            answers.push(uniform(evenly(retrieve(&app, "pharmacist", &numbers)).await));
        }
        let numbers = approved.numbers().await;
        let elsewhere = app.elsewhere("pharmacist");
        answers.push(uniform(evenly(elsewhere.look(RETRIEVALS, &numbers)).await));
        answers.dedup();
        assert_eq!(answers.len(), 1, "{answers:?}");
    }

    async fn an_approval_that_has_ended_is_not_opened_any_more(app: TestApp) {
        let withdrawn = Case::outside(&app).await.until(Stage::Approved).await;
        withdrawn.withdraw().await.is(200);
        let revoked = Case::outside(&app).await.until(Stage::Approved).await;
        let draft = json!({ "grounds": "Produkt dopuszczono do obrotu.", "legalBasis": "art. 155 k.p.a." });
        revoked.command("preparer", "revocation-draft", &draft).await.is(200);
        let seen = app.as_persona("decider").find(&revoked.id).await.is(200);
        let seen = json!({ "draftSha256": seen.text_at("/ministryFile/revocationDraft/sha256") });
        revoked.command("decider", "revocation", &seen).await.is(200);
        let expired = Case::outside(&app).await.until(Stage::Approved).await;
        // The look-up itself is the first to notice that the term has run out.
        app.advance_days(61);
        let mut answers = Vec::new();
        for case in [&withdrawn, &revoked, &expired] {
            let numbers = json!({ "demandNumber": case.number, "patient": patient(&app, "patient") });
            for persona in ["pharmacist", "wholesaler"] {
                answers.push(uniform(retrieve(&app, persona, &numbers).await));
                app.as_persona(persona).find(&case.id).await.refused(404, "request.not_found");
            }
        }
        answers.dedup();
        assert_eq!(answers.len(), 1, "{answers:?}");
    }

    async fn what_is_with_a_wholesaler_or_realised_is_still_opened(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        case.retrieve("wholesaler-second").await.is(200);
        case.dispense(10).await.is(201);
        assert_eq!(case.retrieve("pharmacist").await.is(200).text_at("/state"), "REALISED");
    }

    async fn one_number_is_not_enough(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        let one = json!({ "demandNumber": case.number });
        retrieve(&app, "pharmacist", &one).await.refused(422, "supply.retrieval_pair");
        let wrong = json!({ "demandNumber": "ZPL-2026-AAAAAAAA-A", "resolutionNumber": "ROZ-1" });
        let refused = retrieve(&app, "pharmacist", &wrong).await.refused(422, "request.several_faults");
        let named = [("value.demand_number", "/demandNumber"), ("value.resolution_number", "/resolutionNumber")];
        assert_eq!(refused.faults(), named.map(|(code, pointer)| (code.to_owned(), pointer.to_owned())));
    }

    async fn a_retrieval_needs_a_pharmacy_or_a_wholesaler(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        for persona in ["clinic-physician", "decider", "patient"] {
            retrieve(&app, persona, &case.numbers().await).await.refused(403, "auth.role");
        }
    }

    async fn found_or_not_a_retrieval_is_on_record(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        let count = |refusal: &str| {
            format!("SELECT count(*) AS number FROM audit WHERE action = 'retrieve_demand' AND refusal {refusal}")
        };
        retrieve(&app, "pharmacist", &case.numbers().await).await.is(200);
        let wrong = json!({ "demandNumber": case.number, "patient": patient(&app, "patient-second") });
        retrieve(&app, "pharmacist", &wrong).await.is(404);
        assert_eq!(app.count_of(count("IS NULL")).await, 1);
        assert_eq!(app.count_of(count("= 'supply.retrieval_none'")).await, 1);
    }

    async fn a_grant_of_one_pharmacy_is_no_other_organisations(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Approved).await;
        case.retrieve("pharmacist").await.is(200);
        app.as_persona("pharmacist").find(&case.id).await.is(200);
        app.as_persona("wholesaler").find(&case.id).await.refused(404, "request.not_found");
    }

    async fn whoever_guesses_at_a_known_number_is_seen_by_the_patient(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        let guess = json!({ "demandNumber": case.number, "patient": patient(&app, "patient-second") });
        retrieve(&app, "pharmacist", &guess).await.refused(404, "supply.retrieval_none");
        let public = json!({ "kind": "OUTSIDE_FACILITY", "demandNumber": case.number, "patient": patient(&app, "patient-second") });
        app.anyone().look("/api/v1/public/checks", &public).await.refused(404, "supply.retrieval_none");
        let log = app.as_persona("patient").get("/api/v1/patient/access-log").await.is(200);
        for (index, action) in ["check_decision", "retrieve_demand"].into_iter().enumerate() {
            let item = log.at(&format!("/items/{index}"));
            assert_eq!((&item["action"], &item["outcome"]), (&json!(action), &json!("REFUSED")), "{}", log.text());
            assert_eq!(item["documentId"], json!(case.id));
        }
        let of = "SELECT count(*) AS number FROM audit WHERE refusal = 'supply.retrieval_none' AND document_id IS NULL";
        let unknown = json!({ "demandNumber": "ZPL-2026-7K3M9QXT-B", "patient": patient(&app, "patient") });
        retrieve(&app, "pharmacist", &unknown).await.is(404);
        assert_eq!(app.count(of).await, 1, "what met nothing names nothing");
    }

    async fn numbers_of_two_demands_name_both_to_the_audit(app: TestApp) {
        let one = Case::outside(&app).await.until(Stage::Approved).await;
        let other = Case::outside(&app).await.until(Stage::Approved).await;
        let mixed = json!({ "demandNumber": one.number, "resolutionNumber": other.resolution_number().await });
        retrieve(&app, "pharmacist", &mixed).await.refused(404, "supply.retrieval_none");
        for case in [&one, &other] {
            let of = format!("SELECT count(*) AS number FROM audit WHERE refusal = 'supply.retrieval_none' AND document_id = '{}'", case.id);
            assert_eq!(app.count_of(of).await, 1);
        }
    }
}
