//! ATC and ATCvet: the class of an active substance.

use super::faults;
use crate::problem::ProblemType;

/// The fourteen main groups of ATC; ATCvet adds `I` for immunologicals.
const HUMAN: &[u8] = b"ABCDGHJLMNPRSV";
const VETERINARY: &[u8] = b"ABCDGHIJLMNPRSV";

public_value! {
    /// A code of any of the five levels, e.g. `N`, `N03`, `N03A`, `N03AX`, `N03AX17`; ATCvet has the
    /// prefix `Q`.
    Atc
}

impl Atc {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let is_valid = match text.strip_prefix('Q') {
            Some(rest) => is_code(rest, VETERINARY),
            None => is_code(text, HUMAN),
        };
        if is_valid { Ok(Self(text.to_owned())) } else { Err(faults::ATC) }
    }

    pub fn is_veterinary(&self) -> bool {
        self.0.starts_with('Q')
    }
}

fn is_code(text: &str, groups: &[u8]) -> bool {
    let level = |at: usize, b: u8| match at {
        0 => groups.contains(&b),
        3 | 4 => b.is_ascii_uppercase(),
        _ => b.is_ascii_digit(),
    };
    matches!(text.len(), 1 | 3 | 4 | 5 | 7) && text.bytes().enumerate().all(|(at, b)| level(at, b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn good_ones_are_read_and_printed_alike() {
        for text in ["N", "N03", "N03A", "N03AX", "N03AX17", "QJ", "QJ01CA04", "QI01AA"] {
            assert_eq!(Atc::parse(text).map(String::from).as_deref(), Ok(text));
        }
    }

    #[test]
    fn bad_ones_are_refused() {
        for text in [
            "", "Q", "n03", "N0", "N03A1", "N03AX1", "N03AX171", "E03", "I01", "QQ", "QE01", "QJ01CA4",
            "N03-X",
        ] {
            assert_eq!(Atc::parse(text), Err(faults::ATC), "{text}");
        }
    }

    #[test]
    fn the_prefix_q_is_veterinary() {
        assert_eq!(Atc::parse("QJ01CA04").map(|atc| atc.is_veterinary()), Ok(true));
        assert_eq!(Atc::parse("J01CA04").map(|atc| atc.is_veterinary()), Ok(false));
    }

    proptest! {
        #[test]
        fn every_code_of_the_shape_comes_back(text in "Q?[ABCDGHJLMNPRSV]([0-9]{2}([A-Z]([A-Z]([0-9]{2})?)?)?)?") {
            prop_assert_eq!(Atc::parse(&text).map(String::from), Ok(text));
        }
    }
}
