//! Shapes: JSON, members, lists, languages.

use crate::fixture::{get, post, send, send_all};
use actix_web::test::TestRequest;

#[actix_web::test]
async fn every_fault_of_shape_names_its_place() {
    let cases = [
        (r#"{"tradeName": "a", "colourr": 1}"#, "request.unknown_member", "/colourr"),
        (r#"{"tradeName": "a", "parts": [{"name": "x", "y": 1}]}"#, "request.unknown_member", "/parts/0/y"),
        (r#"{"tradeName": "a", "tradeName": "b"}"#, "request.duplicate_member", "/tradeName"),
        (
            r#"{"tradeName": "a", "parts": [{"name": "x", "name": "x"}]}"#,
            "request.duplicate_member",
            "/parts/0/name",
        ),
        (r#"{"tradeName": 9007199254740993}"#, "request.number_range", "/tradeName"),
        (r#"{"tradeName": 1}"#, "request.wrong_type", "/tradeName"),
        (r#"{"tradeName": "a", "parts": [{}]}"#, "request.missing_member", "/parts/0/name"),
        ("", "request.not_json", ""),
        (r#"{"tradeName": "a"} x"#, "request.not_json", ""),
    ];
    for (body, code, pointer) in cases {
        let reply = send(post("/things", body)).await;
        assert_eq!((reply.status, reply.code().as_str()), (400, code), "{body}");
        assert_eq!(reply.faults(), [(pointer.to_owned(), code.to_owned())]);
    }
}

#[actix_web::test]
async fn what_the_validator_finds_is_found_all_at_once() {
    let long = "x".repeat(21);
    let reply = send(post(
        "/things",
        &format!(r#"{{"tradeName": "{long}", "parts": [{{"name": "a"}}, {{"name": "{long}"}}]}}"#),
    ))
    .await;
    assert_eq!((reply.status, reply.code().as_str()), (400, "request.shape"));
    let places: Vec<String> = reply.faults().into_iter().map(|(pointer, _)| pointer).collect();
    assert_eq!(places, ["/parts/1/name", "/tradeName"]);
}

#[actix_web::test]
async fn illegal_values_are_found_all_at_once() {
    let body = r#"{"tradeName": "!", "colour": "blue", "parts": [{"name": "a"}, {"name": "!"}]}"#;
    let reply = send(post("/things/validations", body)).await;
    assert_eq!((reply.status, reply.code().as_str()), (422, "request.several_faults"));
    let faults = reply.faults();
    let expected =
        [("/tradeName", "thing.name"), ("/colour", "thing.colour"), ("/parts/1/name", "thing.name")];
    assert_eq!(faults, expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned())));
}

#[actix_web::test]
async fn equal_requests_have_equal_fingerprints() {
    let replies = send_all(vec![
        post("/things", r#"{"tradeName": "Lek", "colour": "red"}"#),
        post("/things", "{\n  \"colour\": \"red\", \"tradeName\": \"\\u004cek\"}"),
        post("/things", r#"{"tradeName": "Lek"}"#),
    ])
    .await;
    let prints: Vec<_> = replies.iter().map(|reply| reply.json()["fingerprint"].clone()).collect();
    assert_eq!(prints.first(), prints.get(1));
    assert_ne!(prints.first(), prints.get(2));
}

#[actix_web::test]
async fn compressed_or_foreign_bodies_are_refused() {
    for (name, value) in [
        ("Content-Type", "text/plain"),
        ("Content-Type", "application/json; charset=iso-8859-2"),
        ("Content-Encoding", "gzip"),
    ] {
        let reply = send(post("/things", "{}").insert_header((name, value))).await;
        assert_eq!((reply.status, reply.code().as_str()), (415, "request.media_type"), "{value}");
    }
}

#[actix_web::test]
async fn a_signed_operation_takes_up_to_a_mebibyte() {
    let padded = |size: usize| format!("{}{}", r#"{"tradeName": "Lek"}"#, " ".repeat(size));
    assert_eq!(send(post("/things/1/closing", &padded(100 * 1024))).await.status, 428);
    assert_eq!(send(post("/things/1/closing", &padded(1024 * 1024))).await.status, 413);
}

#[actix_web::test]
async fn a_list_is_read_page_by_page() {
    let first = send(get("/things?limit=2")).await;
    assert_eq!(first.json()["items"], serde_json::json!([1, 2]));
    assert!(first.header("etag").starts_with("W/\""));
    let cursor = first.json()["nextCursor"].as_str().unwrap().to_owned();
    assert_eq!(first.header("link"), format!("</things?limit=2&cursor={cursor}>; rel=\"next\""));
    let second = send(get(&format!("/things?limit=2&cursor={cursor}"))).await;
    assert_eq!(second.json()["items"], serde_json::json!([3, 4]));
    let unchanged = get("/things?limit=2").insert_header(("If-None-Match", first.header("etag")));
    let unchanged = send(unchanged).await;
    assert_eq!((unchanged.status, unchanged.text.as_str()), (304, ""));
    let stranger =
        get(&format!("/things?cursor={cursor}")).insert_header(("Authorization", "Bearer clinic-2"));
    let refused = send(stranger).await;
    assert_eq!((refused.status, refused.code().as_str()), (400, "request.cursor"));
    assert_eq!(refused.json()["errors"][0]["parameter"], "cursor");
}

#[actix_web::test]
async fn a_bad_query_names_its_parameter() {
    for (query, code, parameter) in [
        ("limit=0", "request.limit", "limit"),
        ("limit=201", "request.limit", "limit"),
        ("limit=x", "request.parameter", "limit"),
        ("colour=red", "request.unknown_parameter", "colour"),
        ("limit=1&limit=2", "request.duplicate_parameter", "limit"),
    ] {
        let reply = send(get(&format!("/things?{query}"))).await;
        assert_eq!((reply.status, reply.code().as_str()), (400, code), "{query}");
        assert_eq!(reply.json()["errors"][0]["parameter"], parameter);
    }
}

#[actix_web::test]
async fn problems_speak_the_language_that_is_asked_for() {
    let polish = send(TestRequest::get().uri("/nowhere?pesel=44051401359")).await;
    assert_eq!((polish.status, polish.code().as_str()), (404, "request.unknown_path"));
    assert_eq!(polish.header("content-language"), "pl");
    assert_eq!(polish.json()["instance"], "/nowhere");
    let english =
        send(TestRequest::get().uri("/nowhere").insert_header(("Accept-Language", "en-GB, pl;q=0.1"))).await;
    assert_eq!(english.header("content-language"), "en");
    assert_eq!(english.json()["title"], "There is no operation at this address.");
}

#[actix_web::test]
async fn a_wrong_method_is_answered_with_those_that_work() {
    let wrong = send(TestRequest::delete().uri("/things/1")).await;
    assert_eq!((wrong.status, wrong.code().as_str(), wrong.header("allow")), (405, "request.method", "PUT"));
    let both = send(TestRequest::patch().uri("/things")).await;
    assert_eq!((both.status, both.header("allow")), (405, "GET, HEAD, POST"));
    let page = send(TestRequest::post().uri("/openapi.json")).await;
    assert_eq!((page.status, page.header("allow")), (405, "GET, HEAD"));
}

#[actix_web::test]
async fn a_callers_trace_is_carried_on() {
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    let parent = format!("00-{trace}-00f067aa0ba902b7-01");
    let reply = send(TestRequest::get().uri("/nowhere").insert_header(("traceparent", parent))).await;
    assert_eq!(reply.json()["traceId"], trace);
}
