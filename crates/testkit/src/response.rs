//! An answer as it came, and what every refusal has to look like.

use reqwest::header::{CONTENT_LANGUAGE, CONTENT_TYPE, ETAG, HeaderMap};
use serde_json::Value;

#[derive(Clone, Debug)]
pub struct Response {
    /// The request, for messages of failed tests.
    pub asked: String,
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Response {
    pub(crate) async fn of(asked: String, answer: reqwest::Response) -> Self {
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let body = answer.bytes().await.expect("a whole answer").to_vec();
        Self { asked, status, headers, body }
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    /// The member at this pointer; `null` where there is none.
    #[track_caller]
    pub fn at(&self, pointer: &str) -> Value {
        self.json().pointer(pointer).cloned().unwrap_or_default()
    }

    /// The text at this pointer.
    #[track_caller]
    pub fn text_at(&self, pointer: &str) -> String {
        match self.at(pointer) {
            Value::String(text) => text,
            other => panic!("{}: no text at {pointer} but {other} in {}", self.asked, self.text()),
        }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    #[track_caller]
    pub fn etag(&self) -> String {
        let tag = self.headers.get(ETAG).and_then(|value| value.to_str().ok());
        tag.unwrap_or_else(|| panic!("{}: no ETag", self.asked)).to_owned()
    }

    pub fn is_replayed(&self) -> bool {
        self.header("idempotency-replayed") == Some("true")
    }

    pub fn text(&self) -> String {
        format!("{} → {} {}", self.asked, self.status, String::from_utf8_lossy(&self.body))
    }

    /// The answer, if it has this status.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    /// The answer, if it is a problem of this status and code that is written as every problem is.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Self {
        assert_eq!((self.status, self.code().as_str()), (status, code), "{}", self.text());
        let problem = self.json();
        assert_eq!(
            self.headers.get(CONTENT_TYPE).map(reqwest::header::HeaderValue::as_bytes),
            Some(b"application/problem+json".as_slice()),
            "{}",
            self.text()
        );
        assert!(self.headers.contains_key(CONTENT_LANGUAGE), "{}", self.text());
        assert_eq!(problem["status"], status, "{}", self.text());
        for member in ["type", "title", "detail", "instance", "traceId"] {
            let written = problem[member].as_str().is_some_and(|text| !text.is_empty());
            assert!(written, "no {member} in {}", self.text());
        }
        self
    }

    /// A refusal whose `errors` name this code at this place.
    #[track_caller]
    pub fn refused_at(self, status: u16, code: &str, pointer: &str) -> Self {
        let places = self.faults();
        let named = places.iter().any(|(its, place)| its == code && place == pointer);
        assert!(named && self.status == status, "not {code} at {pointer}: {}", self.text());
        self
    }

    /// The code of a problem; empty for anything else.
    pub fn code(&self) -> String {
        let problem: Value = serde_json::from_slice(&self.body).unwrap_or_default();
        problem["code"].as_str().unwrap_or_default().to_owned()
    }

    /// Codes and pointers of a problem's `errors`.
    #[track_caller]
    pub fn faults(&self) -> Vec<(String, String)> {
        let text = |error: &Value, member: &str| error[member].as_str().unwrap_or_default().to_owned();
        let problem = self.json();
        let errors = problem["errors"].as_array().cloned().unwrap_or_default();
        errors.iter().map(|error| (text(error, "code"), text(error, "pointer"))).collect()
    }
}
