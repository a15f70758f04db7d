//! The licence number of whoever orders devices.

use super::faults;
use crate::problem::ProblemType;

public_value! {
    /// 4 to 24 capital letters and digits: each of the five professions has numbers of its own shape, and only the
    /// physicians' carry a check digit (which `Npwz` judges).
    LicenceNumber
}

impl LicenceNumber {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let text = text.trim().to_ascii_uppercase();
        let is_legal = (4..=24).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
        if is_legal { Ok(Self(text)) } else { Err(faults::LICENCE_NUMBER) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_profession_are_read() {
        for (text, read) in [("5425740", "5425740"), ("1234567p", "1234567P"), (" 12345 ", "12345")] {
            assert_eq!(LicenceNumber::parse(text).map(String::from).as_deref(), Ok(read), "{text}");
        }
        for text in ["", "123", "12-34567", "1234567ą", &"1".repeat(25)] {
            assert_eq!(LicenceNumber::parse(text), Err(faults::LICENCE_NUMBER), "{text}");
        }
    }
}
