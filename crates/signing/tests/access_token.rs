//! Access tokens are accepted from configured issuers, under their registered keys and for a short time only.

#![expect(clippy::expect_used, reason = "the helpers of a test may stop at the first surprise")]

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, RSA_PSS_SHA256, RsaKeyPair,
    RsaPublicKeyComponents,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use domain::redacted::Redacted;
use jsonwebtoken::jwk::JwkSet;
use serde_json::{Value, json};
use signing::access_token::{Claims, Issuer, Reason, issue, knows_key, origin, verify};
use signing::{faults, jws, keys::SigningKey};

const ISSUER: &str = "https://tokens.example";
const AUDIENCE: &str = "https://import.example";

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_445_600, 0).expect("2026-03-02T10:00:00Z")
}

fn key() -> SigningKey {
    let der = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
    SigningKey::from_pkcs8_der(der.expect("a key").as_ref()).expect("a key")
}

fn key_set(keys: &[Value]) -> JwkSet {
    serde_json::from_value(json!({ "keys": keys })).expect("a key set")
}

fn issuer(keys: &[Value]) -> Issuer {
    Issuer { issuer: ISSUER.to_owned(), audience: AUDIENCE.to_owned(), keys: key_set(keys) }
}

fn claims() -> Value {
    json!({
        "iss": ISSUER, "aud": [AUDIENCE, "https://other.example"], "sub": "anna", "client_id": "his-1",
        "jti": "0197c9a1", "iat": now().timestamp(), "exp": now().timestamp() + 300, "scope": "demand:read demand:write",
        "org": { "id": "000000012345", "kind": "CARE_PROVIDER" },
        "person": { "idSystem": "NPWZ", "id": "1234567", "role": "PHYSICIAN" },
        "space": "s-1", "unknown": true,
    })
}

fn with(member: &str, value: Value) -> Value {
    let mut claims = claims();
    claims.as_object_mut().expect("an object").insert(member.to_owned(), value);
    claims
}

fn without(member: &str) -> Value {
    let mut claims = claims();
    claims.as_object_mut().expect("an object").remove(member);
    claims
}

/// The verdict on claims signed with a registered key.
fn verdict(claims: &Value) -> Result<Claims, Reason> {
    let key = key();
    let token = key.sign("at+jwt", claims.to_string().as_bytes()).expect("a token");
    verify(&token, &[issuer(&[key.public_jwk()])], now())
}

fn unsigned(header: &Value) -> String {
    jws::join(&jws::signing_input(header.to_string().as_bytes(), claims().to_string().as_bytes()), &[1; 64])
}

#[test]
fn a_token_of_a_configured_issuer_says_who_is_calling() {
    let claims = verdict(&claims()).expect("claims");
    assert_eq!(claims.client_id, "his-1");
    assert_eq!(claims.scopes().collect::<Vec<_>>(), ["demand:read", "demand:write"]);
    assert_eq!(claims.org.as_ref().map(|org| org.kind.as_str()), Some("CARE_PROVIDER"));
    let person = claims.person.as_ref().expect("a person");
    assert_eq!((person.id_system.as_str(), person.id.reveal().as_str()), ("NPWZ", "1234567"));
    assert_eq!(claims.space.as_deref(), Some("s-1"));
    assert!(!format!("{claims:?}").contains("1234567"));
}

#[test]
fn a_patient_token_names_the_patient_and_whom_they_represent() {
    let mut patient = with("pesel", json!("44051401458"));
    patient["represents"] = json!("02261773497");
    let claims = verdict(&patient).expect("claims");
    assert_eq!(claims.pesel.map(Redacted::into_inner).as_deref(), Some("44051401458"));
    assert_eq!(claims.represents.map(Redacted::into_inner).as_deref(), Some("02261773497"));
}

#[test]
fn an_issued_token_is_accepted_again() {
    let key = key();
    let issued = Claims { space: None, ..verdict(&claims()).expect("claims") };
    let token = issue(&key, &issued, AUDIENCE).expect("a token");
    assert_eq!(verify(&token, &[issuer(&[key.public_jwk()])], now()), Ok(issued));
}

#[test]
fn an_rsa_key_means_ps256() {
    let pair = RsaKeyPair::generate(KeySize::Rsa2048).expect("a key");
    let public = RsaPublicKeyComponents::<Vec<u8>>::from(pair.public_key());
    let jwk = json!({
        "kty": "RSA", "kid": "rsa", "use": "sig",
        "n": URL_SAFE_NO_PAD.encode(&public.n), "e": URL_SAFE_NO_PAD.encode(&public.e),
    });
    let sign = |algorithm: &str| {
        let header = json!({"alg": algorithm, "kid": "rsa", "typ": "application/at+jwt"}).to_string();
        let input = jws::signing_input(header.as_bytes(), claims().to_string().as_bytes());
        let mut signature = vec![0; pair.public_modulus_len()];
        pair.sign(&RSA_PSS_SHA256, &SystemRandom::new(), input.as_bytes(), &mut signature)
            .expect("a signature");
        jws::join(&input, &signature)
    };
    assert!(verify(&sign("PS256"), &[issuer(std::slice::from_ref(&jwk))], now()).is_ok());
    assert_eq!(verify(&sign("RS256"), &[issuer(&[jwk])], now()), Err(Reason::Algorithm));
}

#[test]
fn the_algorithm_comes_from_the_registered_key() {
    let key = key();
    let issuers = [issuer(&[key.public_jwk()])];
    for (algorithm, reason) in
        [("HS256", Reason::Algorithm), ("PS256", Reason::Algorithm), ("none", Reason::Malformed)]
    {
        let token = unsigned(&json!({"alg": algorithm, "kid": key.kid(), "typ": "at+jwt"}));
        assert_eq!(verify(&token, &issuers, now()), Err(reason), "{algorithm}");
    }
}

#[test]
fn symmetric_and_encryption_keys_are_passed_over() {
    let key = key();
    let mut for_encryption = key.public_jwk();
    for_encryption["use"] = json!("enc");
    let symmetric = json!({"kty": "oct", "kid": "secret", "k": "AAAA"});
    let set = key_set(&[for_encryption, symmetric]);
    assert!(!knows_key(&set, key.kid()) && !knows_key(&set, "secret"));
    assert!(knows_key(&key_set(&[key.public_jwk()]), key.kid()));
}

#[test]
fn the_header_must_name_type_and_key_and_nothing_critical() {
    let issuers = [issuer(&[key().public_jwk()])];
    let cases = [
        (json!({"alg": "ES256", "kid": "k", "typ": "JWT"}), Reason::Type),
        (json!({"alg": "ES256", "kid": "k"}), Reason::Type),
        (json!({"alg": "ES256", "typ": "at+jwt"}), Reason::NoKeyId),
        (json!({"alg": "ES256", "kid": "k", "typ": "at+jwt", "crit": ["b64"]}), Reason::Critical),
        (json!({"alg": "ES256", "kid": "k", "typ": "at+jwt"}), Reason::UnknownKey),
    ];
    for (header, reason) in cases {
        assert_eq!(verify(&unsigned(&header), &issuers, now()), Err(reason), "{header}");
    }
    assert_eq!(verify("a.b", &issuers, now()), Err(Reason::Malformed));
}

#[test]
fn a_foreign_issuer_a_foreign_key_and_a_foreign_audience_are_refused() {
    assert_eq!(verdict(&with("iss", json!("https://tokens.example/"))), Err(Reason::UnknownIssuer));
    assert_eq!(verdict(&with("aud", json!("https://other.example"))), Err(Reason::Audience));
    let (ours, theirs) = (key(), key());
    let token = theirs.sign("at+jwt", claims().to_string().as_bytes()).expect("a token");
    let mut disguised = ours.public_jwk();
    disguised["kid"] = json!(theirs.kid());
    assert_eq!(verify(&token, &[issuer(&[disguised])], now()), Err(Reason::Signature));
}

#[test]
fn required_claims_may_not_be_missing() {
    for member in ["iss", "aud", "sub", "client_id", "jti", "iat", "exp"] {
        let reason = if member == "iss" { Reason::Malformed } else { Reason::Claims };
        assert_eq!(verdict(&without(member)), Err(reason), "{member}");
    }
    assert_eq!(verdict(&with("jti", json!(""))), Err(Reason::Claims));
}

#[test]
fn a_token_lives_for_five_minutes_with_half_a_minute_of_leeway() {
    let key = key();
    let token = key.sign("at+jwt", claims().to_string().as_bytes()).expect("a token");
    let at = |seconds: i64| {
        verify(&token, &[issuer(&[key.public_jwk()])], now() + TimeDelta::seconds(seconds)).map(|_| ())
    };
    assert_eq!(at(-31), Err(Reason::NotYetValid));
    assert_eq!((at(-30), at(0), at(329)), (Ok(()), Ok(()), Ok(())));
    assert_eq!(at(330), Err(Reason::Expired));
    assert_eq!(verdict(&with("exp", json!(now().timestamp() + 301))), Err(Reason::TooLongLived));
    assert_eq!(verdict(&with("nbf", json!(now().timestamp() + 31))), Err(Reason::NotYetValid));
    assert_eq!(verdict(&with("exp", json!(i64::MAX))), Err(Reason::Claims));
}

#[test]
fn the_caller_learns_no_more_than_whether_the_token_has_expired() {
    assert_eq!(Reason::Expired.problem(), faults::TOKEN_EXPIRED);
    assert_eq!(Reason::UnknownKey.problem(), faults::TOKEN_INVALID);
    assert_eq!(Reason::Signature.problem(), faults::TOKEN_INVALID);
}

#[test]
fn the_origin_is_readable_before_the_keys_are_at_hand() {
    let key = key();
    let token = key.sign("at+jwt", claims().to_string().as_bytes()).expect("a token");
    let origin = origin(&token).expect("an origin");
    assert_eq!((origin.issuer.as_str(), origin.kid.as_str()), (ISSUER, key.kid()));
}
