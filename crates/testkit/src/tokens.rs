//! Access tokens of personas, and of people who play no part in a case.

use crate::keys::TestKeys;
use app::caller::{IdSystem, Role};
use app::clock::Clock;
use domain::ids::SpaceId;
use jsonwebtoken::jwk::JwkSet;
use sandbox::personas::Persona;
use serde_json::{Map, Value, json};
use server::clock::SystemClock;

pub(crate) const ISSUER: &str = "https://issuer.test";
pub(crate) const AUDIENCE: &str = "https://soid.test";
/// The client that most tests call with.
pub(crate) const CLIENT: &str = "acceptance";

/// The claims of a token, to be changed before it is signed.
#[derive(Clone, Debug)]
pub struct Token(Map<String, Value>);

impl Token {
    pub(crate) fn of(persona: &Persona, space: &SpaceId) -> Self {
        let mut token = Self::bare(space);
        if persona.is_patient() {
            return token.with("pesel", json!(persona.spec.pesel)).with("sub", json!(persona.key()));
        }
        if let Some(organisation) = persona.organisation {
            token = token.with(
                "org",
                json!({ "id": organisation.id.to_string(), "kind": organisation.spec.kind.name() }),
            );
        }
        let (system, id) = persona.register_id().expect("somebody who is no patient has a number");
        token.with("person", json!({ "idSystem": system.name(), "id": id, "role": persona.spec.role.name() }))
    }

    /// Somebody of this role whom no directory knows, in an organisation of a fitting kind.
    pub(crate) fn stranger(role: Role, space: &SpaceId) -> Self {
        if role == Role::Patient {
            return Self::bare(space).with("pesel", json!("44051401458"));
        }
        let kind = role.organisations().first().expect("a kind of organisation");
        let id = uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001);
        Self::bare(space)
            .with("org", json!({ "id": id.to_string(), "kind": kind.name() }))
            .with("person", json!({ "idSystem": IdSystem::Staff.name(), "id": "X-1", "role": role.name() }))
    }

    fn bare(space: &SpaceId) -> Self {
        let now = SystemClock.real_now().timestamp();
        let claims = json!({
            "iss": ISSUER, "aud": AUDIENCE, "sub": "somebody", "client_id": CLIENT,
            "jti": format!("{now}-{}", serial()), "iat": now, "exp": now + 300, "space": space.as_str(),
        });
        match claims {
            Value::Object(members) => Self(members),
            _ => Self(Map::new()),
        }
    }

    #[must_use]
    pub fn with(mut self, claim: &str, value: Value) -> Self {
        self.0.insert(claim.to_owned(), value);
        self
    }

    #[must_use]
    pub fn without(mut self, claim: &str) -> Self {
        self.0.remove(claim);
        self
    }

    /// The compact form, signed by the test issuer.
    pub fn signed(&self) -> String {
        let claims = Value::Object(self.0.clone()).to_string();
        TestKeys::get().all.issuer.sign("at+jwt", claims.as_bytes()).expect("a token")
    }
}

/// The issuer's public keys.
pub(crate) fn key_set() -> JwkSet {
    let jwk = TestKeys::get().all.issuer.public_jwk();
    serde_json::from_value(json!({ "keys": [jwk] })).expect("a key set")
}

/// A number that no other call of this process gets.
pub(crate) fn serial() -> u64 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
