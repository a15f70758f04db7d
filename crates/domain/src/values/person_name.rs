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
