//! A whole case in both uses, each write sent as a client with a bad line sends it.

use crate::support::{needs_the_present_revision, once_per_key};
use serde_json::{Value, json};
use testkit::{Case, TestApp, approval, on_both};

/// A signature that nobody made.
fn forged() -> Value {
    json!({ "kind": "QUALIFIED", "value": "e30.e30.AA" })
}

/// From the draft until the ministry's approval.
async fn until_approved(case: &Case) {
    let app = &case.app;
    let consultant = app.consultant("consultant-nephrology");
    let physician = case.physician();
    let submission = case.signed(physician, "submission", consultant.clone()).await;
    needs_the_present_revision(case, physician, "submission", &submission).await;
    let other = app.consultant("consultant-paediatrics");
    let submitted = once_per_key(case, physician, "submission", &submission, &other).await.is(200);

    if case.in_facility {
        assert_eq!(submitted.text_at("/state"), "AWAITING_REPRESENTATIVE");
        let approval = case.signed("director", "representative-approval", json!({})).await;
        needs_the_present_revision(case, "director", "representative-approval", &approval).await;
        let other = json!({ "signature": forged() });
        once_per_key(case, "director", "representative-approval", &approval, &other).await.is(200);
    }
    assert_eq!(case.state().await, "AWAITING_CONSULTANT");

    let opinion = json!({ "verdict": "CONFIRMED" });
    let opinion = case.signed("consultant-nephrology", "opinion", opinion).await;
    needs_the_present_revision(case, "consultant-nephrology", "opinion", &opinion).await;
    let other = json!({ "verdict": "NOT_MY_FIELD" });
    let given = once_per_key(case, "consultant-nephrology", "opinion", &opinion, &other).await.is(200);
    assert_eq!(given.text_at("/state"), "WITH_MINISTER");

    needs_the_present_revision(case, "preparer", "assignment", &json!({})).await;
    once_per_key(case, "preparer", "assignment", &json!({}), &json!({ "reason": "inna" })).await.is(200);
    needs_the_present_revision(case, "preparer", "resolution-draft", &approval("10")).await;
    let prepared =
        once_per_key(case, "preparer", "resolution-draft", &approval("10"), &approval("9")).await.is(200);
    assert_eq!(prepared.text_at("/state"), "RESOLUTION_PREPARED");

    let seen = json!({ "draftSha256": case.draft_sha256().await });
    let resolution = case.signed("decider", "resolution", seen.clone()).await;
    needs_the_present_revision(case, "decider", "resolution", &resolution).await;
    let other = json!({ "draftSha256": seen["draftSha256"], "signature": forged() });
    let resolved = once_per_key(case, "decider", "resolution", &resolution, &other).await.is(200);
    assert_eq!(resolved.text_at("/state"), "APPROVED");
}

/// From the approval until nothing is left to dispense.
async fn until_realised(case: &Case) {
    let app = &case.app;
    let pharmacist = case.pharmacist();
    if case.in_facility {
        let found = app.as_persona(pharmacist).find(&case.id).await.is(200);
        assert_eq!(found.text_at("/number"), case.number, "its own pharmacy needs no numbers");
    } else {
        app.as_persona(pharmacist).find(&case.id).await.refused(404, "request.not_found");
        case.retrieve(pharmacist).await.is(200);
    }
    let handover = json!({ "wholesalerId": app.organisation("wholesaler") });
    needs_the_present_revision(case, pharmacist, "handover", &handover).await;
    let other = json!({ "wholesalerId": app.organisation("wholesaler-second") });
    let handed = once_per_key(case, pharmacist, "handover", &handover, &other).await.is(200);
    assert_eq!(handed.text_at("/state"), "WITH_WHOLESALER");

    let (imported, dispensed) = (app.entry("IMPORTED", 10), app.entry("DISPENSED", 10));
    once_per_key(case, "wholesaler", "realisations", &imported, &app.entry("IMPORTED", 9)).await.is(201);
    let last =
        once_per_key(case, pharmacist, "realisations", &dispensed, &app.entry("DISPENSED", 9)).await.is(201);
    assert_eq!(last.text_at("/state"), "REALISED");
    let seen = case.seen().await;
    assert_eq!(seen["ledger"]["imported"], "10");
    assert_eq!(seen["ledger"]["dispensed"], "10");
    assert_eq!(seen["ledger"]["entries"].as_array().unwrap().len(), 2);
}

on_both! {
    async fn a_demand_outside_a_facility_is_played_until_it_is_realised(app: TestApp) {
        let case = Case::outside(&app).await;
        until_approved(&case).await;
        until_realised(&case).await;
        app.settle().await;
        assert_eq!(app.verify_audit().await.faults, Vec::new());
    }

    async fn a_demand_in_a_facility_is_played_until_it_is_realised(app: TestApp) {
        let case = Case::in_facility(&app).await;
        until_approved(&case).await;
        until_realised(&case).await;
    }

    async fn a_demand_for_a_list_of_patients_is_approved(app: TestApp) {
        let case = Case::of(&app, &testkit::listed(&app)).await;
        until_approved(&case).await;
    }

    async fn a_demand_for_an_ad_hoc_need_is_approved(app: TestApp) {
        let case = Case::of(&app, &testkit::ad_hoc(&app)).await;
        until_approved(&case).await;
    }
}
