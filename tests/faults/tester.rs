//! A clinic's software that speaks to the service over the network, and nothing else.

use crate::patients;
use crate::process::Service;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, ETAG, HeaderMap, IF_MATCH, RETRY_AFTER};
use reqwest::{Client, Method};
use sandbox::personas::{self, Persona};
use sandbox::scenarios;
use serde_json::{Value, json};
use std::time::Duration;

pub(crate) const DEMANDS: &str = "/api/v1/medicine-demands";
/// Longer than any answer takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);
const PHYSICIAN: &str = "clinic-physician";
const SCENARIO: &str = "tiopronin-cystinuria";

/// The physician's software of one running service; clones share its connections.
#[derive(Clone)]
pub(crate) struct Tester {
    client: Client,
    url: String,
    token: String,
}

/// A whole answer.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// A submission that is ready to be sent, as often as needed.
#[derive(Clone, Debug)]
pub(crate) struct Submission {
    pub(crate) id: String,
    pub(crate) revision: String,
    pub(crate) key: String,
    pub(crate) body: Value,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    pub(crate) fn etag(&self) -> Option<&str> {
        self.header(ETAG.as_str())
    }

    pub(crate) fn is_replayed(&self) -> bool {
        self.header("idempotency-replayed") == Some("true")
    }

    /// Whether it says when to come back.
    pub(crate) fn has_retry_after(&self) -> bool {
        self.header(RETRY_AFTER.as_str()).is_some_and(|seconds| seconds.parse::<u32>().is_ok())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    pub(crate) fn text(&self) -> String {
        format!("{} {}", self.status, String::from_utf8_lossy(&self.body))
    }
}

impl Tester {
    /// Logs the physician in. A token lives for five minutes, so every burst takes its own.
    pub(crate) async fn of(service: &Service) -> Self {
        Self::of_persona(service, PHYSICIAN).await
    }

    /// The same for somebody else of the sandbox.
    pub(crate) async fn of_persona(service: &Service, persona: &str) -> Self {
        let client = Client::builder()
            .no_proxy()
            .tls_certs_only([])
            .timeout(PATIENCE)
            .pool_max_idle_per_host(64)
            .build()
            .expect("a client");
        let mut tester = Self { client, url: service.url().to_owned(), token: String::new() };
        let asked = json!({ "persona": persona });
        let token = tester.post("/api/v1/sandbox/tokens", &asked, &[]).await.expect("a token");
        let token = token.json()["accessToken"].as_str().expect("a token").to_owned();
        tester.token = token;
        tester
    }

    /// An error means that no whole answer came.
    pub(crate) async fn get(&self, path: &str) -> Result<Answer, reqwest::Error> {
        self.send(self.client.request(Method::GET, format!("{}{path}", self.url))).await
    }

    pub(crate) async fn post(
        &self,
        path: &str,
        body: &Value,
        headers: &[(&str, &str)],
    ) -> Result<Answer, reqwest::Error> {
        let request = self.client.request(Method::POST, format!("{}{path}", self.url));
        let request = request.header(CONTENT_TYPE, "application/json").body(body.to_string());
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        self.send(request).await
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Result<Answer, reqwest::Error> {
        let request = if self.token.is_empty() {
            request
        } else {
            request.header(AUTHORIZATION, format!("Bearer {}", self.token))
        };
        let answer = request.send().await?;
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        Ok(Answer { status, headers, body: answer.bytes().await?.to_vec() })
    }

    /// Opens a draft for a patient of its own.
    pub(crate) async fn create(&self, serial: usize) -> Answer {
        let mut content = content();
        content["patients"] = patients::named(serial);
        let key = format!("faults-create-{serial:08}");
        let headers = [("Idempotency-Key", key.as_str())];
        let made = self.post(DEMANDS, &json!({ "content": content }), &headers).await.expect("an answer");
        assert_eq!(made.status, 201, "{}", made.text());
        made
    }

    /// Opens a draft and signs it, without sending the submission.
    pub(crate) async fn prepare(&self, serial: usize) -> Submission {
        let made = self.create(serial).await;
        let id = made.json()["id"].as_str().expect("an id").to_owned();
        let (consultant, field) = consultant();
        let mut body = json!({ "consultantId": consultant.person_id, "field": field });
        let path = format!("{DEMANDS}/{id}/submission/document");
        let document = self.post(&path, &body, &[]).await.expect("an answer");
        assert_eq!(document.status, 200, "{}", document.text());
        let asked = json!({ "persona": PHYSICIAN, "payload": document.json()["payload"] });
        let signature = self.post("/api/v1/sandbox/signatures", &asked, &[]).await.expect("an answer");
        assert_eq!(signature.status, 200, "{}", signature.text());
        body["signature"] = signature.json();
        let revision = made.etag().expect("an ETag").to_owned();
        Submission { id, revision, key: format!("faults-submit-{serial:08}"), body }
    }

    /// Sends it; the very same request at every call.
    pub(crate) async fn submit(&self, submission: &Submission) -> Result<Answer, reqwest::Error> {
        let path = format!("{DEMANDS}/{}/submission", submission.id);
        let headers =
            [("Idempotency-Key", submission.key.as_str()), (IF_MATCH.as_str(), submission.revision.as_str())];
        self.post(&path, &submission.body, &headers).await
    }

    pub(crate) async fn find(&self, id: &str) -> Result<Answer, reqwest::Error> {
        self.get(&format!("{DEMANDS}/{id}")).await
    }
}

/// A real case, issued by the physician; its patient is replaced in every body.
fn content() -> Value {
    let scenario = scenarios::find(SCENARIO).expect("scenarios").expect(SCENARIO);
    let space = personas::default_space();
    let physician = personas::find(&space, PHYSICIAN).expect(PHYSICIAN);
    scenarios::content(&scenario, &space, &physician)
}

/// Who is asked, and in which field.
fn consultant() -> (Persona, String) {
    let scenario = scenarios::find(SCENARIO).expect("scenarios").expect(SCENARIO);
    let found = personas::consultant_in(&personas::default_space(), &scenario.field_of_medicine);
    (found.expect("a consultant"), scenario.field_of_medicine.clone())
}
