//! `POST /supply/paper-receipts`: a hand-over on paper, also after the term.

use chrono::{NaiveDate, TimeDelta};
use serde_json::{Value, json};
use testkit::{Case, Stage, TestApp, on_both};

const RECEIPTS: &str = "/api/v1/supply/paper-receipts";

async fn receipt(case: &Case, passed_on: NaiveDate) -> Value {
    let mut body = case.numbers().await;
    body["pharmacyId"] = json!(case.app.organisation("pharmacy"));
    body["passedOn"] = json!(passed_on);
    body
}

on_both! {
    async fn a_receipt_brings_the_demand_to_the_wholesaler(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        let body = receipt(&case, app.today()).await;
        let who = app.as_persona("wholesaler");
        let send = |body: &Value| who.post(RECEIPTS, body).key("paper-receipt-key-1").send();
        let first = send(&body).await.is(201);
        assert_eq!(first.text_at("/state"), "WITH_WHOLESALER");
        assert_eq!(first.at("/handover/onPaper"), true);
        let again = send(&body).await.is(201);
        assert!(again.is_replayed() && again.body == first.body, "{}", again.text());
        let mut other = body.clone();
        other["pharmacyId"] = json!(app.organisation("hospital-pharmacy"));
        send(&other).await.refused(422, "request.idempotency_key_reused");
        who.post(RECEIPTS, &body).send().await.refused(409, "demand.wrong_state");
    }

    async fn a_repeated_receipt_gets_its_first_answer_whatever_became_of_the_demand(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        let body = receipt(&case, app.today()).await;
        let who = app.as_persona("wholesaler");
        let first = who.post(RECEIPTS, &body).key("paper-receipt-key-2").send().await.is(201);
        case.seen().await;
        case.withdraw().await.is(200);
        let again = who.post(RECEIPTS, &body).key("paper-receipt-key-2").send().await.is(201);
        assert!(again.is_replayed() && again.body == first.body, "{}", again.text());
        who.post(RECEIPTS, &body).send().await.refused(404, "supply.retrieval_none");
    }

    async fn a_receipt_lifts_an_expiry_when_the_day_was_in_time(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        let resolved = app.today();
        app.advance_days(62);
        assert_eq!(case.state().await, "EXPIRED");
        let who = app.as_persona("wholesaler");
        let late = receipt(&case, resolved + TimeDelta::days(61)).await;
        who.post(RECEIPTS, &late).send().await.refused_at(422, "demand.passed_on_late", "/passedOn");
        let in_time = receipt(&case, resolved + TimeDelta::days(60)).await;
        let received = who.post(RECEIPTS, &in_time).send().await.is(201);
        assert_eq!(received.text_at("/state"), "WITH_WHOLESALER");
    }

    async fn a_reference_that_was_used_again_does_not_keep_a_proof_out(app: TestApp) {
        let who = app.as_persona("clinic-physician");
        let body = json!({ "content": testkit::outside_facility(&app), "clientReference": "GAB-7" });
        let first = who.post(testkit::DEMANDS, &body).send().await.is(201);
        let case = Case::created(&app, &first).until(Stage::Approved).await;
        let resolved = app.today();
        app.advance_days(62);
        assert_eq!(case.state().await, "EXPIRED");
        let second = who.post(testkit::DEMANDS, &body).send().await.is(201);
        let in_time = receipt(&case, resolved + TimeDelta::days(60)).await;
        app.as_persona("wholesaler").post(RECEIPTS, &in_time).send().await.is(201);
        assert_eq!(case.seen().await.get("clientReference"), None, "the open demand keeps it");
        assert_eq!(who.find(&second.text_at("/id")).await.is(200).text_at("/clientReference"), "GAB-7");
    }

    async fn the_day_lies_between_the_resolution_and_today(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        let who = app.as_persona("wholesaler");
        for days in [-1, 1] {
            let body = receipt(&case, app.today() + TimeDelta::days(days)).await;
            who.post(RECEIPTS, &body).send().await.refused_at(422, "demand.passed_on_future", "/passedOn");
        }
    }

    async fn a_receipt_names_a_pharmacy_and_right_numbers(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        let who = app.as_persona("wholesaler");
        let mut body = receipt(&case, app.today()).await;
        body["pharmacyId"] = json!(app.organisation("hospital"));
        who.post(RECEIPTS, &body).send().await.refused_at(422, "demand.pharmacy_unknown", "/pharmacyId");
        let other = Case::outside(&app).await;
        body["demandNumber"] = json!(other.number);
        who.post(RECEIPTS, &body).send().await.refused(404, "supply.retrieval_none");
        app.as_persona("pharmacist").post(RECEIPTS, &body).send().await.refused(403, "auth.role");
    }

    async fn an_unknown_pharmacy_hides_neither_the_state_nor_the_day(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        let who = app.as_persona("wholesaler");
        let mut body = receipt(&case, app.today() + TimeDelta::days(1)).await;
        body["pharmacyId"] = json!(app.organisation("hospital"));
        let refused = who.post(RECEIPTS, &body).send().await;
        let refused = refused.refused_at(422, "demand.pharmacy_unknown", "/pharmacyId");
        refused.refused_at(422, "demand.passed_on_future", "/passedOn");
        let right = receipt(&case, app.today()).await;
        who.post(RECEIPTS, &right).send().await.is(201);
        who.post(RECEIPTS, &body).send().await.refused(409, "demand.wrong_state");
    }

    async fn what_was_never_submitted_in_time_is_not_lifted(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        app.advance_days(61);
        assert_eq!(case.state().await, "EXPIRED");
        let body = json!({
            "demandNumber": case.number, "pharmacyId": app.organisation("pharmacy"), "passedOn": app.today(),
            "patient": { "kind": "PESEL", "number": app.persona("patient").spec.pesel },
        });
        let refused = app.as_persona("wholesaler").post(RECEIPTS, &body).send().await;
        refused.refused(404, "supply.retrieval_none");
    }

    async fn a_receipt_under_its_key_retrieves_once(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        let body = receipt(&case, app.today()).await;
        let who = app.as_persona("wholesaler");
        let send = |body: &Value| who.post(RECEIPTS, body).key("paper-receipt-key-2").send();
        let retrieved = "SELECT count(*) AS number FROM audit WHERE action = 'retrieve_demand'";
        send(&body).await.is(201);
        assert_eq!(app.count(retrieved).await, 1);
        assert!(send(&body).await.is(201).is_replayed());
        let mut other = body.clone();
        other["demandNumber"] = json!(Case::outside(&app).await.number);
        send(&other).await.refused(422, "request.idempotency_key_reused");
        assert_eq!(app.count(retrieved).await, 1, "neither a replay nor a reused key retrieves anything");
    }

    async fn a_refused_receipt_keeps_no_grant_and_is_on_record(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Approved).await;
        let who = app.as_persona("wholesaler");
        let mut body = receipt(&case, app.today()).await;
        body["pharmacyId"] = json!(app.organisation("hospital"));
        who.post(RECEIPTS, &body).send().await.refused(422, "demand.pharmacy_unknown");
        assert_eq!(app.count("SELECT count(*) AS number FROM demand_grants").await, 0);
        who.find(&case.id).await.refused(404, "request.not_found");
        body["patient"] = json!({ "kind": "PESEL", "number": app.persona("patient-second").spec.pesel });
        who.post(RECEIPTS, &body).send().await.refused(404, "supply.retrieval_none");
        for (action, code) in
            [("receive_on_paper", "demand.pharmacy_unknown"), ("retrieve_demand", "supply.retrieval_none")]
        {
            let of = format!(
                "SELECT count(*) AS number FROM audit WHERE action = '{action}' AND refusal = '{code}' AND \
                 document_id = '{}' AND patient_id IS NOT NULL", case.id
            );
            assert_eq!(app.count_of(of).await, 1, "{action}");
        }
    }
}
