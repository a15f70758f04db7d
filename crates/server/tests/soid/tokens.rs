//! From the Authorization header to a caller, over a socket.

use crate::database::Database;
use crate::installation::get;
use crate::upkeep::configured;
use actix_web::web;
use app::caller::Role;
use app::clock::Clock as _;
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::SpaceId;
use domain::redacted::Redacted;
use gateways::jwks::{KeySource, NoKey, StaticKeys};
use http::Authenticated;
use jsonwebtoken::jwk::Jwk;
use server::clock::SystemClock;
use server::service::{Running, Service, SpacePolicy, TrustedIssuer, Wiring, production_wiring};
use signing::access_token::{self, Claims};
use signing::keys::SigningKey;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

const ISSUER: &str = "https://login.przyklad.pl";
const AUDIENCE: &str = "soid";
const NPWZ: &str = "5425740";

fn key() -> SigningKey {
    SigningKey::from_pkcs8_pem(server::new_keys::decision_key().unwrap().as_bytes()).unwrap()
}

fn keys(key: &SigningKey) -> Arc<dyn KeySource> {
    let set = serde_json::from_value(serde_json::json!({ "keys": [key.public_jwk()] })).unwrap();
    Arc::new(StaticKeys::new().with(ISSUER, set))
}

fn now() -> DateTime<Utc> {
    SystemClock.real_now()
}

fn claims() -> Claims {
    Claims {
        iss: ISSUER.to_owned(),
        sub: Redacted::new("a".to_owned()),
        client_id: "clinic-system".to_owned(),
        jti: "1".to_owned(),
        exp: (now() + TimeDelta::minutes(4)).timestamp(),
        iat: now().timestamp(),
        nbf: None,
        scope: String::new(),
        org: Some(access_token::Org {
            id: "01980000-0000-7000-8000-000000000001".to_owned(),
            kind: "MEDICAL_ENTITY".to_owned(),
        }),
        person: Some(access_token::Person {
            id_system: "NPWZ".to_owned(),
            id: Redacted::new(NPWZ.to_owned()),
            role: "PHYSICIAN".to_owned(),
        }),
        pesel: None,
        represents: None,
        space: None,
    }
}

/// Says who calls, and in which space.
async fn who(asked: Authenticated) -> String {
    format!("{} in {}", asked.caller.person_key(), asked.caller.space)
}

async fn start(key_source: Arc<dyn KeySource>, spaces: SpacePolicy) -> (Database, Running) {
    start_for(key_source, spaces, None).await
}

async fn start_for(
    key_source: Arc<dyn KeySource>,
    spaces: SpacePolicy,
    roles: Option<BTreeSet<Role>>,
) -> (Database, Running) {
    let database = Database::sqlite();
    let config = configured(&database);
    let wiring = Wiring {
        key_source,
        issuers: vec![TrustedIssuer { issuer: ISSUER.to_owned(), audience: AUDIENCE.to_owned(), roles }],
        spaces,
        extra_routes: Some(Arc::new(|cfg| {
            cfg.route("/who", web::get().to(who));
        })),
        ..production_wiring(&config).unwrap()
    };
    (database, Service::start(config, wiring).await.unwrap())
}

async fn ask(running: &Running, token: String) -> (u16, String) {
    let address = running.address();
    let ask = move || get(address, "/who", &format!("Authorization: Bearer {token}\r\n"));
    tokio::task::spawn_blocking(ask).await.unwrap()
}

fn code(answer: &(u16, String)) -> String {
    let problem: serde_json::Value = serde_json::from_str(&answer.1).unwrap();
    format!("{} {}", answer.0, problem["code"].as_str().unwrap())
}

fn single() -> SpacePolicy {
    SpacePolicy::Single(SpaceId::production())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_of_a_trusted_issuer_makes_a_caller() {
    let key = key();
    let (_database, running) = start(keys(&key), single()).await;
    let token = |claims: &Claims, audience: &str| access_token::issue(&key, claims, audience).unwrap();
    let answer = ask(&running, token(&claims(), AUDIENCE)).await;
    assert_eq!(answer, (200, "NPWZ:5425740 in main".to_owned()));

    let another_audience = ask(&running, token(&claims(), "another")).await;
    assert_eq!(code(&another_audience), "401 auth.token_invalid");
    let another_issuer = Claims { iss: "https://inny.przyklad.pl".to_owned(), ..claims() };
    assert_eq!(code(&ask(&running, token(&another_issuer, AUDIENCE)).await), "401 auth.token_invalid");
    let iat = (now() - TimeDelta::minutes(10)).timestamp();
    let old = Claims { iat, exp: iat + 60, ..claims() };
    assert_eq!(code(&ask(&running, token(&old, AUDIENCE)).await), "401 auth.token_expired");
    let nobody = Claims { person: None, ..claims() };
    assert_eq!(code(&ask(&running, token(&nobody, AUDIENCE)).await), "401 auth.token_claims");
    let elsewhere = Claims { space: Some("tester-1".to_owned()), ..claims() };
    assert_eq!(code(&ask(&running, token(&elsewhere, AUDIENCE)).await), "401 auth.token_invalid");
    let forged = access_token::issue(&self::key(), &claims(), AUDIENCE).unwrap();
    assert_eq!(code(&ask(&running, forged).await), "401 auth.token_invalid");
    running.stop(Duration::from_secs(5)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_issuer_gives_only_the_roles_that_it_may() {
    let key = key();
    let roles = BTreeSet::from([Role::Pharmacy, Role::Consultant]);
    let (_database, running) = start_for(keys(&key), single(), Some(roles)).await;
    let of_role = |role: &str| {
        let person = claims().person.map(|person| access_token::Person { role: role.to_owned(), ..person });
        access_token::issue(&key, &Claims { person, ..claims() }, AUDIENCE).unwrap()
    };
    assert_eq!(ask(&running, of_role("CONSULTANT")).await.0, 200);
    for role in ["PHYSICIAN", "MINISTRY_DECIDER", "ADMIN"] {
        assert_eq!(code(&ask(&running, of_role(role)).await), "401 auth.role_not_of_issuer", "{role}");
    }
    running.stop(Duration::from_secs(5)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_spaces_are_claimed_the_token_chooses_one() {
    let key = key();
    let (_database, running) = start(keys(&key), SpacePolicy::FromClaim).await;
    let claims = Claims { space: Some("tester-1".to_owned()), ..claims() };
    let token = access_token::issue(&key, &claims, AUDIENCE).unwrap();
    assert_eq!(ask(&running, token).await, (200, "NPWZ:5425740 in tester-1".to_owned()));
    running.stop(Duration::from_secs(5)).await;
}

/// An issuer that cannot be reached.
struct Away;

impl KeySource for Away {
    fn key<'a>(
        &'a self,
        _: &'a str,
        _: &'a str,
        _: DateTime<Utc>,
    ) -> gateways::Asked<'a, Result<Jwk, NoKey>> {
        Box::pin(async { Err(NoKey::Unavailable { retry_after: 7 }) })
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silent_issuer_makes_the_caller_wait_and_not_fail() {
    let (_database, running) = start(Arc::new(Away), single()).await;
    let token = access_token::issue(&key(), &claims(), AUDIENCE).unwrap();
    assert_eq!(code(&ask(&running, token).await), "503 auth.keys_unavailable");
    running.stop(Duration::from_secs(5)).await;
}
