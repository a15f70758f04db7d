//! What only a real socket shows: bodies that never come, answers to HEAD.

use crate::fixture::{KEY, edge, more};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// Runs the application on a free port for as long as `talk` takes.
async fn with_server<R: Send + 'static>(talk: impl FnOnce(SocketAddr) -> R + Send + 'static) -> R {
    let edge = edge(true);
    let server =
        actix_web::HttpServer::new(move || http::application(&edge, more)).workers(1).disable_signals();
    let server = server.bind(("127.0.0.1", 0)).unwrap();
    let address = server.addrs().first().copied().unwrap();
    let running = server.run();
    let handle = running.handle();
    let running = actix_web::rt::spawn(running);
    let result = tokio::task::spawn_blocking(move || talk(address)).await.unwrap();
    handle.stop(false).await;
    running.await.unwrap().unwrap();
    result
}

/// Sends the text and reads until the server closes the connection.
fn exchange(address: SocketAddr, text: &str) -> (String, Duration) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let started = Instant::now();
    stream.write_all(text.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    (String::from_utf8_lossy(&answer).into_owned(), started.elapsed())
}

fn head(line: &str, rest: &str) -> String {
    format!(
        "{line} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer clinic-1\r\nIdempotency-Key: {KEY}\r\n\
         Content-Type: application/json\r\n{rest}\r\n"
    )
}

#[actix_web::test]
async fn a_body_that_never_comes_ends_with_408() {
    let request = head("POST /things", "Content-Length: 10\r\n") + "{\"tr";
    let (answer, took) = with_server(move |address| exchange(address, &request)).await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(
        answer.contains("request.body_timeout") && answer.contains("application/problem+json"),
        "{answer}"
    );
    assert!(answer.to_lowercase().contains("connection: close"), "{answer}");
    assert!(took < Duration::from_secs(5), "{took:?}");
}

#[actix_web::test]
async fn a_body_that_trickles_ends_with_408() {
    let request = head("POST /things", "Content-Length: 1000\r\n");
    let answer = with_server(move |address| {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        for _ in 0..8 {
            std::thread::sleep(Duration::from_millis(60));
            if stream.write_all(b" ").is_err() {
                break;
            }
        }
        let mut answer = vec![0; 12];
        stream.read_exact(&mut answer).unwrap();
        String::from_utf8(answer).unwrap()
    })
    .await;
    assert_eq!(answer, "HTTP/1.1 408");
}

#[actix_web::test]
async fn an_endless_chunked_body_ends_with_413() {
    let chunk = format!("{:x}\r\n{}\r\n", 40_000, " ".repeat(40_000));
    let request = head("POST /things", "Transfer-Encoding: chunked\r\n") + &chunk + &chunk;
    let answer = with_server(move |address| {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = vec![0; 12];
        stream.read_exact(&mut answer).unwrap();
        String::from_utf8(answer).unwrap()
    })
    .await;
    assert_eq!(answer, "HTTP/1.1 413");
}

#[actix_web::test]
async fn a_body_in_broken_chunks_ends_with_400() {
    let request = head("POST /things", "Transfer-Encoding: chunked\r\n") + "2\r\n{}\r\nzz\r\n";
    let (answer, _) = with_server(move |address| exchange(address, &request)).await;
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    assert!(answer.contains("request.unreadable"), "{answer}");
    assert!(answer.to_lowercase().contains("connection: close"), "{answer}");
}

#[actix_web::test]
async fn a_panic_leaves_the_connection_usable() {
    let twice = head("GET /panics", "") + &head("GET /health/live", "Connection: close\r\n");
    let (answer, _) = with_server(move |address| exchange(address, &twice)).await;
    assert!(answer.starts_with("HTTP/1.1 500"), "{answer}");
    assert!(answer.contains("server.bug") && answer.contains("HTTP/1.1 200"), "{answer}");
    assert!(!answer.contains("44051401359"), "{answer}");
}

#[actix_web::test]
async fn head_is_get_without_the_content() {
    let request = head("HEAD /health/live", "Connection: close\r\n");
    let (answer, _) = with_server(move |address| exchange(address, &request)).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.ends_with("\r\n\r\n"), "{answer}");
}
