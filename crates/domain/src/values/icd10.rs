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
