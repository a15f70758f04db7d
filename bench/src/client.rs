//! One HTTP/1.1 connection that carries one call after the other.

use crate::Outcome;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{HOST, HeaderMap, HeaderName};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Far beyond anything that a service answers in; a call that takes longer ends the run.
const LONGEST_CALL: Duration = Duration::from_secs(30);

/// What is asked.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) headers: Vec<(HeaderName, String)>,
    pub(crate) body: Bytes,
}

impl Call {
    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self { method: Method::GET, path: path.into(), headers: Vec::new(), body: Bytes::new() }
    }

    pub(crate) fn post(path: impl Into<String>, body: impl Into<Bytes>) -> Self {
        let call = Self { method: Method::POST, path: path.into(), headers: Vec::new(), body: body.into() };
        call.with(hyper::header::CONTENT_TYPE, "application/json")
    }

    pub(crate) fn with(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// What is answered.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Reply {
    pub(crate) fn json(&self) -> Outcome<Value> {
        Ok(serde_json::from_slice(&self.body)?)
    }

    pub(crate) fn header(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

pub(crate) struct Connection {
    sender: SendRequest<Full<Bytes>>,
    host: String,
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> Outcome<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        // Ends with the sender; a fault on the way shows up in the call that met it.
        tokio::spawn(connection);
        Ok(Self { sender, host: address.to_string() })
    }

    /// The answer, whatever its status.
    pub(crate) async fn send(&mut self, call: Call) -> Outcome<Reply> {
        timeout(LONGEST_CALL, self.exchange(call)).await?
    }

    /// The answer, if it says that all went well. Only status and code are told of another one.
    pub(crate) async fn ask(&mut self, call: Call) -> Outcome<Reply> {
        let asked = format!("{} {}", call.method, call.path);
        let reply = self.send(call).await?;
        if reply.status.is_success() {
            return Ok(reply);
        }
        let told = reply.json().unwrap_or_default();
        let codes = told.get("errors").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let faults: Vec<String> = codes
            .iter()
            .map(|fault| format!("{} {}", text(fault, "/code"), text(fault, "/pointer")))
            .collect();
        Err(format!("{asked}: {} {} {}", reply.status, text(&told, "/code"), faults.join(", ")).into())
    }

    async fn exchange(&mut self, call: Call) -> Outcome<Reply> {
        let mut request = Request::builder().method(call.method).uri(call.path).header(HOST, &self.host);
        for (name, value) in call.headers {
            request = request.header(name, value);
        }
        self.sender.ready().await?;
        let response = self.sender.send_request(request.body(Full::new(call.body))?).await?;
        let (head, body) = response.into_parts();
        Ok(Reply { status: head.status, headers: head.headers, body: body.collect().await?.to_bytes() })
    }
}

/// The text at this JSON pointer (RFC 6901), or nothing.
pub(crate) fn text<'v>(value: &'v Value, pointer: &str) -> &'v str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}
