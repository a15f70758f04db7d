//! The signature on the hourly roots of the audit: a compact JWS (RFC 7515) that outsiders verify with the key set.

use signing::Algorithm;
use signing::jws;
use signing::keys::{KeySet, SigningKey};
use store::audit::{self, Report};
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
    let verified = || {
        let parts = jws::split(std::str::from_utf8(signature).ok()?).ok()?;
        let header: Header = serde_json::from_slice(&parts.header).ok()?;
        if header.typ != TYPE || header.alg != Algorithm::ES256.as_str() || parts.payload != root {
            return None;
        }
        keys.find(&header.kid)?.verify(Algorithm::ES256, parts.signing_input, &parts.signature).ok()
    };
    verified().is_some()
}

/// Checks the whole audit: every entry, the chain, and the roots under these keys.
pub async fn verify_audit(store: &Store, keys: KeySet) -> Result<Report, StoreError> {
    let check = move |root: &[u8], signature: &[u8]| verifies(&keys, root, signature);
    audit::verify(store, check).await
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
    fn another_document_of_the_same_key_is_no_root() {
        let ours = key();
        let token = ours.sign("decision+jwt", b"{\"root\":1}").unwrap();
        assert!(!verifies(&KeySet::of([&ours]), b"{\"root\":1}", token.as_bytes()));
    }
}
