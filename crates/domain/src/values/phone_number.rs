//! A telephone number that can get text messages.

use super::faults;
use crate::problem::ProblemType;

personal_value! {
    /// `+48600100200`: a plus sign, the country and the number, 8 to 15 digits (ITU-T E.164). Spaces and hyphens between
    /// digits are left out.
    PhoneNumber
}

impl PhoneNumber {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let bare: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        let digits = bare.strip_prefix('+').unwrap_or_default();
        let is_legal = text.len() <= 24
            && (8..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|b| b.is_ascii_digit());
        // A Polish number has nine digits behind the country's.
        let is_whole = digits.strip_prefix("48").is_none_or(|national| national.len() == 9);
        if is_legal && is_whole { Ok(Self(bare)) } else { Err(faults::PHONE) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_with_its_country_and_kept_without_gaps() {
        for (text, read) in [
            ("+48600100200", "+48600100200"),
            ("+48 600 100 200", "+48600100200"),
            ("+48 600-100-200", "+48600100200"),
            ("+493012345678", "+493012345678"),
        ] {
            assert_eq!(PhoneNumber::parse(text).map(String::from).as_deref(), Ok(read), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "600100200",
            "+",
            "+48",
            "+4860010020",
            "+486001002000",
            "+0860010020",
            "+48600x00200",
            "+1234567",
            "+1234567890123456",
        ] {
            assert_eq!(PhoneNumber::parse(text), Err(faults::PHONE), "{text}");
        }
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", PhoneNumber::parse("+48600100200")), "Ok(…)");
    }
}
