//! The key cache: when it asks, when it does not, and what it answers when the issuer is down.

use crate::at;
use crate::receiver::{Receiver, Reply};
use gateways::FetchLimits;
use gateways::jwks::{
    IssuerKeys, IssuerState, JwksCache, JwksPace, KeySource, KeySources, NoKey, StaticKeys,
};
use std::sync::Arc;
use std::time::{Duration, Instant};

const ISSUER: &str = "https://issuer.przyklad.pl";

fn keys(kids: &[&str]) -> Reply {
    Reply::ok(set(kids))
}

fn set(kids: &[&str]) -> String {
    let key = |kid| {
        serde_json::json!({"kty": "EC", "crv": "P-256", "kid": kid, "use": "sig",
            "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})
    };
    serde_json::json!({"keys": kids.iter().map(key).collect::<Vec<_>>()}).to_string()
}

fn cache(receiver: &Receiver) -> Arc<JwksCache> {
    cache_at(receiver, JwksPace::default())
}

fn cache_at(receiver: &Receiver, pace: JwksPace) -> Arc<JwksCache> {
    let issuer = IssuerKeys { issuer: ISSUER.to_owned(), jwks_url: receiver.url() };
    Arc::new(JwksCache::new(vec![issuer], pace).unwrap())
}

/// Waits for the end of the fetch that goes on behind the answers.
async fn until(cache: &JwksCache, holds: impl Fn(&IssuerState) -> bool) {
    for _ in 0..1000 {
        if cache.states().iter().all(&holds) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("not in ten seconds: {:?}", cache.states());
}

async fn ask(cache: &JwksCache, kid: &str, seconds: i64) -> Result<String, NoKey> {
    cache.key(ISSUER, kid, at(seconds)).await.map(|key| key.common.key_id.unwrap())
}

#[tokio::test]
async fn a_fresh_set_answers_without_asking_again() {
    let receiver = Receiver::start(keys(&["a", "b"])).await;
    let cache = cache(&receiver);
    assert_eq!(ask(&cache, "a", 0).await.as_deref(), Ok("a"));
    assert_eq!(ask(&cache, "b", 299).await.as_deref(), Ok("b"));
    assert_eq!(receiver.asked(), 1);
    assert_eq!(ask(&cache, "a", 300).await.as_deref(), Ok("a"));
    until(&cache, |state| state.fetched_at == Some(at(300))).await;
    assert_eq!(receiver.asked(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn while_an_issuer_is_silent_a_held_key_answers_at_once() {
    let receiver = Receiver::start(keys(&["a"])).await;
    let cache = cache(&receiver);
    ask(&cache, "a", 0).await.unwrap();
    receiver.now_answers(keys(&["a"]).after(Duration::from_mins(1)));
    let begun = Instant::now();
    let mut callers = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let cache = Arc::clone(&cache);
        callers.spawn(async move { ask(&cache, "a", 301).await });
    }
    assert!(callers.join_all().await.iter().all(Result::is_ok));
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    until(&cache, |state| state.last_try_failed).await;
    assert_eq!(receiver.asked(), 2);
}

#[tokio::test]
async fn the_pause_after_a_fetch_begins_when_it_ends() {
    let receiver = Receiver::start(Reply::broken().after(Duration::from_millis(1500))).await;
    let cache = cache(&receiver);
    ask(&cache, "a", 0).await.unwrap_err();
    ask(&cache, "a", 6).await.unwrap_err();
    assert_eq!(receiver.asked(), 1, "less than five seconds after the end");
    ask(&cache, "a", 8).await.unwrap_err();
    assert_eq!(receiver.asked(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_callers_at_once_make_one_request() {
    let receiver = Receiver::start(keys(&["a"]).after(Duration::from_millis(100))).await;
    let cache = cache(&receiver);
    let mut callers = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let cache = Arc::clone(&cache);
        callers.spawn(async move { ask(&cache, "a", 0).await });
    }
    let answers = callers.join_all().await;
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    assert_eq!((answers.len(), receiver.asked()), (50, 1));
}

#[tokio::test]
async fn a_caller_who_goes_away_does_not_waste_the_fetch() {
    let receiver = Receiver::start(keys(&["a"]).after(Duration::from_millis(200))).await;
    let cache = cache(&receiver);
    let impatient = tokio::time::timeout(Duration::from_millis(50), ask(&cache, "a", 0)).await;
    assert!(impatient.is_err());
    assert_eq!(ask(&cache, "a", 0).await.as_deref(), Ok("a"));
    assert_eq!(receiver.asked(), 1);
}

#[tokio::test]
async fn the_last_good_set_counts_for_an_hour_while_the_issuer_fails() {
    let receiver = Receiver::start(keys(&["a"])).await;
    let cache = cache(&receiver);
    ask(&cache, "a", 0).await.unwrap();
    receiver.now_answers(Reply::broken());
    assert_eq!(ask(&cache, "a", 400).await.as_deref(), Ok("a"));
    until(&cache, |state| state.last_try_failed && state.fetched_at == Some(at(0))).await;
    assert_eq!(ask(&cache, "a", 3599).await.as_deref(), Ok("a"));
    assert_eq!(ask(&cache, "a", 3600).await, Err(NoKey::Unavailable { retry_after: 5 }));
    receiver.now_answers(keys(&["a"]));
    assert_eq!(ask(&cache, "a", 3606).await.as_deref(), Ok("a"));
}

#[tokio::test]
async fn a_failing_issuer_is_not_asked_by_every_caller() {
    let receiver = Receiver::start(Reply::broken()).await;
    let cache = cache(&receiver);
    for second in [0, 1, 4] {
        assert_eq!(ask(&cache, "a", second).await, Err(NoKey::Unavailable { retry_after: 5 }));
    }
    assert_eq!(receiver.asked(), 1);
    ask(&cache, "a", 6).await.unwrap_err();
    assert_eq!(receiver.asked(), 2);
}

#[tokio::test]
async fn a_clock_that_was_set_back_does_not_keep_keys_for_ever() {
    let receiver = Receiver::start(keys(&["a"])).await;
    let cache = cache(&receiver);
    ask(&cache, "a", 0).await.unwrap();
    ask(&cache, "a", -100_000).await.unwrap();
    assert_eq!(receiver.asked(), 2);
}

#[tokio::test]
async fn an_unknown_key_makes_the_set_fetched_anew_at_most_every_thirty_seconds() {
    let receiver = Receiver::start(keys(&["old"])).await;
    let cache = cache(&receiver);
    ask(&cache, "old", 0).await.unwrap();
    receiver.now_answers(keys(&["old", "new"]));
    assert_eq!(ask(&cache, "new", 29).await, Err(NoKey::UnknownKey));
    assert_eq!(receiver.asked(), 1);
    assert_eq!(ask(&cache, "new", 31).await.as_deref(), Ok("new"));
    for second in 32..61 {
        assert_eq!(ask(&cache, &format!("made-up-{second}"), second).await, Err(NoKey::UnknownKey));
    }
    assert_eq!(receiver.asked(), 2);
}

#[tokio::test]
async fn a_key_that_a_silent_issuer_may_have_added_is_unavailable_not_unknown() {
    let receiver = Receiver::start(keys(&["old"])).await;
    let cache = cache(&receiver);
    ask(&cache, "old", 0).await.unwrap();
    receiver.now_answers(Reply::broken());
    assert_eq!(ask(&cache, "new", 40).await, Err(NoKey::Unavailable { retry_after: 30 }));
    assert_eq!(ask(&cache, "old", 41).await.as_deref(), Ok("old"));
}

#[tokio::test]
async fn a_slow_issuer_is_given_up() {
    let receiver = Receiver::start(keys(&["a"]).after(Duration::from_mins(1))).await;
    let limits = FetchLimits { whole: Duration::from_millis(300), ..JwksPace::default().limits };
    let cache = cache_at(&receiver, JwksPace { limits, ..JwksPace::default() });
    let begun = Instant::now();
    assert!(matches!(ask(&cache, "a", 0).await, Err(NoKey::Unavailable { .. })));
    assert!(begun.elapsed() < Duration::from_secs(20));
}

#[tokio::test]
async fn a_huge_answer_is_refused() {
    let padded = format!("{}{}", set(&["a"]), " ".repeat(256 * 1024));
    let receiver = Receiver::start(Reply::ok(padded)).await;
    assert!(matches!(ask(&cache(&receiver), "a", 0).await, Err(NoKey::Unavailable { .. })));
}

#[tokio::test]
async fn a_redirect_is_refused() {
    let elsewhere = Receiver::start(keys(&["a"])).await;
    let receiver = Receiver::start(Reply::redirect(&elsewhere.url())).await;
    assert!(matches!(ask(&cache(&receiver), "a", 0).await, Err(NoKey::Unavailable { .. })));
    assert_eq!((receiver.asked(), elsewhere.asked()), (1, 0));
}

#[tokio::test]
async fn a_page_that_is_no_key_set_does_not_displace_the_last_good_one() {
    let receiver = Receiver::start(keys(&["a"])).await;
    let cache = cache(&receiver);
    ask(&cache, "a", 0).await.unwrap();
    receiver.now_answers(Reply::ok("<html>maintenance</html>"));
    assert_eq!(ask(&cache, "a", 301).await.as_deref(), Ok("a"));
}

#[tokio::test]
async fn an_issuer_that_withdraws_all_keys_is_believed() {
    let receiver = Receiver::start(keys(&["a"])).await;
    let cache = cache(&receiver);
    ask(&cache, "a", 0).await.unwrap();
    receiver.now_answers(keys(&[]));
    ask(&cache, "a", 300).await.unwrap();
    until(&cache, |state| state.fetched_at == Some(at(300))).await;
    assert_eq!(ask(&cache, "a", 301).await, Err(NoKey::UnknownKey));
}

#[tokio::test]
async fn an_issuer_that_nobody_configured_is_never_asked() {
    let receiver = Receiver::start(keys(&["a"])).await;
    let cache = cache(&receiver);
    assert!(matches!(cache.key("https://obcy.przyklad.pl", "a", at(0)).await, Err(NoKey::UnknownIssuer)));
    assert_eq!(receiver.asked(), 0);
}

#[tokio::test]
async fn keys_fetched_at_start_up_serve_the_first_caller() {
    let receiver = Receiver::start(keys(&["a"])).await;
    let cache = cache(&receiver);
    cache.warm_up(at(0)).await;
    ask(&cache, "a", 1).await.unwrap();
    assert_eq!(receiver.asked(), 1);
}

#[tokio::test]
async fn several_sources_answer_as_one() {
    let receiver = Receiver::start(keys(&["a"])).await;
    let own = StaticKeys::new().with("https://own", serde_json::from_str(&set(&["own"])).unwrap());
    let sources = KeySources(vec![Arc::new(own), cache(&receiver)]);
    assert!(sources.key("https://own", "own", at(0)).await.is_ok());
    assert!(matches!(sources.key("https://own", "a", at(0)).await, Err(NoKey::UnknownKey)));
    assert!(sources.key(ISSUER, "a", at(0)).await.is_ok());
    assert!(matches!(sources.key("https://other", "a", at(0)).await, Err(NoKey::UnknownIssuer)));
}
