//! The caller's own name for what it sent.

use super::faults;
use crate::problem::ProblemType;

public_value! {
    /// 1 to 64 visible ASCII characters without spaces.
    ClientReference
}

impl ClientReference {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        if (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(faults::CLIENT_REFERENCE)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn good_ones_are_read_and_printed_alike() {
        for text in ["A", "HIS/2026/07-14_001", "{3F}"] {
            assert_eq!(ClientReference::parse(text).map(String::from).as_deref(), Ok(text));
        }
    }

    #[test]
    fn bad_ones_are_refused() {
        for text in
            ["", "a b", "zażółć", "a\n", "12345678901234567890123456789012345678901234567890123456789012345"]
        {
            assert_eq!(ClientReference::parse(text), Err(faults::CLIENT_REFERENCE), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_visible_text_comes_back(text in "[!-~]{1,64}") {
            prop_assert_eq!(ClientReference::parse(&text).map(String::from), Ok(text));
        }
    }
}
