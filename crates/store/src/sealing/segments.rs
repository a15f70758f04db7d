//! A file sealed piece by piece, so that it is never held whole and can be read from any byte.
//!
//! Each segment is bound to its object, its place and whether it is the last, so that none can be moved, repeated or
//! left out unnoticed.

use super::{DataKey, LAYOUT, Place};
use crate::StoreError;
use aws_lc_rs::aead::{MAX_TAG_LEN, NONCE_LEN};
use std::ops::Range;

/// How many plain bytes a segment holds; the last one may hold fewer.
pub const SEGMENT: usize = 64 * 1024;
/// What sealing adds: layout, key version, nonce and tag.
const ADDED: usize = size_of_val(&LAYOUT) + size_of::<u32>() + NONCE_LEN + MAX_TAG_LEN;
/// The same sealed.
pub const SEALED_SEGMENT: usize = SEGMENT + ADDED;

/// [`SEGMENT`] as an offset.
pub const PLAIN: u64 = SEGMENT as u64;
const SEALED: u64 = SEALED_SEGMENT as u64;

/// A segment of an object.
#[derive(Clone, Copy, Debug)]
pub struct Segment<'a> {
    pub object: &'a str,
    /// From 0.
    pub index: u64,
    pub is_last: bool,
}

impl Segment<'_> {
    fn id(self) -> String {
        let Self { object, index, is_last } = self;
        format!("{object} {index} {}", if is_last { "last" } else { "more" })
    }

    pub fn seal(self, key: &DataKey, plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        key.seal(Place::new("attachments", "content", &self.id()), plain)
    }

    /// [`StoreError::Corrupt`] when the segment was altered or is not this one.
    pub fn open(self, key: &DataKey, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
        key.open(Place::new("attachments", "content", &self.id()), sealed)
    }
}

/// The segments that hold these bytes of a file.
pub fn holding(bytes: &Range<u64>) -> Range<u64> {
    bytes.start / PLAIN..bytes.end.div_ceil(PLAIN)
}

/// How many segments a file of this size has.
pub fn count(size: u64) -> u64 {
    size.div_ceil(PLAIN)
}

/// Where these segments of a file stand in its object.
pub fn sealed_bytes(size: u64, segments: &Range<u64>) -> Range<u64> {
    let whole = size + count(size) * (SEALED - PLAIN);
    (segments.start * SEALED).min(whole)..(segments.end * SEALED).min(whole)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops where it fails")]
    use super::*;
    use crate::sealing::KeyRing;

    fn some_key() -> DataKey {
        let part = |last: &str| "A".repeat(42) + last;
        let text = format!(r#"{{"current":1,"keys":{{"1":"{}"}},"index":"{}"}}"#, part("E="), part("I="));
        KeyRing::parse(&text).unwrap().new_data_key().unwrap()
    }

    const FIRST: Segment<'static> = Segment { object: "a", index: 0, is_last: false };

    #[test]
    fn a_sealed_segment_has_the_size_that_ranges_count_on() {
        let (key, plain) = (some_key(), vec![7; SEGMENT]);
        let sealed = FIRST.seal(&key, &plain).unwrap();
        assert_eq!(sealed.len(), SEALED_SEGMENT);
        assert_eq!(FIRST.open(&key, &sealed).unwrap(), plain);
    }

    #[test]
    fn a_segment_opens_in_its_own_place_only() {
        let key = some_key();
        let sealed = FIRST.seal(&key, b"abc").unwrap();
        for other in [
            Segment { object: "b", ..FIRST },
            Segment { index: 1, ..FIRST },
            Segment { is_last: true, ..FIRST },
        ] {
            assert!(matches!(other.open(&key, &sealed), Err(StoreError::Corrupt { .. })), "{other:?}");
        }
        let mut altered = sealed.clone();
        *altered.last_mut().unwrap() ^= 1;
        assert!(FIRST.open(&key, &altered).is_err());
        assert!(FIRST.open(&some_key(), &sealed).is_err());
    }

    #[test]
    fn ranges_meet_the_segments_that_hold_them() {
        assert_eq!(holding(&(0..1)), 0..1);
        assert_eq!(holding(&(PLAIN - 1..PLAIN + 1)), 0..2);
        assert_eq!(holding(&(PLAIN..2 * PLAIN)), 1..2);
        let size = 2 * PLAIN + 5;
        assert_eq!(count(size), 3);
        assert_eq!(sealed_bytes(size, &(0..1)), 0..SEALED);
        assert_eq!(sealed_bytes(size, &(1..3)), SEALED..2 * SEALED + 5 + (SEALED - PLAIN));
    }
}
