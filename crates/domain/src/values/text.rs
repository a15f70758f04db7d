//! Free text of a bounded length.

use super::faults;
use crate::problem::ProblemType;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Trimmed, not empty, at most `MAX` characters, and nothing in it that a reader of the signed
/// document would not see. Free text may name a patient, so `Debug` is mute and `Display` is missing.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Text<const MAX: usize>(String);

impl<const MAX: usize> Text<MAX> {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let text = text.trim();
        if text.is_empty() {
            return Err(faults::TEXT_EMPTY);
        }
        if text.chars().count() > MAX {
            return Err(faults::TEXT_TOO_LONG);
        }
        if text.chars().any(is_hidden) {
            return Err(faults::TEXT_CHARACTERS);
        }
        Ok(Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same text where more room is given; less room does not compile.
    #[must_use]
    pub fn widen<const WIDER: usize>(self) -> Text<WIDER> {
        const { assert!(MAX <= WIDER, "a text is not cut") };
        Text(self.0)
    }
}

/// Control characters but line feed and tab, and those that make a text read otherwise than it is
/// stored: marks, embeddings, overrides and isolates of direction (UAX #9 §2), what joins or breaks
/// words and lines unseen, the soft hyphen and the byte order mark.
pub(super) fn is_hidden(c: char) -> bool {
    let is_allowed = matches!(c, '\n' | '\t');
    let is_of_direction =
        matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let is_unseen = matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}');
    (c.is_control() && !is_allowed) || is_of_direction || is_unseen
}

impl<const MAX: usize> fmt::Debug for Text<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

impl<const MAX: usize> TryFrom<String> for Text<MAX> {
    type Error = &'static ProblemType;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl<const MAX: usize> From<Text<MAX>> for String {
    fn from(text: Text<MAX>) -> Self {
        text.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_keeps_every_character_where_more_room_is_given() {
        let narrow = Text::<4>::parse("żółw");
        assert_eq!(narrow.map(|text| text.widen::<9>().as_str().to_owned()), Ok("żółw".to_owned()));
    }

    #[test]
    fn it_is_trimmed_and_counted_in_characters() {
        assert_eq!(Text::<5>::parse("  żółty\n").map(String::from).as_deref(), Ok("żółty"));
        assert_eq!(Text::<4>::parse("żółty"), Err(faults::TEXT_TOO_LONG));
        assert_eq!(Text::<4>::parse(" \n\t "), Err(faults::TEXT_EMPTY));
        assert_eq!(Text::<4>::parse(""), Err(faults::TEXT_EMPTY));
    }

    #[test]
    fn a_line_feed_and_a_tab_are_text() {
        assert_eq!(Text::<9>::parse("a\n\tb").map(String::from).as_deref(), Ok("a\n\tb"));
    }

    #[test]
    fn what_a_reader_would_not_see_is_refused() {
        for c in [
            '\0', '\r', '\u{1b}', '\u{7f}', '\u{85}', '\u{AD}', '\u{61C}', '\u{200B}', '\u{200F}',
            '\u{2028}', '\u{202E}', '\u{2060}', '\u{2066}', '\u{FEFF}',
        ] {
            assert_eq!(Text::<9>::parse(&format!("a{c}b")), Err(faults::TEXT_CHARACTERS), "{c:?}");
        }
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Text::<99>::parse("choroba pani Testowej")), "Ok(…)");
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in r"[ !-~ąćęłńóśźż\n\t]{0,40}") {
            if let Ok(read) = Text::<40>::parse(&text) {
                prop_assert_eq!(Text::parse(read.as_str()), Ok(read.clone()));
                let json = serde_json::to_string(&read).unwrap_or_default();
                prop_assert_eq!(serde_json::from_str(&json).ok(), Some(read));
            } else {
                prop_assert!(text.trim().is_empty());
            }
        }
    }
}
