//! Operations of the whole application, from the request to the database and back.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it fails")]

mod fixture;
mod medicine_demand;

use actix_web::test::TestRequest;
use fixture::{Fixture, WHOLESALER};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const CHECKS: &str = "/api/v1/public/checks";

fn check(demand: &str) -> Value {
    json!({"kind": "OUTSIDE_FACILITY", "demandNumber": demand, "patient": {"kind": "PESEL", "number": "44051401359"}})
}

#[actix_web::test]
async fn a_check_that_finds_nothing_says_so_after_a_whole_step() {
    let fixture = Fixture::start().await;
    let started = Instant::now();
    let reply = fixture.send(TestRequest::post().uri(CHECKS).set_json(check("ZPL-2026-7K3M9QXT-B"))).await;
    assert_eq!(reply.outcome(), (404, "supply.retrieval_none"));
    assert!(started.elapsed() >= Duration::from_millis(150));
}

#[actix_web::test]
async fn a_public_number_opens_nothing_outside_a_facility() {
    let fixture = Fixture::start().await;
    let body = |kind: &str| json!({"kind": kind, "demandNumber": "ZPL-2026-7K3M9QXT-B", "rpwdlNumber": "000000018583"});
    let ask = |kind| fixture.send(TestRequest::post().uri(CHECKS).set_json(body(kind)));
    let refused = ask("OUTSIDE_FACILITY").await;
    let codes: Vec<&Value> =
        refused.body["errors"].as_array().unwrap().iter().map(|it| &it["code"]).collect();
    assert_eq!(
        (refused.status, codes),
        (422, vec![&json!("public.check_register_number"), &json!("supply.retrieval_pair")])
    );
    assert_eq!(ask("IN_FACILITY").await.outcome(), (404, "supply.retrieval_none"));
}

#[actix_web::test]
async fn one_document_is_not_tried_out_from_many_addresses() {
    let fixture = Fixture::start().await;
    for attempt in 0..=10_u8 {
        let from = std::net::SocketAddr::from(([192, 0, 2, attempt], 4711));
        let request = TestRequest::post().uri(CHECKS).peer_addr(from).set_json(check("ZPL-2026-7K3M9QXT-B"));
        let reply = fixture.send(request).await;
        assert_eq!(reply.status, if attempt < 10 { 404 } else { 429 }, "{attempt}");
        assert_eq!(reply.header("retry-after").is_empty(), attempt < 10);
    }
}

#[actix_web::test]
async fn a_foreign_decision_token_is_refused() {
    let fixture = Fixture::start().await;
    let request = TestRequest::post().uri("/api/v1/public/decision-verifications");
    let reply = fixture.send(request.set_json(json!({"token": "a.b.c"}))).await;
    assert_eq!(reply.status, 422);
    assert_eq!(reply.body["errors"][0]["pointer"], "/token");
}

#[actix_web::test]
async fn the_keys_of_decisions_may_be_kept_for_five_minutes() {
    let fixture = Fixture::start().await;
    let reply = fixture.send(TestRequest::get().uri("/.well-known/jwks.json")).await;
    assert_eq!((reply.status, reply.header("cache-control")), (200, "public, max-age=300"));
    assert_eq!(reply.body["keys"][0]["alg"], "ES256");
    assert!(reply.body["keys"][0].get("d").is_none());
}

#[actix_web::test]
async fn a_consultant_of_two_fields_stands_on_both_pages() {
    let fixture = Fixture::start().await;
    let first = fixture.get("PHYSICIAN", "/api/v1/consultants?limit=1").await;
    assert_eq!((first.status, &first.body["items"][0]["field"]["code"]), (200, &json!("0745")));
    let cursor = first.body["nextCursor"].as_str().unwrap();
    let second = fixture.get("PHYSICIAN", &format!("/api/v1/consultants?limit=1&cursor={cursor}")).await;
    assert_eq!(second.body["items"][0]["field"]["code"], "0755");
    assert!(second.body.get("nextCursor").is_none());
    let filtered = fixture.get("PHYSICIAN", "/api/v1/consultants?field=0755&kind=NATIONAL").await;
    assert_eq!(filtered.body["items"].as_array().unwrap().len(), 1);
    let unknown = fixture.get("PHYSICIAN", "/api/v1/consultants?field=9999").await;
    assert_eq!((unknown.status, &unknown.body["errors"][0]["parameter"]), (422, &json!("field")));
}

#[actix_web::test]
async fn a_wholesaler_reads_its_feed_and_its_batches() {
    let fixture = Fixture::start().await;
    let feed = fixture.get("WHOLESALER", "/api/v1/supply/demands?after=7").await;
    assert_eq!((feed.status, feed.body), (200, json!({"items": [], "nextAfter": 7, "hasMore": false})));
    assert_eq!(fixture.get("WHOLESALER", "/api/v1/supply/demands?after=-1").await.status, 400);
    assert_eq!(fixture.get("PHYSICIAN", "/api/v1/supply/demands").await.outcome(), (403, "auth.role"));
    let batch = fixture.get("WHOLESALER", "/api/v1/supply/batches?batch=L25B117").await;
    assert_eq!((batch.status, batch.body), (200, json!({"items": []})));
    let known = fixture.get("PHARMACY", "/api/v1/wholesalers").await;
    assert_eq!(known.body, json!({"items": [{"id": WHOLESALER, "name": "Hurtownia Testowa"}]}));
    assert!(known.header("etag").starts_with("W/\""));
}

#[actix_web::test]
async fn a_retrieval_takes_two_numbers_of_the_right_kind() {
    let fixture = Fixture::start().await;
    let ask = async |body: Value| fixture.post("PHARMACY", "/api/v1/supply/retrievals", &body).await;
    let none = ask(json!({"demandNumber": "ZPL-2026-7K3M9QXT-B", "resolutionNumber": "ROZ-2026-7K3M9QXT-S"}));
    assert_eq!(none.await.outcome(), (404, "supply.retrieval_none"));
    assert_eq!(ask(json!({"demandNumber": "ZPL-2026-7K3M9QXT-B"})).await.outcome().0, 422);
    let faulty = ask(json!({"demandNumber": "ZPL-1", "patient": {"kind": "PESEL", "number": "1"}})).await;
    let places: Vec<&Value> =
        faulty.body["errors"].as_array().unwrap().iter().map(|it| &it["pointer"]).collect();
    assert_eq!((faulty.status, places), (422, vec![&json!("/demandNumber"), &json!("/patient/number")]));
}

#[actix_web::test]
async fn only_a_patient_reads_the_patients_lists() {
    let fixture = Fixture::start().await;
    for path in ["/api/v1/patient/cases", "/api/v1/patient/access-log"] {
        let own = fixture.get("PATIENT", path).await;
        assert_eq!((own.status, own.body), (200, json!({"items": []})), "{path}");
        assert_eq!(fixture.get("PHYSICIAN", path).await.outcome(), (403, "auth.role"), "{path}");
    }
}

#[actix_web::test]
async fn a_diagnosis_speaks_the_callers_language() {
    let fixture = Fixture::start().await;
    let request = TestRequest::post()
        .uri("/api/v1/signatures/diagnoses")
        .insert_header(("Authorization", "Bearer PHYSICIAN"))
        .insert_header(("Accept-Language", "en"))
        .set_json(json!({"kind": "QUALIFIED", "value": "no signature"}));
    let reply = fixture.send(request).await;
    let first = &reply.body["checks"][0];
    assert_eq!((reply.status, &reply.body["verified"]), (200, &json!(false)));
    assert_eq!((&first["name"], &first["outcome"]), (&json!("container"), &json!("FAILED")));
    assert!(first["detail"].as_str().unwrap().is_ascii());
}

#[actix_web::test]
async fn an_unknown_key_was_not_carried_out() {
    let fixture = Fixture::start().await;
    let path = "/api/v1/operations?key=0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42";
    assert_eq!(fixture.get("PHYSICIAN", path).await.outcome(), (404, "request.not_found"));
    let short = fixture.get("PHYSICIAN", "/api/v1/operations?key=short").await;
    assert_eq!(short.outcome(), (400, "request.idempotency_key"));
}

#[actix_web::test]
async fn a_lifecycle_is_sent_once() {
    let fixture = Fixture::start().await;
    let path = "/api/v1/lifecycles/medicine-demands";
    let reply = fixture.send(TestRequest::get().uri(path)).await;
    assert_eq!((reply.status, reply.body["states"].as_array().unwrap().len()), (200, 14));
    let again = TestRequest::get().uri(path).insert_header(("If-None-Match", reply.header("etag")));
    assert_eq!(fixture.send(again).await.status, 304);
    let of_food = fixture.send(TestRequest::get().uri("/api/v1/lifecycles/food-demands")).await;
    assert_eq!((of_food.status, &of_food.body["type"]), (200, &json!("food-demands")));
    assert_eq!(of_food.body["transitions"], reply.body["transitions"]);
    for (of, policy) in [(&reply, "KPA"), (&of_food, "CALENDAR_DAYS")] {
        let clocks = of.body["clocks"].as_array().unwrap();
        let told: Vec<_> = clocks.iter().map(|clock| (&clock["kind"], &clock["policy"])).collect();
        let rolls = (json!("CLARIFICATION"), json!(policy));
        assert!(told.contains(&(&rolls.0, &rolls.1)), "{told:?}");
        assert!(told.contains(&(&json!("OPINION"), &json!("CALENDAR_DAYS"))), "{told:?}");
    }
    let unknown = fixture.send(TestRequest::get().uri("/api/v1/lifecycles/demands")).await;
    assert_eq!(unknown.outcome(), (404, "request.not_found"));
}
