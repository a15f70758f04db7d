//! The HTTP API as a client uses it: tokens, idempotency keys, preconditions, signatures.

use super::DemoFault;
use crate::personas::{Persona, default_space};
use app::clock::Clock;
use app::entropy::Entropy;
use domain::ids::SpaceId;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use server::clock::SystemClock;
use std::time::Duration;

/// A client that acts in one space.
pub(super) struct Api {
    client: Client,
    base: String,
    space: SpaceId,
}

/// An answer with its revision, if it has one.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) etag: Option<String>,
    pub(super) body: Value,
}

impl Answer {
    /// The text at the pointer; empty when there is none.
    pub(super) fn text(&self, pointer: &str) -> String {
        text(&self.body, pointer)
    }
}

/// The text at the pointer; empty when there is none.
pub(super) fn text(body: &Value, pointer: &str) -> String {
    match body.pointer(pointer) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    }
}

impl Api {
    /// Makes a space, so that the demo meets nobody else's documents.
    pub(super) async fn in_a_new_space(base: &str) -> Result<Self, DemoFault> {
        let client = Client::builder()
            .no_proxy()
            .connect_timeout(Duration::from_secs(5))
            .timeout(Duration::from_secs(30))
            .build()?;
        let mut api = Self { client, base: base.trim_end_matches('/').to_owned(), space: default_space() };
        let made = api.look("sandbox/spaces", "nobody", None, &json!({ "name": "demo" })).await?;
        if let Some(space) = SpaceId::parse(&made.text("/space")) {
            api.space = space;
        }
        Ok(api)
    }

    pub(super) fn space(&self) -> &SpaceId {
        &self.space
    }

    /// Whatever the answer, for those that have to be refused.
    pub(super) async fn try_get(&self, path: &str, who: Option<&Persona>) -> Result<Answer, DemoFault> {
        self.send(self.request(Method::GET, path, who).await?).await
    }

    pub(super) async fn get(&self, path: &str, who: Option<&Persona>) -> Result<Answer, DemoFault> {
        accepted(path, actor(who), self.try_get(path, who).await?)
    }

    /// A POST that only looks.
    pub(super) async fn look(
        &self,
        path: &str,
        actor: &str,
        who: Option<&Persona>,
        body: &Value,
    ) -> Result<Answer, DemoFault> {
        let request = self.request(Method::POST, path, who).await?.json(body);
        accepted(path, actor, self.send(request).await?)
    }

    /// A POST that changes something.
    pub(super) async fn write(
        &self,
        path: &str,
        who: &Persona,
        etag: Option<&str>,
        body: &Value,
    ) -> Result<Answer, DemoFault> {
        let key = Entropy.id(SystemClock.real_now()).to_string();
        let mut request = self.request(Method::POST, path, Some(who)).await?.header("Idempotency-Key", key);
        if let Some(etag) = etag {
            request = request.header("If-Match", etag);
        }
        accepted(path, who.key(), self.send(request.json(body)).await?)
    }

    /// A PDF file for these parties of the case.
    pub(super) async fn upload(
        &self,
        path: &str,
        who: &Persona,
        (recipients, title): (&str, &str),
        file: &'static [u8],
    ) -> Result<Answer, DemoFault> {
        let path = format!("{path}?recipients={recipients}");
        let request = self.file(&path, who, file).await?.header("Attachment-Title", title);
        accepted(&path, who.key(), self.send(request).await?)
    }

    /// A PDF file that is part of the document itself.
    pub(super) async fn send_file(
        &self,
        path: &str,
        who: &Persona,
        file: &'static [u8],
    ) -> Result<Answer, DemoFault> {
        accepted(path, who.key(), self.send(self.file(path, who, file).await?).await?)
    }

    async fn file(
        &self,
        path: &str,
        who: &Persona,
        file: &'static [u8],
    ) -> Result<RequestBuilder, DemoFault> {
        let key = Entropy.id(SystemClock.real_now()).to_string();
        let request = self.request(Method::POST, path, Some(who)).await?.header("Idempotency-Key", key);
        Ok(request.header("Content-Type", "application/pdf").body(file))
    }

    /// A PUT.
    pub(super) async fn replace(
        &self,
        path: &str,
        who: &Persona,
        etag: &str,
        body: &Value,
    ) -> Result<Answer, DemoFault> {
        let request = self.request(Method::PUT, path, Some(who)).await?.header("If-Match", etag);
        let request = request.header("Idempotency-Key", Entropy.id(SystemClock.real_now()).to_string());
        accepted(path, who.key(), self.send(request.json(body)).await?)
    }

    /// Asks for the bytes of a step, signs them as the persona, and gives the signature.
    pub(super) async fn signature(&self, step: &str, who: &Persona, own: &Value) -> Result<Value, DemoFault> {
        let document = self.look(&format!("{step}/document"), who.key(), Some(who), own).await?;
        let asked = json!({ "persona": who.key(), "payload": document.text("/payload") });
        Ok(self.look("sandbox/signatures", who.key(), None, &asked).await?.body)
    }

    async fn request(
        &self,
        method: Method,
        path: &str,
        who: Option<&Persona>,
    ) -> Result<RequestBuilder, DemoFault> {
        let address = match path.strip_prefix('/') {
            Some(rest) => format!("{}/{rest}", self.base),
            None => format!("{}/api/v1/{path}", self.base),
        };
        let request = self.client.request(method, address).header("Accept-Language", "en");
        Ok(match who {
            Some(persona) => request.bearer_auth(self.token(persona).await?),
            None => request,
        })
    }

    async fn token(&self, persona: &Persona) -> Result<String, DemoFault> {
        let asked = json!({ "persona": persona.key(), "space": self.space });
        let request = self.client.post(format!("{}/api/v1/sandbox/tokens", self.base)).json(&asked);
        let answer = accepted("sandbox/tokens", persona.key(), self.send(request).await?)?;
        Ok(answer.text("/accessToken"))
    }

    async fn send(&self, request: RequestBuilder) -> Result<Answer, DemoFault> {
        let response = request.send().await?;
        let etag = response.headers().get("etag").and_then(|etag| etag.to_str().ok()).map(str::to_owned);
        let status = response.status().as_u16();
        let body = serde_json::from_slice(&response.bytes().await?).unwrap_or(Value::Null);
        Ok(Answer { status, etag, body })
    }
}

fn actor(who: Option<&Persona>) -> &str {
    who.map_or("anyone", |persona| persona.key())
}

fn accepted(step: &str, actor: &str, answer: Answer) -> Result<Answer, DemoFault> {
    if (200..300).contains(&answer.status) {
        return Ok(answer);
    }
    Err(DemoFault::Refused {
        step: step.to_owned(),
        actor: actor.to_owned(),
        status: answer.status,
        problem: format!("{:#}", answer.body),
    })
}
