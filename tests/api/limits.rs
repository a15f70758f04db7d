//! Every bucket of production over real HTTP: who comes too often is told when to come back, and nobody else is.

use domain::values::{DemandNumber, DemandSeries, ResolutionNumber};
use http::limits::{
    CHECKS_IN_FACILITIES, CHECKS_IN_FACILITIES_OF_ONE_NETWORK, CHECKS_OF_ONE_DOCUMENT,
    RETRIEVALS_OF_ONE_DOCUMENT, production,
};
use serde_json::{Value, json};
use testkit::{LOOK_UPS, Response, SHOP, Session, TestApp, on_both, tight};

const CHECKS: &str = "/api/v1/public/checks";
const VERIFICATIONS: &str = "/api/v1/public/decision-verifications";
const RETRIEVALS: &str = "/api/v1/supply/retrievals";
const RECEIPTS: &str = "/api/v1/supply/paper-receipts";
const DIAGNOSES: &str = "/api/v1/signatures/diagnoses";

/// Numbers that are well formed and nobody's.
fn demand(which: u8) -> String {
    DemandNumber::compose(DemandSeries::Medicine, 2026, [which; 8]).as_str().to_owned()
}

fn resolution() -> String {
    ResolutionNumber::compose(2026, [7; 8]).as_str().to_owned()
}

#[track_caller]
fn is_limited(answer: Response) {
    let refused = answer.refused(429, "limit.too_many_requests");
    let seconds: u32 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
}

async fn check(app: &TestApp, from: &str, kind: &str, numbers: Value) -> Response {
    let mut body = numbers;
    body["kind"] = json!(kind);
    let asked = app.anyone().request(reqwest::Method::POST, CHECKS).json(&body);
    asked.header("X-Forwarded-For", from).send().await
}

fn in_facility(which: u8) -> Value {
    json!({ "demandNumber": demand(which), "rpwdlNumber": "000000018583" })
}

fn of_patient(app: &TestApp, which: u8) -> Value {
    let pesel = app.persona("patient").spec.pesel;
    json!({ "demandNumber": demand(which), "patient": { "kind": "PESEL", "number": pesel } })
}

async fn receive(app: &TestApp, who: &Session, which: u8) -> Response {
    let mut body = of_patient(app, which);
    body["pharmacyId"] = json!(app.organisation("pharmacy"));
    body["passedOn"] = json!(app.today());
    who.post(RECEIPTS, &body).send().await
}

#[test]
fn every_bucket_of_production_is_played_here() {
    let played = [
        "public-checks",
        CHECKS_OF_ONE_DOCUMENT,
        CHECKS_IN_FACILITIES_OF_ONE_NETWORK,
        CHECKS_IN_FACILITIES,
        "decision-verifications",
        "retrievals",
        RETRIEVALS_OF_ONE_DOCUMENT,
        "look-ups",
        "diagnoses",
    ];
    let names: Vec<&str> = production().iter().map(|bucket| bucket.name).collect();
    assert_eq!(names, played);
}

on_both! {
    limits: tight(&["public-checks"]);
    async fn public_checks_are_counted_by_address(app: TestApp) {
        for which in 0..2 {
            check(&app, "192.0.2.1", "OUTSIDE_FACILITY", of_patient(&app, which)).await.is(404);
        }
        is_limited(check(&app, "192.0.2.1", "OUTSIDE_FACILITY", of_patient(&app, 2)).await);
        check(&app, "192.0.2.2", "OUTSIDE_FACILITY", of_patient(&app, 2)).await.is(404);
    }
}

on_both! {
    limits: tight(&[CHECKS_OF_ONE_DOCUMENT]);
    async fn one_document_is_not_tried_out_from_many_addresses(app: TestApp) {
        for from in ["192.0.2.1", "198.51.100.1"] {
            check(&app, from, "OUTSIDE_FACILITY", of_patient(&app, 0)).await.is(404);
        }
        is_limited(check(&app, "203.0.113.1", "OUTSIDE_FACILITY", of_patient(&app, 0)).await);
        check(&app, "203.0.113.1", "OUTSIDE_FACILITY", of_patient(&app, 1)).await.is(404);
    }
}

on_both! {
    limits: tight(&[CHECKS_IN_FACILITIES, CHECKS_IN_FACILITIES_OF_ONE_NETWORK]);
    async fn guessing_in_facilities_is_bounded_and_locks_nobody_else_out(app: TestApp) {
        // Two of its own share, two of what all have in common, whichever address of the network asks.
        for host in 1..=4 {
            let from = format!("192.0.2.{host}");
            check(&app, &from, "IN_FACILITY", in_facility(0)).await.is(404);
        }
        is_limited(check(&app, "192.0.2.5", "IN_FACILITY", in_facility(0)).await);
        for _ in 0..2 {
            check(&app, "198.51.100.1", "IN_FACILITY", in_facility(0)).await.is(404);
        }
        is_limited(check(&app, "198.51.100.1", "IN_FACILITY", in_facility(0)).await);
        check(&app, "192.0.2.5", "OUTSIDE_FACILITY", of_patient(&app, 0)).await.is(404);
    }
}

on_both! {
    limits: tight(&["decision-verifications"]);
    async fn verifications_are_counted_by_address(app: TestApp) {
        let verify = async |from: &str| {
            let body = json!({ "token": "no.decision.token" });
            let asked = app.anyone().request(reqwest::Method::POST, VERIFICATIONS).json(&body);
            asked.header("X-Forwarded-For", from).send().await
        };
        for _ in 0..2 {
            verify("192.0.2.1").await.is(422);
        }
        is_limited(verify("192.0.2.1").await);
        verify("192.0.2.2").await.is(422);
    }
}

on_both! {
    limits: tight(&["retrievals"]);
    async fn retrievals_and_receipts_on_paper_are_counted_together_by_client(app: TestApp) {
        let who = app.as_persona("wholesaler");
        who.look(RETRIEVALS, &of_patient(&app, 0)).await.is(404);
        receive(&app, &who, 1).await.is(404);
        is_limited(who.look(RETRIEVALS, &of_patient(&app, 2)).await);
        is_limited(receive(&app, &who, 2).await);
        who.through("another-client").look(RETRIEVALS, &of_patient(&app, 2)).await.is(404);
    }
}

on_both! {
    limits: tight(&[RETRIEVALS_OF_ONE_DOCUMENT]);
    async fn identifiers_are_not_tried_out_on_one_document(app: TestApp) {
        let who = app.as_persona("wholesaler");
        who.look(RETRIEVALS, &of_patient(&app, 0)).await.is(404);
        app.as_persona("pharmacist").look(RETRIEVALS, &of_patient(&app, 0)).await.is(404);
        is_limited(who.through("another-client").look(RETRIEVALS, &of_patient(&app, 0)).await);
        is_limited(receive(&app, &who, 0).await);
        let by_resolution = json!({ "demandNumber": demand(1), "resolutionNumber": resolution() });
        for _ in 0..2 {
            who.look(RETRIEVALS, &by_resolution).await.is(404);
        }
        is_limited(who.look(RETRIEVALS, &by_resolution).await);
    }
}

on_both! {
    limits: tight(&["look-ups"]);
    async fn look_ups_are_counted_by_client(app: TestApp) {
        let who = app.as_persona(SHOP);
        let body = json!({ "number": "T5-22222222-22222222", "code": "0427" });
        for _ in 0..2 {
            who.look(LOOK_UPS, &body).await.is(404);
        }
        is_limited(who.look(LOOK_UPS, &body).await);
        who.through("another-client").look(LOOK_UPS, &body).await.is(404);
    }
}

on_both! {
    limits: tight(&["diagnoses"]);
    async fn diagnoses_are_counted_by_client(app: TestApp) {
        let who = app.as_persona("clinic-physician");
        let body = json!({ "kind": "QUALIFIED", "value": "e30.e30.AA" });
        for _ in 0..2 {
            who.look(DIAGNOSES, &body).await.is(200);
        }
        is_limited(who.look(DIAGNOSES, &body).await);
        who.through("another-client").look(DIAGNOSES, &body).await.is(200);
    }
}
