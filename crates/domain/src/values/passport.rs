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
