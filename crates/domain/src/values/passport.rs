//! The series and number of a Polish passport.

use super::digits::{is_series_and_digits, letter_values, weighted, without_spaces};
use super::faults;
use crate::problem::ProblemType;

personal_value! {
    /// Two letters and seven digits, of which the first is a check digit; spaces and small letters
    /// are accepted and put right.
    Passport
}

impl Passport {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let text = without_spaces(text);
        let all: [u32; 9] = letter_values(&text).ok_or(faults::PASSPORT)?;
        let [_, _, check, ..] = all;
        let fits = weighted(&all, &[7, 3, 0, 1, 7, 3, 1, 7, 3]) % 10 == check;
        if fits && is_series_and_digits(&text, 2) { Ok(Self(text)) } else { Err(faults::PASSPORT) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn good_ones_are_read_and_printed_alike() {
        for text in ["ZS0000177", "CC7999486"] {
            assert_eq!(Passport::parse(text).map(String::from).as_deref(), Ok(text));
        }
    }

    #[test]
    fn bad_ones_are_refused() {
        for text in ["", "AB1234567", "ZS0000178", "Z00000177", "ZSA000177", "ZS000017", "ZS00001770"] {
            assert_eq!(Passport::parse(text), Err(faults::PASSPORT), "{text}");
        }
    }

    #[test]
    fn spaces_and_small_letters_are_put_right() {
        assert_eq!(Passport::parse("zs 0000177"), Passport::parse("ZS0000177"));
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Passport::parse("ZS0000177")), "Ok(…)");
    }

    proptest! {
        #[test]
        fn every_number_has_one_check_digit(series in "[A-Z]{2}", number in 0u32..1_000_000) {
            let found: Vec<_> = (0..10).filter_map(|check| Passport::parse(&format!("{series}{check}{number:06}")).ok()).collect();
            prop_assert_eq!(found.len(), 1);
            for passport in found {
                prop_assert_eq!(Passport::parse(passport.reveal()), Ok(passport));
            }
        }
    }
}
