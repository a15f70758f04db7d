//! Encryption at rest: what names a patient, and everything that repeats it (RODO art. 32(1)(a)).
//!
//! Each document has a random [`DataKey`] of its own, kept wrapped by the [`KeyRing`]; changing the
//! ring's current key re-wraps the data keys and leaves the contents alone, and losing a wrapped key
//! erases the contents. AES-256-GCM binds each value to its place ([`Place`]) and to the version of
//! its key, so that a value moved to another row does not open.

mod blind_index;
mod data_key;
mod key_ring;
pub mod segments;

pub use blind_index::BlindIndex;
pub use data_key::DataKey;
pub use key_ring::{KeyRing, KeyRingError, Rewrapped};

use crate::StoreError;
use aws_lc_rs::aead::{Aad, NONCE_LEN, Nonce, RandomizedNonceKey};

/// Where a sealed value stands.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub table: &'static str,
    pub column: &'static str,
    pub id: &'a str,
}

impl<'a> Place<'a> {
    pub fn new(table: &'static str, column: &'static str, id: &'a str) -> Self {
        Self { table, column, id }
    }

    /// Each part with its length before it, so that no two places read alike.
    fn additional_data(&self, version: u32) -> Vec<u8> {
        let mut data = Vec::with_capacity(64);
        for part in [self.table, self.column, self.id] {
            data.extend_from_slice(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            data.extend_from_slice(part.as_bytes());
        }
        data.extend_from_slice(&version.to_be_bytes());
        data
    }

    fn corrupt(&self) -> StoreError {
        StoreError::corrupt(self.table, self.id)
    }
}

/// A new random key for a new document, as the ring wraps it.
pub struct NewKey {
    pub key: DataKey,
    pub wrapped: Vec<u8>,
    pub version: i32,
}

impl NewKey {
    pub fn new(ring: &KeyRing, place: Place<'_>) -> Result<Self, StoreError> {
        let key = ring.new_data_key()?;
        let wrapped = ring.wrap(place, &key)?;
        Ok(Self { key, wrapped, version: i32::try_from(ring.current_version()).unwrap_or(i32::MAX) })
    }
}

/// The first byte of everything sealed; another layout gets another number.
const LAYOUT: u8 = 1;

/// Layout, key version, nonce, then ciphertext with its tag.
fn seal_with(
    key: &RandomizedNonceKey,
    version: u32,
    place: Place<'_>,
    plain: &[u8],
) -> Result<Vec<u8>, StoreError> {
    let mut text = plain.to_vec();
    let nonce = key
        .seal_in_place_append_tag(Aad::from(place.additional_data(version)), &mut text)
        .map_err(|_| StoreError::unavailable("the sealing key cannot be used"))?;
    let mut sealed = Vec::with_capacity(1 + 4 + NONCE_LEN + text.len());
    sealed.push(LAYOUT);
    sealed.extend_from_slice(&version.to_be_bytes());
    sealed.extend_from_slice(nonce.as_ref());
    sealed.append(&mut text);
    Ok(sealed)
}

/// The version in the header and what follows it.
fn split_version(sealed: &[u8]) -> Option<(u32, &[u8])> {
    let (&[LAYOUT, a, b, c, d], rest) = sealed.split_first_chunk::<5>()? else { return None };
    Some((u32::from_be_bytes([a, b, c, d]), rest))
}

fn open_with(
    key: &RandomizedNonceKey,
    version: u32,
    place: Place<'_>,
    rest: &[u8],
) -> Result<Vec<u8>, StoreError> {
    let (nonce, text) = rest.split_first_chunk::<NONCE_LEN>().ok_or_else(|| place.corrupt())?;
    let mut text = text.to_vec();
    let nonce = Nonce::assume_unique_for_key(*nonce);
    let length = key
        .open_in_place(nonce, Aad::from(place.additional_data(version)), &mut text)
        .map_err(|_| place.corrupt())?
        .len();
    text.truncate(length);
    Ok(text)
}
