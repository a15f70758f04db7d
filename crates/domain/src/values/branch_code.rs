//! Codes of the payer's regional branches.

use super::faults;
use crate::problem::ProblemType;

const LAST: u8 = 16;

public_value! {
    /// A regional branch of the payer, `01` to `16` (eZWM v2.1.6 p. 60). `00` says that none is known, and is none.
    BranchCode
}

impl BranchCode {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let is_two_digits = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
        let number: u8 = text.parse().unwrap_or_default();
        if is_two_digits && (1..=LAST).contains(&number) {
            Ok(Self(text.to_owned()))
        } else {
            Err(faults::BRANCH_CODE)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_codes_are_branches() {
        for number in 1..=16 {
            assert!(BranchCode::parse(&format!("{number:02}")).is_ok(), "{number}");
        }
        for text in ["", "0", "00", "17", "1", "7", "007", "+1", "0a", "99"] {
            assert_eq!(BranchCode::parse(text), Err(faults::BRANCH_CODE), "{text}");
        }
    }
}
