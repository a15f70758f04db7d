//! A physician's software opens, edits, copies, finds and validates demands.

use crate::fixture::{Fixture, HOSPITAL, PHYSICIAN, Reply};
use actix_web::test::TestRequest;
use serde_json::{Value, json};

const DEMANDS: &str = "/api/v1/medicine-demands";

/// The example of the contract, issued by the physician of the fixture's hospital.
fn draft(reference: &str) -> Value {
    let document: Value = serde_json::from_str(&http::openapi_json()).unwrap();
    let mut draft = document["components"]["schemas"]["MedicineDemandRequest"]["example"].clone();
    draft["clientReference"] = json!(reference);
    let content = &mut draft["content"];
    content["physician"] = json!({"givenNames": "Anna", "familyName": "Testowa", "npwz": PHYSICIAN});
    content["entity"]["nip"] = json!("5260250995");
    content["entity"]["rpwdlNumber"] = json!("000000001688");
    content["entity"]["unitCode"] = json!("000000001688-012");
    content["patients"]["patient"]["identifier"]["number"] = json!("44051401458");
    draft
}

fn signed_in(request: TestRequest, key: &str) -> TestRequest {
    let key = format!("0197c5a2-7d31-7c4e-9a66-{key:0>12}");
    request.insert_header(("Authorization", "Bearer PHYSICIAN")).insert_header(("Idempotency-Key", key))
}

async fn create(fixture: &Fixture, key: &str, body: &Value) -> Reply {
    fixture.send(signed_in(TestRequest::post().uri(DEMANDS), key).set_json(body)).await
}

#[actix_web::test]
async fn a_draft_is_created_once_and_found_again() {
    let fixture = Fixture::start().await;
    let made = create(&fixture, "1", &draft("HIS-1")).await;
    assert_eq!((made.status, made.header("etag")), (201, "\"1\""), "{}", made.body);
    let place = format!("{DEMANDS}/{}", made.body["id"].as_str().unwrap());
    assert_eq!(made.header("location"), place);
    assert_eq!((&made.body["state"], &made.body["entityId"]), (&json!("DRAFT"), &json!(HOSPITAL)));
    assert_eq!(made.body["content"], draft("HIS-1")["content"]);
    let again = create(&fixture, "1", &draft("HIS-1")).await;
    assert_eq!((again.status, again.header("idempotency-replayed")), (201, "true"));
    assert_eq!(again.bytes, made.bytes);
    let found = fixture.get("PHYSICIAN", &place).await;
    assert_eq!((found.status, &found.body), (200, &made.body));
    let known = TestRequest::get().uri(&place).insert_header(("Authorization", "Bearer PHYSICIAN"));
    let known = fixture.send(known.insert_header(("If-None-Match", "\"1\""))).await;
    assert_eq!((known.status, known.header("etag")), (304, "\"1\""));
    let taken = create(&fixture, "2", &draft("HIS-1")).await;
    assert_eq!(taken.outcome(), (409, "demand.client_reference_taken"));
    assert_eq!(taken.body["existing"]["href"], place);
    assert_eq!(fixture.get("WHOLESALER", &place).await.outcome(), (404, "request.not_found"));
    assert_eq!(fixture.get("PHYSICIAN", &format!("{DEMANDS}/1")).await.status, 404);
}

#[actix_web::test]
async fn illegal_values_are_named_in_the_body() {
    let fixture = Fixture::start().await;
    let mut body = draft("HIS-1");
    body["content"]["patients"]["patient"]["identifier"]["number"] = json!("44051401459");
    body["content"]["quantity"]["amount"] = json!("0");
    let refused = create(&fixture, "1", &body).await;
    assert_eq!(refused.outcome(), (422, "request.several_faults"));
    let places: Vec<&Value> =
        refused.body["errors"].as_array().unwrap().iter().map(|it| &it["pointer"]).collect();
    assert_eq!(places, ["/content/patients/patient/identifier/number", "/content/quantity/amount"]);
    body["content"]["patients"] = json!({"kind": "LIST", "patient": {}});
    let misshapen = create(&fixture, "2", &body).await;
    assert_eq!(misshapen.status, 400);
}

#[actix_web::test]
async fn an_edit_names_the_revision_that_it_replaces() {
    let fixture = Fixture::start().await;
    let made = create(&fixture, "1", &draft("HIS-1")).await;
    let place = made.header("location").to_owned();
    let mut body = draft("HIS-2");
    body["content"]["treatmentDays"] = json!(90);
    let edit = |etag: Option<&'static str>| {
        let request = signed_in(TestRequest::put().uri(&place), "9").set_json(&body);
        match etag {
            Some(etag) => request.insert_header(("If-Match", etag)),
            None => request,
        }
    };
    assert_eq!(fixture.send(edit(None)).await.outcome(), (428, "request.if_match_missing"));
    assert_eq!(fixture.send(edit(Some("\"7\""))).await.outcome(), (412, "request.stale"));
    let edited = fixture.send(edit(Some("\"1\""))).await;
    assert_eq!((edited.status, edited.header("etag")), (200, "\"2\""), "{}", edited.body);
    assert_eq!(edited.body["content"]["treatmentDays"], 90);
    assert_eq!(edited.body["clientReference"], "HIS-2");
}

#[actix_web::test]
async fn a_list_goes_on_where_its_page_ended() {
    let fixture = Fixture::start().await;
    for number in ["1", "2", "3"] {
        assert_eq!(create(&fixture, number, &draft(&format!("HIS-{number}"))).await.status, 201);
    }
    let first = fixture.get("PHYSICIAN", &format!("{DEMANDS}?limit=2&state=DRAFT")).await;
    assert_eq!(first.status, 200, "{}", first.body);
    let line = &first.body["items"][0];
    assert_eq!(
        line["product"],
        json!({"tradeName": "Dapson-Fatol", "internationalName": "Dapsonum",
        "form": "tabletki", "strength": "50 mg"})
    );
    assert!(!String::from_utf8_lossy(&first.bytes).contains("44051401458"));
    let cursor = first.body["nextCursor"].as_str().unwrap();
    let second = fixture.get("PHYSICIAN", &format!("{DEMANDS}?limit=2&state=DRAFT&cursor={cursor}")).await;
    assert_eq!(second.body["items"].as_array().unwrap().len(), 1);
    assert!(second.body.get("nextCursor").is_none());
    let one = fixture.get("PHYSICIAN", &format!("{DEMANDS}?clientReference=HIS-2")).await;
    assert_eq!(one.body["items"][0]["clientReference"], "HIS-2");
    let odd = fixture.get("PHYSICIAN", &format!("{DEMANDS}?state=LOST")).await;
    assert_eq!((odd.status, &odd.body["errors"][0]["parameter"]), (400, &json!("state")));
    let patient = json!({"patient": {"kind": "PESEL", "number": "44051401458"}, "limit": 2});
    let searched = fixture.post("PHYSICIAN", &format!("{DEMANDS}/searches"), &patient).await;
    assert_eq!((searched.status, searched.body["items"].as_array().unwrap().len()), (200, 2));
    let none = json!({"patient": {"kind": "PESEL", "number": "44051401458"}, "limit": 201});
    let refused = fixture.post("PHYSICIAN", &format!("{DEMANDS}/searches"), &none).await;
    assert_eq!((refused.status, &refused.body["errors"][0]["pointer"]), (400, &json!("/limit")));
}

#[actix_web::test]
async fn a_dry_run_names_what_a_submission_would_find() {
    let fixture = Fixture::start().await;
    let path = format!("{DEMANDS}/validations");
    let fine = fixture.post("PHYSICIAN", &path, &draft("HIS-1")).await;
    assert_eq!((fine.status, &fine.body["valid"]), (200, &json!(true)), "{}", fine.body);
    assert_eq!(fine.body["clocks"][0]["kind"], "OPINION");
    let bare = json!({"content": {"use": "OUTSIDE_FACILITY"}});
    let request = TestRequest::post().uri(&path).set_json(bare);
    let request = request.insert_header(("Authorization", "Bearer PHYSICIAN"));
    let bare = fixture.send(request.insert_header(("Accept-Language", "en"))).await;
    assert_eq!((bare.status, &bare.body["valid"]), (200, &json!(false)));
    assert_eq!((bare.header("content-language"), bare.header("vary")), ("en", "Accept-Language"));
    let problems = bare.body["problems"].as_array().unwrap();
    let missing = problems.iter().find(|it| it["pointer"] == "/content/product/tradeName").unwrap();
    assert_eq!(missing["rules"][0]["number"], "DC-F18");
}

#[actix_web::test]
async fn a_demand_says_what_can_be_done_with_it() {
    let fixture = Fixture::start().await;
    let made = create(&fixture, "1", &draft("HIS-1")).await;
    let place = made.header("location").to_owned();
    let actions = fixture.get("PHYSICIAN", &format!("{place}/actions")).await;
    assert_eq!(actions.status, 200, "{}", actions.body);
    let items = actions.body["items"].as_array().unwrap();
    let submission = items.iter().find(|it| it["action"] == "submission").unwrap();
    assert_eq!(
        (&submission["allowed"], &submission["path"]),
        (&json!(true), &json!(format!("{place}/submission")))
    );
    let history = fixture.get("PHYSICIAN", &format!("{place}/history")).await;
    assert_eq!((history.status, history.body), (200, json!({"items": []})));
    let versions = fixture.get("PHYSICIAN", &format!("{place}/versions")).await;
    assert_eq!((versions.status, &versions.body["items"][0]["version"]), (200, &json!(1)));
    let print = fixture.get("PHYSICIAN", &format!("{place}/print")).await;
    let name = format!("attachment; filename=\"{}.pdf\"", made.body["id"].as_str().unwrap());
    assert_eq!(
        (print.header("content-type"), print.header("content-disposition")),
        ("application/pdf", name.as_str())
    );
    assert!(print.bytes.starts_with(b"%PDF-"));
}

#[actix_web::test]
async fn the_bytes_to_sign_stay_the_same_while_the_draft_does() {
    let fixture = Fixture::start().await;
    let made = create(&fixture, "1", &draft("HIS-1")).await;
    let path = format!("{}/submission/document", made.header("location"));
    let body = json!({"consultantId": "01980f2a-6c00-7000-8000-000000000041", "field": "0745"});
    let document = fixture.post("PHYSICIAN", &path, &body).await;
    assert_eq!(document.status, 200, "{}", document.body);
    assert_eq!(document.body["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(fixture.post("PHYSICIAN", &path, &body).await.body, document.body);
    let submission = signed_in(TestRequest::post().uri(&path.replace("/document", "")), "2");
    let signature = json!({"kind": "QUALIFIED", "value": "a.b.c"});
    let body = json!({"consultantId": body["consultantId"], "field": "0745", "signature": signature});
    let refused = fixture.send(submission.insert_header(("If-Match", "\"1\"")).set_json(body)).await;
    assert_eq!((refused.status, &refused.body["errors"][0]["pointer"]), (422, &json!("/signature/value")));
}

#[actix_web::test]
async fn a_copy_and_a_withdrawal_follow_the_first_draft() {
    let fixture = Fixture::start().await;
    let made = create(&fixture, "1", &draft("HIS-1")).await;
    let place = made.header("location").to_owned();
    let copies = TestRequest::post().uri(&format!("{place}/copies"));
    let copied = fixture.send(signed_in(copies, "2").set_json(json!({"clientReference": "HIS-2"}))).await;
    assert_eq!((copied.status, &copied.body["basedOn"]), (201, &made.body["id"]), "{}", copied.body);
    let withdrawal = TestRequest::post().uri(&format!("{place}/withdrawal"));
    let withdrawal = signed_in(withdrawal, "3").insert_header(("If-Match", "\"1\""));
    let withdrawn = fixture.send(withdrawal.set_json(json!({"reason": "Pomyłka."}))).await;
    assert_eq!(
        (withdrawn.status, &withdrawn.body["state"]),
        (200, &json!("WITHDRAWN")),
        "{}",
        withdrawn.body
    );
    let history = fixture.get("PHYSICIAN", &format!("{place}/history")).await;
    let last = &history.body["items"][0];
    assert_eq!((&last["type"], &last["by"]["role"]), (&json!("DemandWithdrawn"), &json!("PHYSICIAN")));
}
