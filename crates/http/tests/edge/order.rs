//! The order of checks, and what each of them answers.

use crate::fixture::{KEY, get, post, send, send_all};
use actix_web::test::TestRequest;

const GOOD: &str = r#"{"tradeName": "Lek"}"#;

fn bare() -> TestRequest {
    TestRequest::post().uri("/things")
}

#[actix_web::test]
async fn a_caller_without_a_token_learns_only_the_scheme() {
    let reply = send(bare().set_payload("{")).await;
    assert_eq!((reply.status, reply.code().as_str()), (401, "auth.token_missing"));
    assert_eq!(reply.header("www-authenticate"), "Bearer realm=\"soid\"");
}

#[actix_web::test]
async fn a_bad_token_is_named_as_rfc_6750_asks() {
    let expired = send(bare().insert_header(("Authorization", "Bearer expired"))).await;
    assert_eq!(expired.code(), "auth.token_expired");
    assert!(expired.header("www-authenticate").contains("error=\"invalid_token\""));
    for header in ["Basic abc", "Bearer", "Bearer ", "Bearer a b", "Bearer żółć"] {
        let reply = send(bare().insert_header(("Authorization", header))).await;
        assert_eq!((reply.status, reply.code().as_str()), (401, "auth.token_malformed"), "{header}");
    }
    let twice =
        bare().append_header(("Authorization", "Bearer a")).append_header(("Authorization", "Bearer b"));
    assert_eq!(send(twice).await.status, 401);
    let away = send(bare().insert_header(("Authorization", "Bearer keys-away"))).await;
    assert_eq!((away.status, away.header("retry-after")), (503, "3"));
    assert_eq!(away.code(), "auth.keys_unavailable");
}

#[actix_web::test]
async fn checks_come_in_their_order() {
    let authorised = || bare().insert_header(("Authorization", "Bearer clinic-1"));
    let typed = || authorised().insert_header(("Content-Type", "application/json; charset=UTF-8"));
    let keyed = || typed().insert_header(("Idempotency-Key", KEY));
    let steps = [
        (authorised().set_payload("{"), 415, "request.media_type"),
        (typed().set_payload(" ".repeat(64 * 1024 + 1)), 413, "request.too_large"),
        (typed().set_payload("{"), 400, "request.not_json"),
        (typed().set_payload(GOOD), 400, "request.idempotency_key_missing"),
        (
            typed().insert_header(("Idempotency-Key", "short")).set_payload(GOOD),
            400,
            "request.idempotency_key",
        ),
        (keyed().insert_header(("If-Match", "W/\"1\"")).set_payload(GOOD), 400, "request.if_match"),
        (keyed().set_payload("{}"), 400, "request.missing_member"),
        (keyed().set_payload(r#"{"tradeName": "!"}"#), 422, "thing.name"),
    ];
    for (request, status, code) in steps {
        let reply = send(request).await;
        assert_eq!((reply.status, reply.code().as_str()), (status, code));
    }
    let made = send(keyed().set_payload(GOOD)).await;
    assert_eq!((made.status, made.header("etag"), made.header("location")), (201, "\"1\"", "/things/1"));
    assert_eq!(made.header("cache-control"), "no-store");
}

#[actix_web::test]
async fn a_limit_comes_before_the_body_and_counts_clients_apart() {
    let judge = |client: &str, body: &str| {
        post("/things/validations", body).insert_header(("Authorization", format!("Bearer {client}")))
    };
    let replies = send_all(vec![judge("a", GOOD), judge("a", GOOD), judge("a", "{"), judge("b", GOOD)]).await;
    assert_eq!(replies.iter().map(|it| it.status).collect::<Vec<_>>(), [200, 200, 429, 200]);
    let limited = replies.get(2).unwrap();
    assert_eq!(limited.code(), "limit.too_many_requests");
    assert!(limited.header("retry-after").parse::<u32>().unwrap() >= 1);
}

#[actix_web::test]
async fn an_open_operation_needs_no_token_and_counts_addresses() {
    let check = |peer: &str| {
        let typed =
            TestRequest::post().uri("/things/checks").insert_header(("Content-Type", "application/json"));
        typed.peer_addr(peer.parse().unwrap()).set_payload(GOOD)
    };
    let calls = vec![check("192.0.2.1:1"), check("192.0.2.1:2"), check("192.0.2.1:3"), check("192.0.2.2:1")];
    let replies = send_all(calls).await;
    assert_eq!(replies.iter().map(|it| it.status).collect::<Vec<_>>(), [200, 200, 429, 200]);
}

#[actix_web::test]
async fn a_transition_asks_for_its_precondition_after_knowing_the_document() {
    let close = |id: &str| post(&format!("/things/{id}/closing"), GOOD);
    for (request, status, code) in [
        (close("unknown"), 404, "request.not_found"),
        (close("1"), 428, "request.if_match_missing"),
        (close("1").insert_header(("If-Match", "\"9\"")), 412, "request.stale"),
    ] {
        let reply = send(request).await;
        assert_eq!((reply.status, reply.code().as_str()), (status, code));
    }
    let closed = send(close("1").insert_header(("If-Match", "\"1\""))).await;
    assert_eq!((closed.status, closed.header("idempotency-replayed")), (200, "true"));
}

#[actix_web::test]
async fn of_mixed_faults_the_earliest_kind_decides() {
    let mixed = send(post("/things/mixed/closing", GOOD)).await;
    assert_eq!((mixed.status, mixed.code().as_str()), (409, "thing.closed"));
    assert_eq!(mixed.faults().len(), 2);
    let problem = mixed.json();
    assert_eq!(problem["currentState"], "CLOSED");
    assert_eq!(problem["allowedActions"][0], "reopen");
    assert_eq!(problem["existing"]["href"], "/things/2");
    let denied = send(post("/things/denied/closing", GOOD)).await;
    assert_eq!(denied.status, 403);
    assert_eq!(denied.faults(), [(String::new(), "thing.role".to_owned())]);
}

#[actix_web::test]
async fn nothing_of_the_inside_leaves() {
    let broken = send(post("/things/broken/closing", GOOD)).await;
    assert_eq!((broken.status, broken.code().as_str()), (500, "server.bug"));
    let panicked = send(get("/panics")).await;
    assert_eq!((panicked.status, panicked.code().as_str()), (500, "server.bug"));
    let lacking = send(get("/misconfigured")).await;
    assert_eq!((lacking.status, lacking.code().as_str()), (500, "server.bug"));
    for reply in [broken, panicked, lacking] {
        assert!(!reply.text.contains("secret") && !reply.text.contains("data"), "{}", reply.text);
    }
    let busy = send(post("/things/busy/closing", GOOD)).await;
    assert_eq!((busy.status, busy.header("retry-after")), (503, "7"));
    assert_eq!(busy.code(), "server.busy");
}

#[actix_web::test]
async fn a_put_takes_a_key_but_does_not_need_one() {
    let put = |key: Option<&str>| {
        let request = TestRequest::put().uri("/things/1").insert_header(("Content-Type", "application/json"));
        let request = request.insert_header(("Authorization", "Bearer clinic-1")).set_payload(GOOD);
        match key {
            Some(key) => request.insert_header(("Idempotency-Key", key)),
            None => request,
        }
    };
    assert_eq!(send(put(None)).await.json()["keyed"], false);
    assert_eq!(send(put(Some(KEY))).await.json()["keyed"], true);
}
