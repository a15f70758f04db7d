//! The signature on the hourly roots of the audit: a compact JWS (RFC 7515) that outsiders verify with the key set.

use chrono::{DateTime, TimeDelta, Utc};
use signing::Algorithm;
use signing::jws;
use signing::keys::{KeySet, SigningKey};
use store::audit::{self, Expected, Report, Root};
use store::{Store, StoreError};

/// The `typ` of the header: no token of another purpose can pass for a root.
const TYPE: &str = "audit-root+json";

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    alg: String,
    kid: String,
    typ: String,
}

pub(super) fn sign(key: &SigningKey, root: &[u8]) -> Result<Vec<u8>, StoreError> {
    key.sign(TYPE, root)
        .map(String::into_bytes)
        .map_err(|error| StoreError::Unavailable { reason: format!("audit root: {error}") })
}

/// Whether this is a signature of one of these keys over these very bytes.
pub(super) fn verifies(keys: &KeySet, root: &[u8], signature: &[u8]) -> bool {
    std::str::from_utf8(signature).is_ok_and(|jws| signed(keys, jws).is_some_and(|payload| payload == root))
}

/// What one of these keys has signed as a root.
fn signed(keys: &KeySet, jws: &str) -> Option<Vec<u8>> {
    let parts = jws::split(jws).ok()?;
    let header: Header = serde_json::from_slice(&parts.header).ok()?;
    if header.typ != TYPE || header.alg != Algorithm::ES256.as_str() {
        return None;
    }
    keys.find(&header.kid)?.verify(Algorithm::ES256, parts.signing_input, &parts.signature).ok()?;
    Some(parts.payload)
}

/// A root that was kept as the JWS that signs it; `None` unless one of these keys has signed it.
pub fn kept_root(keys: &KeySet, jws: &str) -> Option<Root> {
    Root::from_signed(&signed(keys, jws)?, jws.as_bytes().to_vec())
}

/// How long an entry may be without a root: one is made every hour, and a restart may come between.
const ROOTED_WITHIN: TimeDelta = TimeDelta::hours(2);

/// Checks the whole audit: every entry, the chain, the roots under these keys, and that entries older than two hours
/// are under one. `kept` are roots that somebody has kept outside the database.
pub async fn verify_audit(
    store: &Store,
    keys: KeySet,
    now: DateTime<Utc>,
    kept: Vec<Root>,
) -> Result<Report, StoreError> {
    let check = move |root: &[u8], signature: &[u8]| verifies(&keys, root, signature);
    let expected = Expected { rooted_until: Some(now - ROOTED_WITHIN), roots: kept };
    audit::verify(store, expected, check).await
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

    use super::*;
    use aws_lc_rs::rand::SystemRandom;
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};

    fn key() -> SigningKey {
        let der = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
        SigningKey::from_pkcs8_der(der.unwrap().as_ref()).unwrap()
    }

    #[test]
    fn a_root_verifies_under_the_key_that_signed_it_only() {
        let (ours, theirs) = (key(), key());
        let signature = sign(&ours, b"{\"root\":1}").unwrap();
        assert!(verifies(&KeySet::of([&theirs, &ours]), b"{\"root\":1}", &signature));
        assert!(!verifies(&KeySet::of([&theirs]), b"{\"root\":1}", &signature));
        assert!(!verifies(&KeySet::of([&ours]), b"{\"root\":2}", &signature));
        assert!(!verifies(&KeySet::of([&ours]), b"{\"root\":1}", b"signature"));
    }

    #[test]
    fn a_kept_root_is_read_under_the_key_that_signed_it_only() {
        let ours = key();
        let bytes = format!(
            r#"{{"firstSeq":1,"hour":"2026-06-01T10:00:00Z","lastSeq":7,"root":"{}"}}"#,
            "07".repeat(32)
        );
        let jws = String::from_utf8(sign(&ours, bytes.as_bytes()).unwrap()).unwrap();
        let kept = kept_root(&KeySet::of([&ours]), &jws).unwrap();
        assert_eq!((kept.first_seq, kept.last_seq, kept.signed_bytes()), (1, 7, bytes.into_bytes()));
        assert_eq!(kept_root(&KeySet::of([&key()]), &jws), None);
        let other = String::from_utf8(sign(&ours, b"{}").unwrap()).unwrap();
        assert_eq!(kept_root(&KeySet::of([&ours]), &other), None);
    }

    #[test]
    fn another_document_of_the_same_key_is_no_root() {
        let ours = key();
        let token = ours.sign("decision+jwt", b"{\"root\":1}").unwrap();
        assert!(!verifies(&KeySet::of([&ours]), b"{\"root\":1}", token.as_bytes()));
    }
}
