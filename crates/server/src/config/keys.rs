//! The key ring that protects personal data at rest, and the key that signs decision tokens.

use super::reader::Reader;
use super::variable::variables;
use aws_lc_rs::hmac::{self, HMAC_SHA256};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::redacted::Redacted;
use rustls_pki_types::PrivatePkcs8KeyDer;
use rustls_pki_types::pem::PemObject as _;
use serde::Deserialize;
use signing::keys::KeySet;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

variables! {
    KEY_RING_FILE = "SOID_KEY_RING_FILE", optional "/etc/soid/key-ring.json",
        "File with the key ring, in the form of SOID_KEY_RING; set one of the two.";
    KEY_RING = "SOID_KEY_RING",
        optional r#"{"current":1,"keys":{"1":"U09JRCBFWEFNUExFIEtFWSAtIE5FVkVSIFVTRSBJVCE="},"index":"U09JRCBFWEFNUExFIElOREVYIC0gRE8gTk9UIFVTRSE="}"#,
        "Key ring as JSON: keys by version (32 random bytes each, base64), the version that seals now, the index key, which never changes.";
    DECISION_KEY_FILE = "SOID_DECISION_KEY_FILE", required "/etc/soid/decision-key.pem",
        "File with the private key that signs decision tokens and audit roots: P-256, PKCS#8, PEM.";
    FORMER_DECISION_KEYS_FILE = "SOID_FORMER_DECISION_KEYS_FILE", optional "/etc/soid/former-decision-keys.json",
        "File with the public keys that signed before this one, as a JWK set: what they signed still verifies.";
}

/// 32 bytes that are never printed.
pub type SealingKey = Redacted<[u8; 32]>;

/// The keys in `.env.example`, known to everyone who can read it; production refuses them.
pub(super) const EXAMPLE_KEYS: [&[u8; 32]; 2] =
    [b"SOID EXAMPLE KEY - NEVER USE IT!", b"SOID EXAMPLE INDEX - DO NOT USE!"];

/// A key ring that has been read once; [`Self::text`] goes to the store, which makes its ring of it.
#[derive(Clone, Debug)]
pub struct KeyRingConfig {
    text: Redacted<String>,
    keys: BTreeMap<u32, SealingKey>,
    index: SealingKey,
}

/// A P-256 private key as PKCS#8 DER; checked to be one.
#[derive(Clone, Debug)]
pub struct DecisionKey(Redacted<Vec<u8>>);

#[derive(Clone, Debug)]
pub struct KeysConfig {
    /// `SOID_KEY_RING_FILE` or `SOID_KEY_RING`
    pub ring: KeyRingConfig,
    /// `SOID_DECISION_KEY_FILE`
    pub decision: DecisionKey,
    /// `SOID_FORMER_DECISION_KEYS_FILE`
    pub former_decisions: KeySet,
}

impl DecisionKey {
    /// From PEM, `-----BEGIN PRIVATE KEY-----`.
    pub fn from_pem(pem: &[u8]) -> Result<Self, &'static str> {
        let der =
            PrivatePkcs8KeyDer::from_pem_slice(pem).map_err(|_| "holds no PKCS#8 private key as PEM")?;
        Self::from_pkcs8(der.secret_pkcs8_der().to_vec())
    }

    /// From PKCS#8 DER.
    pub fn from_pkcs8(der: Vec<u8>) -> Result<Self, &'static str> {
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &der)
            .map_err(|_| "holds a private key that is not on the curve P-256")?;
        Ok(Self(Redacted::new(der)))
    }

    /// The DER, for the signer.
    pub fn pkcs8(&self) -> &[u8] {
        self.0.reveal()
    }
}

impl KeyRingConfig {
    /// From the JSON of `SOID_KEY_RING`. No message repeats any of it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let written: Written = serde_json::from_str(text).map_err(|error| {
            // serde's own text could repeat a value.
            format!("is not the key ring's JSON (line {}, column {})", error.line(), error.column())
        })?;
        let decoded = written.keys.iter().map(|(version, key)| Ok((*version, decode(version, key)?)));
        let keys = decoded.collect::<Result<BTreeMap<_, _>, String>>()?;
        if !keys.contains_key(&written.current) {
            return Err(format!("has no key {}, which current names", written.current));
        }
        let ring =
            Self { text: Redacted::new(text.to_owned()), keys, index: decode("index", &written.index)? };
        let different: BTreeSet<_> = ring.keys().map(|(_, key)| key.reveal()).collect();
        if different.len() != ring.keys().count() {
            return Err("holds the same key twice; every key must be its own".to_owned());
        }
        Ok(ring)
    }

    /// The JSON itself, for the store.
    pub fn text(&self) -> &str {
        self.text.reveal()
    }

    /// A key for another purpose, the same on every node that has this ring: HKDF (RFC 5869 §2) of the index key,
    /// which never changes.
    pub fn derived(&self, purpose: &str) -> SealingKey {
        let extracted = hmac::sign(&hmac::Key::new(HMAC_SHA256, b"soid derived keys"), self.index.reveal());
        let block = [purpose.as_bytes(), &[1]].concat();
        let expanded = hmac::sign(&hmac::Key::new(HMAC_SHA256, extracted.as_ref()), &block);
        let mut key = [0; 32];
        key.iter_mut().zip(expanded.as_ref()).for_each(|(to, from)| *to = *from);
        Redacted::new(key)
    }

    /// Every key with its name: the versions, then the key of blind indexes.
    pub(super) fn keys(&self) -> impl Iterator<Item = (String, &SealingKey)> {
        let versions = self.keys.iter().map(|(version, key)| (version.to_string(), key));
        versions.chain([("index".to_owned(), &self.index)])
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    current: u32,
    keys: BTreeMap<u32, String>,
    index: String,
}

fn decode(name: impl Display, key: &str) -> Result<SealingKey, String> {
    let bytes = STANDARD.decode(key).ok().and_then(|bytes| bytes.try_into().ok());
    bytes.map(Redacted::new).ok_or_else(|| format!("the key {name} must be 32 bytes in base64"))
}

pub(super) fn read(reader: &mut Reader<'_>) -> Option<KeysConfig> {
    let ring = read_ring(reader);
    let pem = reader.file(&DECISION_KEY_FILE);
    let decision = pem.and_then(|pem| {
        DecisionKey::from_pem(&pem).map_err(|fault| reader.refuse(&DECISION_KEY_FILE, fault)).ok()
    });
    let former_decisions = read_former(reader);
    Some(KeysConfig { ring: ring?, decision: decision?, former_decisions: former_decisions? })
}

/// No variable, no former keys; a key of the set that cannot be used is a fault and not passed over.
fn read_former(reader: &mut Reader<'_>) -> Option<KeySet> {
    if reader.text(&FORMER_DECISION_KEYS_FILE).is_none() {
        return Some(KeySet::default());
    }
    let json = reader.file(&FORMER_DECISION_KEYS_FILE)?;
    let written: serde_json::Value = serde_json::from_slice(&json).unwrap_or_default();
    let named = written.get("keys").and_then(serde_json::Value::as_array).map_or(0, Vec::len);
    let keys = KeySet::from_jwk_set(&written);
    let usable = keys.jwk_set().get("keys").and_then(serde_json::Value::as_array).map_or(0, Vec::len);
    if named == 0 || named != usable {
        reader.refuse(&FORMER_DECISION_KEYS_FILE, "the file is no JWK set of P-256 keys, each with its kid");
        return None;
    }
    Some(keys)
}

fn read_ring(reader: &mut Reader<'_>) -> Option<KeyRingConfig> {
    let (file, variable) = (reader.text(&KEY_RING_FILE), reader.text(&KEY_RING));
    let (source, json) = match (file, variable) {
        (Some(_), Some(_)) => {
            reader.refuse(&KEY_RING, "is set beside SOID_KEY_RING_FILE; set one of the two");
            return None;
        }
        (None, None) => {
            reader.refuse(&KEY_RING_FILE, "must be set, or SOID_KEY_RING");
            return None;
        }
        (Some(_), None) => {
            (&KEY_RING_FILE, String::from_utf8(reader.file(&KEY_RING_FILE)?).unwrap_or_default())
        }
        (None, Some(json)) => (&KEY_RING, json),
    };
    KeyRingConfig::parse(json.trim()).map_err(|fault| reader.refuse(source, fault)).ok()
}
