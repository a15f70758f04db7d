//! The random key of one document.

use super::{Place, open_with, seal_with, split_version};
use crate::StoreError;
use aws_lc_rs::aead::{AES_256_GCM, RandomizedNonceKey};
use aws_lc_rs::rand;
use std::fmt;
use zeroize::Zeroizing;

/// Seals the contents of one document. It exists in the clear in memory only.
pub struct DataKey {
    /// The ring's version under which the key was made; it stays when the key is wrapped anew.
    version: u32,
    bytes: Zeroizing<[u8; 32]>,
    key: RandomizedNonceKey,
}

impl DataKey {
    pub(super) fn random(version: u32) -> Result<Self, StoreError> {
        let mut bytes = Zeroizing::new([0; 32]);
        rand::fill(bytes.as_mut()).map_err(|_| StoreError::unavailable("no randomness"))?;
        Self::from_parts(version, bytes)
            .ok_or_else(|| StoreError::unavailable("the sealing key cannot be used"))
    }

    pub(super) fn from_parts(version: u32, bytes: Zeroizing<[u8; 32]>) -> Option<Self> {
        let key = RandomizedNonceKey::new(&AES_256_GCM, bytes.as_ref()).ok()?;
        Some(Self { version, bytes, key })
    }

    /// What the ring wraps: version, then key.
    pub(super) fn to_plain(&self) -> Zeroizing<Vec<u8>> {
        let mut plain = Zeroizing::new(Vec::with_capacity(36));
        plain.extend_from_slice(&self.version.to_be_bytes());
        plain.extend_from_slice(self.bytes.as_ref());
        plain
    }

    pub(super) fn from_plain(plain: &[u8]) -> Option<Self> {
        let (version, rest) = plain.split_first_chunk::<4>()?;
        let bytes: [u8; 32] = rest.try_into().ok()?;
        Self::from_parts(u32::from_be_bytes(*version), Zeroizing::new(bytes))
    }

    /// The same key for work that outlives the transaction in which it was unwrapped.
    pub fn duplicate(&self) -> Result<Self, StoreError> {
        Self::from_parts(self.version, self.bytes.clone())
            .ok_or_else(|| StoreError::unavailable("the sealing key cannot be used"))
    }

    pub fn seal(&self, place: Place<'_>, plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        seal_with(&self.key, self.version, place, plain)
    }

    /// [`StoreError::Corrupt`] when the value was altered, belongs elsewhere or to another key.
    pub fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
        let (version, rest) = split_version(sealed).ok_or_else(|| place.corrupt())?;
        if version != self.version {
            return Err(place.corrupt());
        }
        open_with(&self.key, version, place, rest)
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(…)")
    }
}
