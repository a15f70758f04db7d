//! Codes of device groups: the regulation's and the payer's.

use super::faults;
use crate::problem::ProblemType;

const PAYER_CODE_LONGEST: usize = 16;

public_value! {
    /// The regulation's code of a group, `Y.06.01`, with the kind of stoma where the list tells kinds apart,
    /// `W.01.01.I`; before 2024 a letter and a list number, `P.084` (Dz.U. 2023 poz. 2461).
    DeviceCode
}

impl DeviceCode {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let parts: Vec<&str> = text.split('.').collect();
        let is_legal = match parts.as_slice() {
            [group, first, second] => is_letter(group) && is_digits(first, 2) && is_digits(second, 2),
            [group, first, second, kind] => {
                is_letter(group)
                    && is_digits(first, 2)
                    && is_digits(second, 2)
                    && ["I", "K", "U", "IP"].contains(kind)
            }
            [group, number] => is_letter(group) && is_list_number(number),
            _ => false,
        };
        if is_legal { Ok(Self(text.to_owned())) } else { Err(faults::DEVICE_CODE) }
    }
}

public_value! {
    /// The payer's code of what is supplied, `O.01.02.00.D2.PR`: 1 to 16 capital letters, digits and dots. What its
    /// parts mean is the payer's affair.
    PayerCode
}

impl PayerCode {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let is_legal = (1..=PAYER_CODE_LONGEST).contains(&text.len())
            && text.split('.').all(|part| {
                !part.is_empty() && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
            });
        if is_legal { Ok(Self(text.to_owned())) } else { Err(faults::PAYER_CODE) }
    }
}

/// The list before 2024 had a letter beyond the alphabet of ASCII, `Ł.054`.
fn is_letter(text: &str) -> bool {
    text == "Ł" || matches!(text.as_bytes(), [letter] if letter.is_ascii_uppercase())
}

fn is_digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|b| b.is_ascii_digit())
}

/// Three digits, and a capital letter where a row was put in between, `135A`.
fn is_list_number(text: &str) -> bool {
    let digits = text.strip_suffix(|c: char| c.is_ascii_uppercase()).unwrap_or(text);
    is_digits(digits, 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_both_lists_are_read() {
        for text in ["Y.06.01", "W.01.01.I", "W.02.02.IP", "P.084", "R.135A", "Ł.054"] {
            assert_eq!(DeviceCode::parse(text).map(String::from).as_deref(), Ok(text), "{text}");
        }
        for text in ["", "Y", "Y.6.1", "y.06.01", "Z.01.?", "W.01.01.X", "P.84", "P.0845", "Y.06.01.00.00"] {
            assert_eq!(DeviceCode::parse(text), Err(faults::DEVICE_CODE), "{text}");
        }
    }

    #[test]
    fn a_payers_code_has_at_most_sixteen_characters() {
        for text in ["Y.06.01.00", "O.01.02.00.D2.PR", "A.03.01.N"] {
            assert_eq!(PayerCode::parse(text).map(String::from).as_deref(), Ok(text), "{text}");
        }
        for text in ["", ".", "Y..01", "y.06", "O.01.02.00.D2.PRS", "Y 06"] {
            assert_eq!(PayerCode::parse(text), Err(faults::PAYER_CODE), "{text}");
        }
    }
}
