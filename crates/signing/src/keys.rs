//! The service's own P-256 keys: signing with the private half, publishing and finding the public one.

use crate::algorithm::{Algorithm, KeyFamily, PublicKey};
use crate::canonical;
use crate::jws;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rustls_pki_types::PrivatePkcs8KeyDer;
use rustls_pki_types::pem::PemObject;
use serde_json::{Value, json};
use std::fmt;

/// A key that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    #[error("not a PKCS#8 PEM of a P-256 private key")]
    Unreadable,
    #[error("the key refused to sign")]
    Refused,
}

/// A private P-256 key. Its `kid` is its RFC 7638 thumbprint.
pub struct SigningKey {
    pair: EcdsaKeyPair,
    public: PublishedKey,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("kid", &self.public.kid).finish_non_exhaustive()
    }
}

impl SigningKey {
    pub fn from_pkcs8_pem(pem: &[u8]) -> Result<Self, KeyError> {
        let der = PrivatePkcs8KeyDer::from_pem_slice(pem).map_err(|_| KeyError::Unreadable)?;
        Self::from_pkcs8_der(der.secret_pkcs8_der())
    }

    pub fn from_pkcs8_der(der: &[u8]) -> Result<Self, KeyError> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der)
            .map_err(|_| KeyError::Unreadable)?;
        let public =
            PublishedKey::from_point(pair.public_key().as_ref().to_vec()).ok_or(KeyError::Unreadable)?;
        Ok(Self { pair, public })
    }

    pub fn kid(&self) -> &str {
        &self.public.kid
    }

    /// The public half as a JWK (RFC 7517).
    pub fn public_jwk(&self) -> Value {
        self.public.jwk()
    }

    /// A compact JWS whose header says no more than `alg`, `kid` and `typ`.
    pub fn sign(&self, typ: &str, payload: &[u8]) -> Result<String, KeyError> {
        let header = json!({ "alg": Algorithm::ES256.as_str(), "kid": self.kid(), "typ": typ }).to_string();
        let input = jws::signing_input(header.as_bytes(), payload);
        let signature =
            self.pair.sign(&SystemRandom::new(), input.as_bytes()).map_err(|_| KeyError::Refused)?;
        Ok(jws::join(&input, signature.as_ref()))
    }
}

/// The public half of a key of the service.
#[derive(Clone, Debug, PartialEq, Eq)]
struct PublishedKey {
    kid: String,
    x: String,
    y: String,
    key: PublicKey,
}

impl PublishedKey {
    fn from_point(point: Vec<u8>) -> Option<Self> {
        let (form, coordinates) = point.split_first()?;
        if *form != 4 || coordinates.len() != 64 {
            return None;
        }
        let (x, y) = coordinates.split_at(32);
        let (x, y) = (URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y));
        // RFC 7638 §3.2: the required members in lexicographic order without white space.
        let thumbprint = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
        let kid = URL_SAFE_NO_PAD.encode(canonical::sha256(thumbprint.as_bytes()));
        Some(Self { kid, x, y, key: PublicKey { family: KeyFamily::P256, bytes: point } })
    }

    fn from_jwk(jwk: &Value) -> Option<Self> {
        let member = |name: &str| jwk.get(name).and_then(Value::as_str);
        if member("kty") != Some("EC") || member("crv") != Some("P-256") {
            return None;
        }
        let coordinate = |name: &str| URL_SAFE_NO_PAD.decode(member(name)?).ok();
        let point = [vec![4], coordinate("x")?, coordinate("y")?].concat();
        let mut key = Self::from_point(point)?;
        member("kid")?.clone_into(&mut key.kid);
        Some(key)
    }

    fn jwk(&self) -> Value {
        json!({
            "kty": "EC", "crv": "P-256", "x": self.x, "y": self.y,
            "kid": self.kid, "use": "sig", "alg": Algorithm::ES256.as_str(),
        })
    }
}

/// Public keys by `kid`: the present one and those that signed what is still in circulation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeySet {
    keys: Vec<PublishedKey>,
}

impl KeySet {
    pub fn of<'k>(keys: impl IntoIterator<Item = &'k SigningKey>) -> Self {
        Self { keys: keys.into_iter().map(|key| key.public.clone()).collect() }
    }

    /// Reads a JWK set; keys that are not P-256 or have no `kid` are passed over.
    pub fn from_jwk_set(set: &Value) -> Self {
        let keys = set.get("keys").and_then(Value::as_array);
        Self { keys: keys.into_iter().flatten().filter_map(PublishedKey::from_jwk).collect() }
    }

    /// The document of `/.well-known/jwks.json`.
    pub fn jwk_set(&self) -> Value {
        json!({ "keys": self.keys.iter().map(PublishedKey::jwk).collect::<Vec<_>>() })
    }

    pub fn find(&self, kid: &str) -> Option<&PublicKey> {
        self.keys.iter().find(|key| key.kid == kid).map(|key| &key.key)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;
    use aws_lc_rs::signature::ECDSA_P384_SHA384_FIXED_SIGNING;
    use base64::engine::general_purpose::STANDARD;

    fn pem(der: &[u8]) -> String {
        format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(der))
    }

    #[test]
    fn a_key_is_read_from_pem_and_named_by_its_thumbprint() {
        let der =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).unwrap();
        let key = SigningKey::from_pkcs8_pem(pem(der.as_ref()).as_bytes()).unwrap();
        let same = SigningKey::from_pkcs8_der(der.as_ref()).unwrap();
        assert_eq!(key.kid(), same.kid());
        assert_eq!(key.kid().len(), 43);
        assert_eq!(key.public_jwk().get("kid").and_then(Value::as_str), Some(key.kid()));
        assert_eq!(key.public_jwk().get("d"), None);
    }

    #[test]
    fn another_curve_and_other_text_are_refused() {
        let der =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, &SystemRandom::new()).unwrap();
        for text in [pem(der.as_ref()), pem(b"key"), "key".to_owned()] {
            assert_eq!(SigningKey::from_pkcs8_pem(text.as_bytes()).unwrap_err(), KeyError::Unreadable);
        }
    }

    #[test]
    fn foreign_keys_of_a_set_are_passed_over() {
        let set = json!({ "keys": [
            { "kty": "RSA", "kid": "r", "n": "AQAB", "e": "AQAB" },
            { "kty": "EC", "crv": "P-256", "kid": "short", "x": "AA", "y": "AA" },
            { "kty": "EC", "crv": "P-256", "x": "AA", "y": "AA" },
        ] });
        assert_eq!(KeySet::from_jwk_set(&set), KeySet::default());
        assert_eq!(KeySet::from_jwk_set(&json!([])), KeySet::default());
    }
}
