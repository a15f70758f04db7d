//! The number of a batch as it stands on the packs.

use super::faults;
use super::text::is_hidden;
use crate::problem::ProblemType;

public_value! {
    /// 1 to 60 characters on one line, single spaces inside, none around: what is typed twice is found once.
    BatchNumber
}

impl BatchNumber {
    /// Outer spaces are dropped and letters are raised, since packs and forms differ in both.
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let text = text.trim_matches(' ').to_uppercase();
        let is_legal = (1..=60).contains(&text.chars().count())
            && !text.contains("  ")
            && !text.chars().any(|c| is_hidden(c) || (c.is_whitespace() && c != ' '));
        if is_legal { Ok(Self(text)) } else { Err(faults::BATCH) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_typed_differently_is_one_batch() {
        for text in ["L25B117", " L25B117 ", "l25b117"] {
            assert_eq!(BatchNumber::parse(text).map(String::from).as_deref(), Ok("L25B117"), "{text:?}");
        }
        assert_eq!(BatchNumber::parse("AB 12/3").map(String::from).as_deref(), Ok("AB 12/3"));
    }

    #[test]
    fn what_a_reader_would_take_for_another_batch_is_refused() {
        for text in ["", " ", "A\n1", "A\t1", "A  1", "A\u{a0}1", "A123\u{200B}", &"A".repeat(61)] {
            assert_eq!(BatchNumber::parse(text), Err(faults::BATCH), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn every_legal_one_comes_back(text in "[A-Z0-9][A-Z0-9/.-]{0,59}") {
            prop_assert_eq!(BatchNumber::parse(&text).map(String::from), Ok(text));
        }
    }
}
