//! The keys that wrap the data keys: several versions, one of them current.

use super::{BlindIndex, DataKey, Place, open_with, seal_with, split_version};
use crate::StoreError;
use aws_lc_rs::aead::{AES_256_GCM, RandomizedNonceKey};
use aws_lc_rs::hmac;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use zeroize::Zeroizing;

/// Wraps data keys and makes blind indexes. Cheap to share behind an `Arc`; prints nothing.
pub struct KeyRing {
    current: u32,
    keys: BTreeMap<u32, RandomizedNonceKey>,
    index: hmac::Key,
}

/// Why a text is no key ring. It never repeats any of the text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyRingError {
    #[error("the key ring is not the JSON object {{\"current\": 1, \"keys\": {{\"1\": …}}, \"index\": …}}")]
    Shape,
    #[error("key {0} of the ring is not 32 bytes in standard base64")]
    Key(String),
    #[error("the current key {0} is not in the ring")]
    NoCurrent(u32),
}

/// A data key wrapped anew, and under which version of the ring.
#[derive(Clone, PartialEq, Eq)]
pub struct Rewrapped {
    pub version: u32,
    pub wrapped: Vec<u8>,
}

/// Borrows from the text, so that parsing leaves no copies of the keys behind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RingText<'a> {
    current: u32,
    #[serde(borrow)]
    keys: BTreeMap<u32, &'a str>,
    index: &'a str,
}

impl KeyRing {
    /// Reads `{"current": 2, "keys": {"1": "<base64>", "2": "<base64>"}, "index": "<base64>"}`; every
    /// key is 32 bytes in standard base64. `index` never changes: stored blind indexes depend on it.
    pub fn parse(text: &str) -> Result<Self, KeyRingError> {
        let text: RingText<'_> = serde_json::from_str(text).map_err(|_| KeyRingError::Shape)?;
        let mut keys = BTreeMap::new();
        for (version, encoded) in &text.keys {
            let bytes = decode(&version.to_string(), encoded)?;
            let key = RandomizedNonceKey::new(&AES_256_GCM, bytes.as_ref())
                .map_err(|_| KeyRingError::Key(version.to_string()))?;
            keys.insert(*version, key);
        }
        if !keys.contains_key(&text.current) {
            return Err(KeyRingError::NoCurrent(text.current));
        }
        let index = hmac::Key::new(hmac::HMAC_SHA256, decode("index", text.index)?.as_ref());
        Ok(Self { current: text.current, keys, index })
    }

    /// The version under which keys are wrapped now.
    pub fn current_version(&self) -> u32 {
        self.current
    }

    /// A fresh key for a new document.
    pub fn new_data_key(&self) -> Result<DataKey, StoreError> {
        DataKey::random(self.current)
    }

    /// Wraps a data key for keeping at `place`.
    pub fn wrap(&self, place: Place<'_>, key: &DataKey) -> Result<Vec<u8>, StoreError> {
        let ring_key = self
            .keys
            .get(&self.current)
            .ok_or_else(|| StoreError::unavailable("the ring has no current key"))?;
        seal_with(ring_key, self.current, place, &key.to_plain())
    }

    /// [`StoreError::Corrupt`] when the wrapped key was altered, stands elsewhere, or its version of
    /// the ring is gone.
    pub fn unwrap(&self, place: Place<'_>, wrapped: &[u8]) -> Result<DataKey, StoreError> {
        let (version, rest) = split_version(wrapped).ok_or_else(|| place.corrupt())?;
        let ring_key = self.keys.get(&version).ok_or_else(|| place.corrupt())?;
        let plain = Zeroizing::new(open_with(ring_key, version, place, rest)?);
        DataKey::from_plain(&plain).ok_or_else(|| place.corrupt())
    }

    /// The same data key under the current version; `None` when it is that already.
    pub fn rewrap(&self, place: Place<'_>, wrapped: &[u8]) -> Result<Option<Rewrapped>, StoreError> {
        let (version, _) = split_version(wrapped).ok_or_else(|| place.corrupt())?;
        if version == self.current {
            return Ok(None);
        }
        let key = self.unwrap(place, wrapped)?;
        Ok(Some(Rewrapped { version: self.current, wrapped: self.wrap(place, &key)? }))
    }

    /// The index of an identifier: `kind` keeps a PESEL apart from a passport of the same digits.
    pub fn blind_index(&self, kind: &str, identifier: &str) -> BlindIndex {
        let mut context = hmac::Context::with_key(&self.index);
        for part in [kind, identifier] {
            context.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            context.update(part.as_bytes());
        }
        let mut bytes = [0; 32];
        bytes.copy_from_slice(context.sign().as_ref());
        BlindIndex(bytes)
    }
}

fn decode(name: &str, encoded: &str) -> Result<Zeroizing<[u8; 32]>, KeyRingError> {
    let wrong = || KeyRingError::Key(name.to_owned());
    let bytes = Zeroizing::new(BASE64_STANDARD.decode(encoded.trim()).map_err(|_| wrong())?);
    let bytes: [u8; 32] = bytes.as_slice().try_into().map_err(|_| wrong())?;
    Ok(Zeroizing::new(bytes))
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyRing(…)")
    }
}

impl fmt::Debug for Rewrapped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rewrapped(…)")
    }
}
