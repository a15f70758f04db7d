//! Starting, answering and ending.

use crate::database::Database;
use crate::installation::{Installation, answer, connect, get, text};
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

const GRACE: Duration = Duration::from_secs(15);

/// Sends the head of a request and the first part of its body. The service says that it reads the body (RFC 9110
/// §10.1.1), so that from here on the request is in flight.
fn half_sent(address: SocketAddr, first: &str, length: usize) -> TcpStream {
    let mut stream = connect(address);
    let head = format!(
        "POST /api/v1/public/decision-verifications HTTP/1.1\r\nHost: soid\r\nContent-Type: application/json\r\n\
         Expect: 100-continue\r\nContent-Length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut interim = [0; "HTTP/1.1 100 Continue\r\n\r\n".len()];
    stream.read_exact(&mut interim).unwrap();
    assert_eq!(text(&interim), "HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(first.as_bytes()).unwrap();
    stream
}

fn accepts_no_more(address: SocketAddr) {
    let since = Instant::now();
    while TcpStream::connect(address).is_ok() {
        assert!(since.elapsed() < GRACE, "it still accepts");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn it_starts_on_an_empty_database_answers_and_ends() {
    for database in Database::each() {
        let serving = Installation::on(&database).serve();
        let (status, body) = get(serving.address, "/health/live", "");
        assert_eq!((status, body.contains("UP")), (200, true), "{body}");
        let (status, contract) = get(serving.address, "/openapi.json", "");
        assert_eq!((status, contract.as_str()), (200, http::openapi_json().as_str()));
        serving.signal("TERM");
        let (status, log) = serving.end(GRACE);
        assert_eq!(status.code(), Some(0), "{log}");
        assert!(log.contains(r#""message":"stopped""#), "{log}");
    }
}

#[test]
fn an_interrupt_ends_it_too() {
    let database = Database::sqlite();
    let serving = Installation::on(&database).serve();
    serving.signal("INT");
    assert_eq!(serving.end(GRACE).0.code(), Some(0));
}

#[test]
fn readiness_names_what_is_missing() {
    let database = Database::sqlite();
    let serving = Installation::on(&database).serve();
    let (status, body) = get(serving.address, "/health/ready", "");
    assert_eq!(status, 503, "the issuer's keys cannot be had here: {body}");
    let report: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(
        report["dependencies"][0],
        serde_json::json!({"name": "database", "status": "UP", "required": true})
    );
    let issuers = serde_json::json!({"name": "token-issuers", "status": "DOWN", "required": true});
    assert_eq!(report["dependencies"][1], issuers);
}

#[test]
fn a_request_in_flight_is_answered_after_sigterm() {
    for database in Database::each() {
        let serving = Installation::on(&database).serve();
        let body = r#"{"token":"e30.e30.e30"}"#;
        let (first, rest) = body.split_at(10);
        let mut stream = half_sent(serving.address, first, body.len());
        serving.signal("TERM");
        accepts_no_more(serving.address);
        stream.write_all(rest.as_bytes()).unwrap();
        let (status, body) = answer(&mut stream);
        assert_eq!((status, body.contains("signature.decision_token")), (422, true), "{body}");
        let (status, log) = serving.end(GRACE);
        assert_eq!(status.code(), Some(0), "{log}");
    }
}

#[test]
fn an_idle_connection_does_not_hold_it_up() {
    let database = Database::sqlite();
    let serving = Installation::on(&database).serve();
    let mut stream = connect(serving.address);
    stream.write_all(b"GET /health/live HTTP/1.1\r\nHost: soid\r\n\r\n").unwrap();
    std::thread::sleep(Duration::from_millis(300));
    serving.signal("TERM");
    assert_eq!(serving.end(Duration::from_secs(5)).0.code(), Some(0));
}

#[test]
fn a_request_that_never_ends_is_left_after_the_grace() {
    let database = Database::sqlite();
    let mut installation = Installation::on(&database);
    installation.set("SOID_DRAIN_SECONDS", "1");
    let serving = installation.serve();
    let _stream = half_sent(serving.address, "{", 100);
    serving.signal("TERM");
    let (status, log) = serving.end(Duration::from_secs(8));
    assert_eq!(status.code(), Some(0), "{log}");
    assert!(log.contains("requests were still running"), "{log}");
}

#[test]
fn a_schema_that_is_behind_stops_a_start_that_may_not_migrate() {
    let database = Database::sqlite();
    let mut installation = Installation::on(&database);
    installation.set("SOID_MIGRATE_ON_START", "false");
    let output = installation.run(&["serve"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("run soid migrate"), "{output:?}");
    installation.done(&["migrate"]);
    let serving = installation.serve();
    serving.signal("TERM");
    assert_eq!(serving.end(GRACE).0.code(), Some(0));
}

#[test]
fn an_address_that_is_taken_is_told() {
    let database = Database::sqlite();
    let mut installation = Installation::on(&database);
    let serving = installation.serve();
    let address = serving.address.to_string();
    installation.set("SOID_LISTEN", &address);
    let output = installation.run(&["serve"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains(&format!("cannot listen on {address}")), "{output:?}");
}
