//! ICD-10: the code of a diagnosis.

use super::faults;
use crate::problem::ProblemType;

public_value! {
    /// A letter, two digits and, after a dot, at most two more (`^[A-Z]\d{2}(\.\d{1,2})?$`).
    Icd10
}

impl Icd10 {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let (category, detail) = match text.split_once('.') {
            Some((category, detail)) => (category, Some(detail)),
            None => (text, None),
        };
        let is_category = matches!(category.as_bytes(), [b'A'..=b'Z', b'0'..=b'9', b'0'..=b'9']);
        let is_detail =
            |detail: &str| matches!(detail.as_bytes(), [b'0'..=b'9'] | [b'0'..=b'9', b'0'..=b'9']);
        if is_category && detail.is_none_or(is_detail) {
            Ok(Self(text.to_owned()))
        } else {
            Err(faults::ICD10)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn good_ones_are_read_and_printed_alike() {
        for text in ["E75", "E75.2", "Z99.89"] {
            assert_eq!(Icd10::parse(text).map(String::from).as_deref(), Ok(text));
        }
    }

    #[test]
    fn bad_ones_are_refused() {
        for text in ["", "E7", "e75.2", "E75.", "E75.123", "E752", "75.2", "E75.a", "E75.2.1", " E75"] {
            assert_eq!(Icd10::parse(text), Err(faults::ICD10), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_code_of_the_shape_comes_back(text in r"[A-Z][0-9]{2}(\.[0-9]{1,2})?") {
            prop_assert_eq!(Icd10::parse(&text).map(String::from), Ok(text));
        }
    }
}
