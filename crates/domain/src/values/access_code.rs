//! The code that opens an order beside the patient's PESEL.

use super::faults;
use crate::problem::ProblemType;

const CODES: u32 = 10_000;

personal_value! {
    /// Four digits. It is given only to patients with a PESEL, and tells apart the open orders of one patient (DO-17).
    AccessCode
}

impl AccessCode {
    /// The code of that number, counted from zero; beyond the last it starts anew.
    pub fn numbered(number: u32) -> Self {
        Self(format!("{:04}", number % CODES))
    }

    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let is_legal = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        if is_legal { Ok(Self(text.to_owned())) } else { Err(faults::ACCESS_CODE) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_four_digits() {
        assert_eq!(AccessCode::numbered(7), AccessCode::parse("0007").unwrap_or(AccessCode::numbered(8)));
        assert_eq!(AccessCode::numbered(10_007), AccessCode::numbered(7));
        for text in ["", "123", "12345", "12a4", "１２３４", " 123"] {
            assert_eq!(AccessCode::parse(text), Err(faults::ACCESS_CODE), "{text}");
        }
    }

    #[test]
    fn a_code_is_not_printed() {
        assert_eq!(format!("{:?}", AccessCode::numbered(1234)), "…");
    }
}
