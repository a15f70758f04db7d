//! Finding a patient by an identifier that is stored nowhere in the clear.

use std::fmt;

/// HMAC-SHA-256 of an identifier under the ring's index key.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct BlindIndex(pub(super) [u8; 32]);

impl BlindIndex {
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// An index tells which rows name the same patient and is not printed.
impl fmt::Debug for BlindIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BlindIndex(…)")
    }
}
