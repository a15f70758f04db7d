//! Requests as one caller makes them.

use crate::logs;
use crate::response::Response;
use crate::service::TestApp;
use crate::tokens::{Token, serial};
use reqwest::Method;
use reqwest::header::{ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, IF_MATCH, IF_NONE_MATCH};
use serde_json::{Value, json};

pub const DEMANDS: &str = "/api/v1/medicine-demands";
pub const FOOD_DEMANDS: &str = "/api/v1/food-demands";

/// Somebody who is logged in, or nobody.
#[derive(Clone)]
pub struct Session {
    app: TestApp,
    token: Option<Token>,
}

impl Session {
    pub(crate) fn new(app: TestApp, token: Token) -> Self {
        Self { app, token: Some(token) }
    }

    pub(crate) fn anonymous(app: TestApp) -> Self {
        Self { app, token: None }
    }

    /// The same person through other software.
    #[must_use]
    pub fn through(&self, client: &str) -> Self {
        let token = self.token.clone().map(|token| token.with("client_id", json!(client)));
        Self { app: self.app.clone(), token }
    }

    pub fn request(&self, method: Method, path: &str) -> Request {
        let asked = format!("{method} {path}");
        let builder = self.app.client().request(method, self.app.url(path));
        let request = Request { asked, builder, key: None, body: None };
        match &self.token {
            Some(token) => request.header(AUTHORIZATION.as_str(), &format!("Bearer {}", token.signed())),
            None => request,
        }
    }

    pub async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, path).send().await
    }

    /// A GET that knows a representation already.
    pub async fn get_unless(&self, path: &str, etag: &str) -> Response {
        self.request(Method::GET, path).header(IF_NONE_MATCH.as_str(), etag).send().await
    }

    /// A POST that changes something, under a key of its own.
    pub fn post(&self, path: &str, body: &Value) -> Request {
        self.request(Method::POST, path).json(body).fresh_key()
    }

    /// A POST that only looks.
    pub async fn look(&self, path: &str, body: &Value) -> Response {
        self.request(Method::POST, path).json(body).send().await
    }

    pub fn put(&self, path: &str, body: &Value) -> Request {
        self.request(Method::PUT, path).json(body).fresh_key()
    }

    /// Opens a draft of a demand for what the content asks for.
    pub async fn create(&self, content: &Value) -> Response {
        let of_food = content.pointer("/product/composition").is_some();
        let collection = if of_food { FOOD_DEMANDS } else { DEMANDS };
        self.post(collection, &json!({ "content": content })).send().await
    }

    pub async fn find(&self, id: &str) -> Response {
        self.get(&format!("{DEMANDS}/{id}")).await
    }
}

/// One request, not sent yet.
#[must_use]
pub struct Request {
    asked: String,
    builder: reqwest::RequestBuilder,
    key: Option<String>,
    body: Option<Value>,
}

impl Request {
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.builder = self.builder.header(name, value);
        self
    }

    pub fn json(mut self, body: &Value) -> Self {
        logs::seeded_in(body);
        self.body = Some(body.clone());
        self
    }

    /// Bytes as they are, of whatever type.
    pub fn bytes(mut self, media_type: &str, body: Vec<u8>) -> Self {
        self.body = None;
        self.builder = self.builder.header(CONTENT_TYPE, media_type).body(body);
        self
    }

    fn fresh_key(self) -> Self {
        let key = format!("test-key-{}-{:08}", std::process::id(), serial());
        self.key(&key)
    }

    pub fn key(mut self, key: &str) -> Self {
        self.key = Some(key.to_owned());
        self
    }

    pub fn without_key(mut self) -> Self {
        self.key = None;
        self
    }

    pub fn if_match(self, revision: i64) -> Self {
        self.header(IF_MATCH.as_str(), &format!("\"{revision}\""))
    }

    pub fn in_language(self, language: &str) -> Self {
        self.header(ACCEPT_LANGUAGE.as_str(), language)
    }

    pub async fn send(self) -> Response {
        let mut request = self.builder;
        if let Some(key) = &self.key {
            request = request.header("Idempotency-Key", key);
        }
        if let Some(body) = &self.body {
            request = request.header(CONTENT_TYPE, "application/json").body(body.to_string());
        }
        let answer = request.send().await.unwrap_or_else(|fault| panic!("{}: {fault}", self.asked));
        Response::of(self.asked, answer).await
    }
}
