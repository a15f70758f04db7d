//! Keys that were not made by chance.

use crate::config::keys::EXAMPLE_KEYS;
use std::collections::BTreeSet;

/// 32 random bytes have 30 different values on average; fewer than this happens to nobody.
const LEAST_DIFFERENT: usize = 16;

/// What gives the key away, if anything does.
pub(super) fn weakness(key: &[u8; 32]) -> Option<&'static str> {
    if EXAMPLE_KEYS.contains(&key) {
        return Some("is the published example");
    }
    if key.iter().all(|byte| (b' '..=b'~').contains(byte)) {
        return Some("is text");
    }
    if key.iter().collect::<BTreeSet<_>>().len() < LEAST_DIFFERENT {
        return Some("repeats a few bytes");
    }
    let steps: BTreeSet<u8> = key.windows(2).filter_map(step).collect();
    (steps.len() == 1).then_some("counts in equal steps")
}

fn step(pair: &[u8]) -> Option<u8> {
    Some(pair.last()?.wrapping_sub(*pair.first()?))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

    use super::*;

    #[test]
    fn the_published_examples_are_weak() {
        for key in EXAMPLE_KEYS {
            assert_eq!(weakness(key), Some("is the published example"));
        }
    }

    #[test]
    fn a_key_of_equal_bytes_is_weak() {
        for byte in [0, 7, 255] {
            assert_eq!(weakness(&[byte; 32]), Some("repeats a few bytes"));
        }
    }

    #[test]
    fn a_key_that_somebody_typed_is_weak() {
        assert_eq!(weakness(b"correct horse battery staple, ok"), Some("is text"));
    }

    #[test]
    fn a_key_that_counts_is_weak() {
        let counting: Vec<u8> = (0..32).map(|n: u8| n.wrapping_mul(9).wrapping_add(130)).collect();
        assert_eq!(weakness(&counting.try_into().unwrap()), Some("counts in equal steps"));
    }

    #[test]
    fn a_random_key_is_not_weak() {
        for _ in 0..1000 {
            let mut key = [0; 32];
            aws_lc_rs::rand::fill(&mut key).unwrap();
            assert_eq!(weakness(&key), None);
        }
    }
}
