//! What several tests ask of an operation in the same way.

use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::warsaw_date;
use domain::values::{DemandNumber, DemandSeries, ResolutionNumber};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::{Duration, Instant};
use testkit::{Case, Response};

/// How many whole days are left of the document's first term, whether its last day is rolled over days off or not.
pub(crate) fn days_left(seen: &Value, now: DateTime<Utc>) -> i64 {
    let due_at: DateTime<Utc> = seen["clocks"][0]["dueAt"].as_str().unwrap().parse().unwrap();
    // It is the midnight that closes the last day; hours would miss one where the clocks change before it.
    (warsaw_date(due_at - TimeDelta::seconds(1)) - warsaw_date(now)).num_days()
}

/// A demand number of the right form that nobody was ever given.
pub(crate) fn unissued_demand_number() -> String {
    DemandNumber::compose(DemandSeries::Medicine, 2026, *b"nobody's").as_str().to_owned()
}

/// A resolution number of the right form that nobody was ever given.
pub(crate) fn unissued_resolution_number() -> String {
    ResolutionNumber::compose(2026, *b"nobody's").as_str().to_owned()
}

/// What `asked` answers, if it takes the time that every look-up by number takes, whatever it finds.
pub(crate) async fn evenly(asked: impl Future<Output = Response>) -> Response {
    let started = Instant::now();
    let answer = asked.await;
    let took = started.elapsed();
    assert!(took >= Duration::from_millis(150), "after {took:?}: {}", answer.text());
    answer
}

/// A refusal of a look-up by number, without what differs from request to request.
pub(crate) fn uniform(refused: Response) -> Value {
    let mut problem = refused.refused(404, "supply.retrieval_none").json();
    problem["traceId"] = Value::Null;
    problem
}

/// The text of a PDF, with every run of white space as one space.
pub(crate) fn printed(pdf: &Response) -> String {
    let document = lopdf::Document::load_mem(&pdf.body).unwrap();
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    document.extract_text(&pages).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Sends a command twice under one key and once more with another body: one change, one answer.
pub(crate) async fn once_per_key(
    case: &Case,
    persona: &'static str,
    action: &str,
    body: &Value,
    other: &Value,
) -> Response {
    let who = case.app.as_persona(persona);
    let key = format!("only-once-per-key-{}-{}", action.replace('/', "-"), case.revision());
    let send = |body: &Value| case.ask(&who, action, body).key(&key).send();
    let first = send(body).await;
    assert!((200..300).contains(&first.status), "{}", first.text());
    assert!(!first.is_replayed(), "{}", first.text());
    let again = send(body).await;
    assert!(again.is_replayed(), "{}", again.text());
    assert_eq!((again.status, &again.body), (first.status, &first.body));
    for name in ["etag", "location", "content-type"] {
        assert_eq!(again.header(name), first.header(name), "{name}");
    }
    send(other).await.refused(422, "request.idempotency_key_reused");
    case.follow(&first);
    first
}

/// A command needs the revision that its caller has seen, and the present one.
pub(crate) async fn needs_the_present_revision(
    case: &Case,
    persona: &'static str,
    action: &str,
    body: &Value,
) {
    let who = case.app.as_persona(persona);
    let path = case.path_of(action);
    who.post(&path, body).send().await.refused(428, "request.if_match_missing");
    who.post(&path, body).if_match(case.revision() + 7).send().await.refused(412, "request.stale");
    who.post(&path, body).header("If-Match", "7").send().await.refused(400, "request.if_match");
    case.ask(&who, action, body).without_key().send().await.refused(400, "request.idempotency_key_missing");
}

/// The command is refused in the present state, and the answer says what is possible.
pub(crate) async fn is_out_of_place(case: &Case, persona: &'static str, action: &str, body: &Value) {
    let state = case.state().await;
    let refused =
        case.ask(&case.app.as_persona(persona), action, body).send().await.refused(409, "demand.wrong_state");
    assert_eq!(refused.text_at("/currentState"), state, "{}", refused.text());
    let allowed = refused.at("/allowedActions");
    assert!(allowed.as_array().is_some_and(|actions| !actions.contains(&Value::from(action))), "{allowed}");
}

/// A question of the minister to this addressee, with fourteen days to answer.
pub(crate) fn question(addressee: &str) -> Value {
    json!({ "addressee": addressee, "question": "Czy są przeciwwskazania?", "days": 14 })
}

/// An answer without a letter.
pub(crate) fn bare_answer() -> Value {
    json!({ "answer": "Nie ma przeciwwskazań." })
}

/// Some value of these.
pub(crate) fn random<S: Strategy>(of: &S) -> S::Value {
    of.new_tree(&mut TestRunner::default()).expect("a value").current()
}

/// The page is the golden file of this name.
#[expect(clippy::disallowed_methods, reason = "a tester renews the golden file with BLESS=1")]
pub(crate) fn is_golden(name: &str, page: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("api/golden/{name}.md"));
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, page).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(golden == page, "what is told differs from {}; renew it with BLESS=1:\n{page}", path.display());
}
