//! The keys of the configuration as the crates that work with them want them.

use super::StartFault;
use crate::config::KeysConfig;
use serde_json::{Value, json};
use signing::keys::{KeySet, SigningKey};
use store::sealing::KeyRing;

/// The ring that seals personal data.
pub fn key_ring(keys: &KeysConfig) -> Result<KeyRing, StartFault> {
    KeyRing::parse(keys.ring.text()).map_err(StartFault::KeyRing)
}

/// The key that signs decision tokens and audit roots.
pub fn signing_key(keys: &KeysConfig) -> Result<SigningKey, StartFault> {
    SigningKey::from_pkcs8_der(keys.decision.pkcs8()).map_err(StartFault::DecisionKey)
}

/// The present key and the former ones: everything under which what the service signed verifies.
pub fn decision_key_set(keys: &KeysConfig) -> Result<KeySet, StartFault> {
    let present = signing_key(keys)?.public_jwk();
    let former = keys.former_decisions.jwk_set();
    let former = former.get("keys").and_then(Value::as_array).cloned().unwrap_or_default();
    let all: Vec<Value> = std::iter::once(present).chain(former).collect();
    Ok(KeySet::from_jwk_set(&json!({ "keys": all })))
}
