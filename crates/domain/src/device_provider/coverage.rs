//! What of the list of devices a contract covers: a letter, a part of it, or one code.

use super::refusals::COVERAGE;
use crate::problem::ProblemType;
use crate::values::DeviceCode;
use serde::{Deserialize, Serialize};
use std::fmt;

/// `Y` for all groups of the letter, `Y.06` for those of a part, `Y.06.01` for one group with all that its code begins.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Coverage(String);

impl Coverage {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let is_letter = |part: &str| part == "Ł" || matches!(part.as_bytes(), [b] if b.is_ascii_uppercase());
        let is_part = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
        let is_legal = match text.split('.').collect::<Vec<_>>().as_slice() {
            [letter] => is_letter(letter),
            [letter, part] if is_letter(letter) && is_part(part) => true,
            _ => DeviceCode::parse(text).is_ok(),
        };
        if is_legal { Ok(Self(text.to_owned())) } else { Err(COVERAGE) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a code, of the regulation or of the payer, is this one or begins with its parts.
    pub fn covers(&self, code: &str) -> bool {
        code.strip_prefix(self.0.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }

    /// Itself and everything that covers it, the letter first.
    pub fn wider(&self) -> Vec<String> {
        let ends = self.0.match_indices('.').map(|(at, _)| at).chain([self.0.len()]);
        ends.filter_map(|end| self.0.get(..end)).map(str::to_owned).collect()
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Coverage {
    type Error = &'static ProblemType;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Coverage> for String {
    fn from(coverage: Coverage) -> Self {
        coverage.0
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

    use super::*;

    #[test]
    fn a_letter_a_part_and_a_code_are_read() {
        for text in ["Y", "Ł", "S.15", "S.15.01", "W.01.01.I", "P.084", "Ł.054"] {
            assert_eq!(Coverage::parse(text).unwrap().as_str(), text);
        }
        for text in ["", "y", "YY", "S.1", "S.", ".15", "S.15.1", "S.15.01.00", "%", "S.__"] {
            assert_eq!(Coverage::parse(text), Err(COVERAGE), "{text}");
        }
    }

    #[test]
    fn what_begins_with_its_parts_is_covered_and_nothing_else() {
        let covers = |of: &str, code: &str| Coverage::parse(of).unwrap().covers(code);
        for (of, code) in [
            ("Y", "Y.06.01"),
            ("Y.06", "Y.06.01"),
            ("Y.06.01", "Y.06.01.00"),
            ("W.01.01", "W.01.01.I"),
            ("P", "P.084"),
        ] {
            assert!(covers(of, code), "{of} {code}");
        }
        for (of, code) in [
            ("Y.06", "Y.07.01"),
            ("Y.06.01", "Y.06.02"),
            ("S.15.01", "S.15"),
            ("P", "PP.084"),
            ("W.01.01.I", "W.01.01.IP"),
        ] {
            assert!(!covers(of, code), "{of} {code}");
        }
        assert_eq!(Coverage::parse("S.15.01").unwrap().wider(), ["S", "S.15", "S.15.01"]);
    }
}
