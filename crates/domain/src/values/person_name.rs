//! A given name or a family name.

use super::faults;
use crate::problem::ProblemType;

const MAX: usize = 80;

personal_value! {
    /// 1 to 80 characters: letters of any alphabet, spaces, hyphens, apostrophes and dots.
    PersonName
}

impl PersonName {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let text = text.trim();
        let legal = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | '.');
        if text.chars().count() <= MAX && text.chars().all(legal) && text.chars().any(char::is_alphabetic) {
            Ok(Self(text.to_owned()))
        } else {
            Err(faults::PERSON_NAME)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn good_ones_are_read_and_printed_alike() {
        for text in ["Testowa", "Łucja-Żaneta", "O'Przykładowy", "d’Arc", "J. M.", "Nguyễn", "Ж"] {
            assert_eq!(PersonName::parse(text).map(String::from).as_deref(), Ok(text));
        }
    }

    #[test]
    fn bad_ones_are_refused() {
        for text in ["", "   ", "-", "'.", "Anna1", "Anna\nTestowa", "Anna@", "Anna\u{202E}", "a,b", "<b>"] {
            assert_eq!(PersonName::parse(text), Err(faults::PERSON_NAME), "{text}");
        }
    }

    #[test]
    fn it_is_trimmed_and_has_at_most_eighty_characters() {
        assert_eq!(PersonName::parse("  Testowa ").map(String::from).as_deref(), Ok("Testowa"));
        assert!(PersonName::parse(&"ż".repeat(80)).is_ok());
        assert_eq!(PersonName::parse(&"ż".repeat(81)), Err(faults::PERSON_NAME));
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", PersonName::parse("Testowa")), "Ok(…)");
    }

    proptest! {
        #[test]
        fn every_plain_name_comes_back(text in "[A-ZĄĆĘŁŃÓŚŹŻ][a-ząćęłńóśźż]{0,38}([ -][A-Z][a-z]{0,38})?") {
            prop_assert_eq!(PersonName::parse(&text).map(String::from), Ok(text));
        }
    }
}
