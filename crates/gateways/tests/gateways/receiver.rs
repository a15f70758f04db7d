//! An HTTP server that answers as it is told, counts, and can be slow, endless or a redirect.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

#[derive(Clone)]
pub(crate) struct Reply {
    status: &'static str,
    header: String,
    body: Vec<u8>,
    delay: Duration,
}

impl Reply {
    pub(crate) fn ok(body: impl Into<Vec<u8>>) -> Self {
        Self { status: "200 OK", header: String::new(), body: body.into(), delay: Duration::ZERO }
    }

    pub(crate) fn broken() -> Self {
        Self { status: "500 Internal Server Error", ..Self::ok("broken") }
    }

    pub(crate) fn away() -> Self {
        Self { status: "503 Service Unavailable", ..Self::ok("") }
    }

    pub(crate) fn refusal() -> Self {
        Self { status: "400 Bad Request", ..Self::ok("") }
    }

    pub(crate) fn redirect(to: &str) -> Self {
        Self { status: "302 Found", header: format!("Location: {to}\r\n"), ..Self::ok("") }
    }

    pub(crate) fn after(self, delay: Duration) -> Self {
        Self { delay, ..self }
    }
}

pub(crate) struct Receiver {
    address: SocketAddr,
    reply: Arc<Mutex<Reply>>,
    asked: Arc<AtomicUsize>,
}

impl Receiver {
    pub(crate) async fn start(reply: Reply) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let receiver = Self {
            address: listener.local_addr().unwrap(),
            reply: Arc::new(Mutex::new(reply)),
            asked: Arc::default(),
        };
        let (reply, asked) = (Arc::clone(&receiver.reply), Arc::clone(&receiver.asked));
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                tokio::spawn(answer(connection, Arc::clone(&reply), Arc::clone(&asked)));
            }
        });
        receiver
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/document", self.address)
    }

    pub(crate) fn host(&self) -> String {
        self.address.to_string()
    }

    pub(crate) fn now_answers(&self, reply: Reply) {
        *self.reply.lock().unwrap() = reply;
    }

    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

/// The head, and as much of a body as it announces.
fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let announced = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    announced.is_none_or(|length| length.parse::<usize>().is_ok_and(|length| body.len() >= length))
}

async fn answer(mut connection: TcpStream, reply: Arc<Mutex<Reply>>, asked: Arc<AtomicUsize>) {
    let mut request = Vec::new();
    while !is_whole(&request) {
        if connection.read_buf(&mut request).await.unwrap_or(0) == 0 {
            return;
        }
    }
    asked.fetch_add(1, Ordering::SeqCst);
    let Reply { status, header, body, delay } = reply.lock().unwrap().clone();
    tokio::time::sleep(delay).await;
    let head = format!("HTTP/1.1 {status}\r\n{header}Connection: close\r\n\r\n");
    // A client that refuses the answer hangs up early; that is its right.
    if connection.write_all(head.as_bytes()).await.is_ok() && connection.write_all(&body).await.is_ok() {
        connection.shutdown().await.ok();
    }
}
