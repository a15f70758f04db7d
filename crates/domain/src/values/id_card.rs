//! The series and number of a Polish identity card.

use super::digits::{is_series_and_digits, letter_values, weighted, without_spaces};
use super::faults;
use crate::problem::ProblemType;

personal_value! {
    /// Three letters and six digits, of which the first is a check digit; spaces and small letters
    /// are accepted and put right.
    IdCard
}

impl IdCard {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let text = without_spaces(text);
        let all: [u32; 9] = letter_values(&text).ok_or(faults::ID_CARD)?;
        let [.., check, _, _, _, _, _] = all;
        let fits = weighted(&all, &[7, 3, 1, 0, 7, 3, 1, 7, 3]) % 10 == check;
        if fits && is_series_and_digits(&text, 3) { Ok(Self(text)) } else { Err(faults::ID_CARD) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn good_ones_are_read_and_printed_alike() {
        for text in ["ABA300000", "AAA000000"] {
            assert_eq!(IdCard::parse(text).map(String::from).as_deref(), Ok(text));
        }
    }

    #[test]
    fn bad_ones_are_refused() {
        for text in [
            "",
            "ABA300001",
            "ABA400000",
            "AB1300000",
            "ABA30000",
            "ABA3000000",
            "ABA30000O",
            "ŁBA300000",
            "123456789",
        ] {
            assert_eq!(IdCard::parse(text), Err(faults::ID_CARD), "{text}");
        }
    }

    #[test]
    fn spaces_and_small_letters_are_put_right() {
        assert_eq!(IdCard::parse("aba 300000"), IdCard::parse("ABA300000"));
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", IdCard::parse("ABA300000")), "Ok(…)");
    }

    proptest! {
        #[test]
        fn every_number_has_one_check_digit(series in "[A-Z]{3}", number in 0u32..100_000) {
            let found: Vec<_> = (0..10).filter_map(|check| IdCard::parse(&format!("{series}{check}{number:05}")).ok()).collect();
            prop_assert_eq!(found.len(), 1);
            for card in found {
                prop_assert_eq!(IdCard::parse(card.reveal()), Ok(card));
            }
        }
    }
}
