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
