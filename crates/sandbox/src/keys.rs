//! The keys of one sandbox, made at its first start and kept in its folder.

use crate::folder;
use crate::pki::{PkiError, TestPki, TrustedSeals};
use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use rcgen::{KeyPair, PKCS_ECDSA_P256_SHA256};
use serde_json::json;
use server::config::{DecisionKey, KeyRingConfig};
use signing::keys::{KeyError, SigningKey};
use std::io;
use std::path::Path;
use std::sync::Arc;

/// Where the certificates say that their revocation lists are; the sandbox hands them out by itself.
const CRL_BASE: &str = "http://crl.sandbox.soid.invalid";

/// Why the keys of a sandbox could not be read or made.
#[derive(Debug, thiserror::Error)]
pub enum KeysFault {
    #[error("{0} cannot be read or written: {1}")]
    File(&'static str, #[source] io::Error),
    #[error("{0}: {1}")]
    Unusable(&'static str, String),
    #[error(transparent)]
    Pki(#[from] PkiError),
    #[error("the system gives no randomness")]
    Randomness,
}

/// Everything secret that a sandbox keeps.
pub struct SandboxKeys {
    pub ring: KeyRingConfig,
    pub decision: DecisionKey,
    /// Signs access tokens.
    pub issuer: SigningKey,
    pub pki: TestPki,
    /// Shared with the validation service.
    pub seals: Arc<TrustedSeals>,
}

impl SandboxKeys {
    /// Reads the keys in the folder and makes those that are not there yet.
    pub fn open(home: &Path, now: DateTime<Utc>) -> Result<Self, KeysFault> {
        folder::create(home).map_err(|fault| KeysFault::File("the folder", fault))?;
        let ring = kept(home, "key-ring.json", new_ring)?;
        let decision = kept(home, "decision-key.pem", new_key)?;
        let issuer = kept(home, "issuer-key.pem", new_key)?;
        Ok(Self {
            ring: KeyRingConfig::parse(ring.trim())
                .map_err(|fault| KeysFault::Unusable("key-ring.json", fault))?,
            decision: DecisionKey::from_pem(decision.as_bytes())
                .map_err(|fault| KeysFault::Unusable("decision-key.pem", fault.to_owned()))?,
            issuer: SigningKey::from_pkcs8_pem(issuer.as_bytes())
                .map_err(|fault| KeysFault::Unusable("issuer-key.pem", fault.to_string()))?,
            pki: TestPki::open(&home.join("pki"), now, CRL_BASE)?,
            seals: Arc::new(TrustedSeals::open(&home.join("seals"), now)?),
        })
    }
}

/// A new P-256 key, kept nowhere.
pub fn generate() -> Result<SigningKey, KeyError> {
    let pair = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(|_| KeyError::Unreadable)?;
    SigningKey::from_pkcs8_der(pair.serialized_der())
}

fn kept(
    home: &Path,
    name: &'static str,
    make: fn() -> Result<String, KeysFault>,
) -> Result<String, KeysFault> {
    let file = home.join(name);
    match std::fs::read_to_string(&file) {
        Ok(text) => Ok(text),
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => {
            let text = make()?;
            folder::write(&file, text.as_bytes()).map_err(|fault| KeysFault::File(name, fault))?;
            Ok(text)
        }
        Err(fault) => Err(KeysFault::File(name, fault)),
    }
}

fn new_key() -> Result<String, KeysFault> {
    let pair = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(PkiError::from)?;
    Ok(pair.serialize_pem())
}

fn new_ring() -> Result<String, KeysFault> {
    let ring = json!({ "current": 1, "keys": { "1": random_key()? }, "index": random_key()? });
    Ok(format!("{ring:#}\n"))
}

fn random_key() -> Result<String, KeysFault> {
    let mut key = [0; 32];
    SystemRandom::new().fill(&mut key).map_err(|_| KeysFault::Randomness)?;
    Ok(STANDARD.encode(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_made_once_and_read_ever_after() {
        let home = std::env::temp_dir().join(format!("sandbox-keys-{}", std::process::id()));
        let now = DateTime::from_timestamp(1_772_445_600, 0).expect("an instant");
        let first = SandboxKeys::open(&home, now).expect("new keys");
        let second = SandboxKeys::open(&home, now).expect("the same keys");
        assert_eq!(first.issuer.kid(), second.issuer.kid());
        assert_eq!(first.decision.pkcs8(), second.decision.pkcs8());
        assert_eq!(first.ring.text(), second.ring.text());
        std::fs::write(home.join("issuer-key.pem"), "no key").expect("a file");
        let fault = SandboxKeys::open(&home, now).err().expect("a fault").to_string();
        assert!(fault.starts_with("issuer-key.pem: "), "{fault}");
        std::fs::remove_dir_all(&home).expect("a folder");
    }
}
