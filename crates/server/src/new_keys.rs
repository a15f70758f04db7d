//! Makes the keys that a new installation, or a rotation, needs.

use crate::config::KeyRingConfig;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// Why no key could be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoNewKey {
    #[error("the system gives no randomness")]
    Randomness,
    #[error("the key ring {0}")]
    Ring(String),
}

/// A key ring of one key and its index key, in the form of `SOID_KEY_RING`.
pub fn key_ring() -> Result<String, NoNewKey> {
    let ring = json!({ "current": 1, "keys": { "1": random()? }, "index": random()? });
    Ok(written(&ring))
}

/// The same ring with one key more, which seals from now on.
pub fn with_next_key(ring: &str) -> Result<String, NoNewKey> {
    KeyRingConfig::parse(ring.trim()).map_err(NoNewKey::Ring)?;
    let unreadable = || NoNewKey::Ring("is not the key ring's JSON".to_owned());
    let mut ring: Value = serde_json::from_str(ring).map_err(|_| unreadable())?;
    let keys = ring.get_mut("keys").and_then(Value::as_object_mut).ok_or_else(unreadable)?;
    let greatest = keys.keys().filter_map(|version| version.parse::<u32>().ok()).max();
    let next = greatest.and_then(|version| version.checked_add(1)).ok_or_else(unreadable)?;
    keys.insert(next.to_string(), random()?.into());
    let members = ring.as_object_mut().ok_or_else(unreadable)?;
    members.insert("current".to_owned(), next.into());
    Ok(written(&ring))
}

/// A P-256 private key as PKCS#8 PEM (RFC 7468 §10).
pub fn decision_key() -> Result<String, NoNewKey> {
    let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
        .map_err(|_| NoNewKey::Randomness)?;
    let text = STANDARD.encode(key.as_ref());
    // RFC 7468 §2: lines of 64 characters.
    let lines = text.as_bytes().chunks(64).map(String::from_utf8_lossy);
    let lines: String = lines.flat_map(|line| [line.into_owned(), "\n".to_owned()]).collect();
    Ok(format!("-----BEGIN PRIVATE KEY-----\n{lines}-----END PRIVATE KEY-----\n"))
}

fn random() -> Result<String, NoNewKey> {
    let mut key = [0; 32];
    aws_lc_rs::rand::fill(&mut key).map_err(|_| NoNewKey::Randomness)?;
    Ok(STANDARD.encode(key))
}

fn written(ring: &Value) -> String {
    format!("{ring}\n")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

    use super::*;
    use crate::config::DecisionKey;
    use store::sealing::KeyRing;

    #[test]
    fn a_new_ring_can_be_read_and_is_never_the_same() {
        let ring = key_ring().unwrap();
        assert_eq!(KeyRing::parse(&ring).unwrap().current_version(), 1);
        assert!(KeyRingConfig::parse(ring.trim()).is_ok());
        assert_ne!(ring, key_ring().unwrap());
    }

    #[test]
    fn the_next_ring_seals_anew_and_still_opens_and_finds_the_old() {
        let ring = key_ring().unwrap();
        let next = with_next_key(&with_next_key(&ring).unwrap()).unwrap();
        let (old, new) = (KeyRing::parse(&ring).unwrap(), KeyRing::parse(&next).unwrap());
        assert_eq!(new.current_version(), 3);
        assert!(old.blind_index("person", "44051401359") == new.blind_index("person", "44051401359"));
        let parsed: Value = serde_json::from_str(&next).unwrap();
        let first: Value = serde_json::from_str(&ring).unwrap();
        assert_eq!(parsed["keys"]["1"], first["keys"]["1"]);
    }

    #[test]
    fn what_is_no_ring_gets_no_key() {
        for text in ["", "{}", r#"{"current":1,"keys":{},"index":""}"#] {
            assert!(matches!(with_next_key(text), Err(NoNewKey::Ring(_))), "{text}");
        }
    }

    #[test]
    fn a_new_decision_key_is_a_p256_key() {
        let pem = decision_key().unwrap();
        assert!(DecisionKey::from_pem(pem.as_bytes()).is_ok());
        assert!(pem.lines().all(|line| line.len() <= 64));
    }
}
