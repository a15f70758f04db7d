//! A published key set, read leniently: what cannot verify a token is left out, the rest counts.

use crate::fetch::FetchFault;
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, KeyAlgorithm, PublicKeyUse};
use serde::Deserialize;

/// The keys of one issuer that may verify its tokens.
#[derive(Clone, Debug, Default)]
pub(crate) struct KeySet(Vec<Jwk>);

#[derive(Deserialize)]
struct Published {
    keys: Vec<serde_json::Value>,
}

impl KeySet {
    /// Unknown key types are skipped (RFC 7517 §5); an empty set is an answer too: the issuer has no keys now.
    pub(crate) fn read(body: &[u8]) -> Result<Self, FetchFault> {
        let published: Published =
            serde_json::from_slice(body).map_err(|_| FetchFault::Unusable("not a JSON Web Key Set"))?;
        Ok(Self::of(published.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok())))
    }

    pub(crate) fn of(keys: impl IntoIterator<Item = Jwk>) -> Self {
        Self(keys.into_iter().filter(verifies_tokens).collect())
    }

    pub(crate) fn key(&self, kid: &str) -> Option<&Jwk> {
        self.0.iter().find(|key| key.common.key_id.as_deref() == Some(kid))
    }
}

/// Asymmetric, named, and not published for something else. A symmetric key would let everyone who reads
/// the set sign tokens (RFC 8725 §3.1).
fn verifies_tokens(key: &Jwk) -> bool {
    let asymmetric = matches!(
        key.algorithm,
        AlgorithmParameters::EllipticCurve(_)
            | AlgorithmParameters::RSA(_)
            | AlgorithmParameters::OctetKeyPair(_)
    );
    let symmetric_algorithm = matches!(
        key.common.key_algorithm,
        Some(KeyAlgorithm::HS256 | KeyAlgorithm::HS384 | KeyAlgorithm::HS512)
    );
    let for_signatures = matches!(key.common.public_key_use, None | Some(PublicKeyUse::Signature));
    asymmetric && !symmetric_algorithm && for_signatures && key.common.key_id.is_some()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

    use super::*;

    const EC: &str = r#""kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0""#;

    fn set(keys: &str) -> KeySet {
        KeySet::read(format!(r#"{{"keys":[{keys}]}}"#).as_bytes()).unwrap()
    }

    #[test]
    fn a_signing_key_is_found_by_its_name() {
        let keys = set(&format!(r#"{{{EC},"kid":"a","use":"sig","alg":"ES256"}}"#));
        assert!(keys.key("a").is_some());
        assert!(keys.key("b").is_none());
    }

    #[test]
    fn a_symmetric_key_is_left_out() {
        assert!(set(r#"{"kty":"oct","k":"c2VjcmV0","kid":"a","alg":"HS256"}"#).key("a").is_none());
    }

    #[test]
    fn an_asymmetric_key_that_names_a_symmetric_algorithm_is_left_out() {
        assert!(set(&format!(r#"{{{EC},"kid":"a","alg":"HS256"}}"#)).key("a").is_none());
    }

    #[test]
    fn a_key_for_encryption_is_left_out() {
        assert!(set(&format!(r#"{{{EC},"kid":"a","use":"enc"}}"#)).key("a").is_none());
    }

    #[test]
    fn a_key_of_an_unknown_type_does_not_spoil_the_others() {
        let keys = set(&format!(r#"{{"kty":"AKP","kid":"pq","pub":"AA"}},7,{{{EC},"kid":"a"}}"#));
        assert!(keys.key("a").is_some());
        assert!(keys.key("pq").is_none());
    }

    #[test]
    fn a_page_that_is_no_key_set_is_a_fault() {
        assert!(KeySet::read(b"<html>").is_err());
        assert!(KeySet::read(b"{}").is_err());
    }
}
