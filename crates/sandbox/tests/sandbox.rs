//! A running sandbox over HTTP: spaces keep apart, a restart forgets nothing, and the demo goes as it should.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test may stop where it fails")]

use reqwest::Client;
use sandbox::{Options, RunningSandbox, personas, scenarios};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A folder of one test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("soid-sandbox-{name}-{}", std::process::id())))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _gone = std::fs::remove_dir_all(&self.0);
    }
}

async fn start(folder: &Path) -> RunningSandbox {
    let options = Options { workers: Some(1), ..Options::new(folder) };
    sandbox::start(options).await.expect("a sandbox")
}

/// What a tester sends.
struct Tester {
    client: Client,
    base: String,
}

impl Tester {
    fn of(running: &RunningSandbox) -> Self {
        let client = Client::builder().no_proxy().timeout(Duration::from_secs(20)).build().expect("a client");
        Self { client, base: format!("{}/api/v1", running.base_url()) }
    }

    async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        let request = self.client.post(format!("{}/{path}", self.base)).json(body);
        let answer = request.send().await.expect("an answer");
        (answer.status().as_u16(), answer.json().await.expect("JSON"))
    }

    async fn space(&self) -> String {
        let (status, made) = self.post("sandbox/spaces", &json!({ "name": "test" })).await;
        assert_eq!(status, 201, "{made}");
        made["space"].as_str().expect("a name").to_owned()
    }

    async fn token(&self, persona: &str, space: &str) -> String {
        let (status, token) =
            self.post("sandbox/tokens", &json!({ "persona": persona, "space": space })).await;
        assert_eq!((status, &token["tokenType"], &token["expiresIn"]), (200, &json!("Bearer"), &json!(300)));
        token["accessToken"].as_str().expect("a token").to_owned()
    }

    async fn draft(&self, token: &str) -> String {
        let scenario = scenarios::find("tiopronin-cystinuria").expect("scenarios").expect("a scenario");
        let space = personas::default_space();
        let physician = personas::find(&space, "clinic-physician").expect("a persona");
        let body = json!({ "content": scenarios::content(&scenario, &space, &physician) });
        let request = self.client.post(format!("{}/medicine-demands", self.base)).bearer_auth(token);
        let request = request.header("Idempotency-Key", "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42").json(&body);
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status().as_u16(), 201);
        answer.json::<Value>().await.expect("JSON")["id"].as_str().expect("an id").to_owned()
    }

    /// Signs a submission with the physician's trusted profile and sends it.
    async fn submit_trusted(&self, id: &str, token: &str) -> Value {
        let consultant =
            personas::find(&personas::default_space(), "consultant-nephrology").expect("a persona");
        let person = consultant.person_id.expect("a person").to_string();
        let field = consultant.spec.consults.first().expect("a field").field;
        let mut body = json!({ "consultantId": person, "field": field });
        let asked = self.client.post(format!("{}/medicine-demands/{id}/submission/document", self.base));
        let document: Value =
            asked.bearer_auth(token).json(&body).send().await.expect("an answer").json().await.expect("JSON");
        let signing =
            json!({ "persona": "clinic-physician", "payload": document["payload"], "kind": "TRUSTED" });
        let (status, signature) = self.post("sandbox/signatures", &signing).await;
        assert_eq!((status, &signature["kind"]), (200, &json!("TRUSTED")));
        body["signature"] = signature;
        let sent =
            self.client.post(format!("{}/medicine-demands/{id}/submission", self.base)).bearer_auth(token);
        let sent =
            sent.header("Idempotency-Key", "a-trusted-submission").header("If-Match", "\"1\"").json(&body);
        let answer = sent.send().await.expect("an answer");
        let (status, view) = (answer.status().as_u16(), answer.json().await.expect("JSON"));
        assert_eq!(status, 202, "{view}");
        view
    }

    async fn seen(&self, id: &str, token: &str) -> Value {
        let request = self.client.get(format!("{}/medicine-demands/{id}", self.base)).bearer_auth(token);
        request.send().await.expect("an answer").json().await.expect("JSON")
    }

    async fn read(&self, id: &str, token: &str) -> u16 {
        let request = self.client.get(format!("{}/medicine-demands/{id}", self.base)).bearer_auth(token);
        request.send().await.expect("an answer").status().as_u16()
    }
}

#[tokio::test]
async fn testers_in_different_spaces_see_nothing_of_each_other() {
    let folder = Folder::new("spaces");
    let running = start(&folder.0).await;
    let tester = Tester::of(&running);
    let (one, other) = (tester.space().await, tester.space().await);
    assert_ne!(one, other);
    let id = tester.draft(&tester.token("clinic-physician", &one).await).await;
    assert_eq!(tester.read(&id, &tester.token("clinic-physician", &one).await).await, 200);
    for space in [other.as_str(), "sandbox"] {
        assert_eq!(tester.read(&id, &tester.token("clinic-physician", space).await).await, 404);
    }
    running.stop().await;
}

#[tokio::test]
async fn a_restart_keeps_keys_spaces_and_documents() {
    let folder = Folder::new("restart");
    let running = start(&folder.0).await;
    let tester = Tester::of(&running);
    let space = tester.space().await;
    let token = tester.token("clinic-physician", &space).await;
    let id = tester.draft(&token).await;
    running.stop().await;
    let running = start(&folder.0).await;
    let tester = Tester::of(&running);
    assert_eq!(tester.read(&id, &token).await, 200, "the token of the first run");
    assert_eq!(tester.read(&id, &tester.token("clinic-physician", &space).await).await, 200);
    running.stop().await;
}

#[tokio::test]
async fn a_space_is_moved_forward_alone_and_stays_there_over_a_restart() {
    let folder = Folder::new("clock");
    let running = start(&folder.0).await;
    let tester = Tester::of(&running);
    let (space, other) = (tester.space().await, tester.space().await);
    let instant = |moved: &Value| -> chrono::DateTime<chrono::Utc> {
        moved["now"].as_str().expect("an instant").parse().expect("an instant")
    };
    let day_of = |space: &str, days: u16| {
        let body = json!({ "space": space, "days": days });
        let tester = &tester;
        async move {
            let (status, moved) = tester.post("sandbox/clock", &body).await;
            assert_eq!((status, &moved["fired"]), (200, &json!(0)), "{moved}");
            moved
        }
    };
    let moved = instant(&day_of(&space, 8).await);
    let ahead = moved - instant(&day_of(&other, 0).await);
    assert!((ahead - chrono::TimeDelta::days(8)).abs() < chrono::TimeDelta::minutes(1), "{ahead}");
    running.stop().await;
    let running = start(&folder.0).await;
    let (_, again) = Tester::of(&running).post("sandbox/clock", &json!({ "space": space, "days": 0 })).await;
    assert!(instant(&again) >= moved, "{again}");
    running.stop().await;
}

#[tokio::test]
async fn a_lone_tester_signs_with_a_trusted_profile() {
    let folder = Folder::new("trusted");
    let running = start(&folder.0).await;
    let tester = Tester::of(&running);
    let token = tester.token("clinic-physician", "sandbox").await;
    let id = tester.draft(&token).await;
    let received = tester.submit_trusted(&id, &token).await;
    assert_eq!(received["pendingStep"]["action"], "submission", "{received}");
    let mut seen = received;
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        seen = tester.seen(&id, &token).await;
        if seen["pendingStep"].is_null() {
            break;
        }
    }
    assert_eq!(seen["state"], "AWAITING_CONSULTANT", "{seen}");
    assert_eq!(seen["examination"]["issue"]["level"], "VALIDATED");
    running.stop().await;
}

#[tokio::test]
async fn what_the_sandbox_does_not_know_is_a_problem() {
    let folder = Folder::new("problems");
    let running = start(&folder.0).await;
    let tester = Tester::of(&running);
    let cases = [
        ("sandbox/tokens", json!({ "persona": "nobody" }), 400, "request.unknown_choice"),
        ("sandbox/tokens", json!({ "persona": "admin", "space": "nowhere" }), 404, "request.not_found"),
        ("sandbox/tokens", json!({ "person": "admin" }), 400, "request.unknown_member"),
        ("sandbox/signatures", json!({ "persona": "admin", "payload": "#" }), 400, "request.shape"),
        ("sandbox/spaces", json!({ "name": "Nie wolno" }), 400, "request.shape"),
        ("sandbox/clock", json!({ "space": "nowhere", "days": 1 }), 404, "request.not_found"),
        ("sandbox/clock", json!({}), 400, "request.missing_member"),
        ("sandbox/clock", json!({ "days": 1, "to": "2100-01-01T00:00:00Z" }), 400, "request.shape"),
        ("sandbox/clock", json!({ "to": "2000-01-01T00:00:00Z" }), 400, "request.shape"),
    ];
    for (path, body, status, code) in cases {
        let (got, problem) = tester.post(path, &body).await;
        assert_eq!((got, problem["code"].as_str()), (status, Some(code)), "{path} {body}");
    }
    running.stop().await;
}

#[tokio::test]
async fn everybody_of_the_list_gets_a_token_that_the_service_takes() {
    let folder = Folder::new("personas");
    let running = start(&folder.0).await;
    let tester = Tester::of(&running);
    for persona in personas::all(&personas::default_space()) {
        let token = tester.token(persona.key(), "sandbox").await;
        let request = tester.client.get(format!("{}/consultants", tester.base)).bearer_auth(token);
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status().as_u16(), 200, "{}", persona.key());
    }
    running.stop().await;
}

#[tokio::test]
async fn the_demo_goes_as_expected_alone_and_beside_a_running_sandbox() {
    let mut told = Vec::new();
    sandbox::demo::run(None, &mut told).await.expect("the demo");
    let told = String::from_utf8(told).expect("text");
    assert!(told.contains("IN_FACILITY") && told.contains("OUTSIDE_FACILITY"), "{told}");
    for end in
        ["RETURNED", "NOT_SUBMITTED", "NOT_REALISED", "REALISED", "inspector", "PRISON_ENTITY", "LAPSED"]
    {
        assert!(told.contains(end), "{end}: {told}");
    }
    for of_devices in [
        "LOST",
        "device_order.use_period_not_elapsed",
        "1350.00",
        "date of birth",
        "settlement-report",
        "paper-confirmation",
        "as HOLDER",
        "the next wheelchair from",
    ] {
        assert!(told.contains(of_devices), "{of_devices}: {told}");
    }
    let folder = Folder::new("demo");
    let running = start(&folder.0).await;
    let mut again = Vec::new();
    sandbox::demo::run(Some(running.base_url().to_owned()), &mut again).await.expect("the demo");
    running.stop().await;
}

#[tokio::test]
async fn the_demo_says_so_when_nobody_answers() {
    let fault = sandbox::demo::run(Some("http://127.0.0.1:1".to_owned()), &mut Vec::new()).await;
    let fault = fault.expect_err("a fault").to_string();
    assert!(fault.starts_with("the service does not answer"), "{fault}");
}
