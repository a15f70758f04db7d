//! An address of electronic mail.

use super::faults;
use crate::problem::ProblemType;

personal_value! {
    /// `local@domain` in ASCII, at most 254 characters (RFC 5321 §4.5.3.1); a domain with national
    /// letters comes in its `xn--` form. Quoted local parts and address literals are not accepted.
    Email
}

impl Email {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let legal = text.len() <= 254
            && text.split_once('@').is_some_and(|(local, domain)| is_local(local) && is_domain(domain));
        if legal { Ok(Self(text.to_owned())) } else { Err(faults::EMAIL) }
    }
}

/// A dot-atom of RFC 5322 §3.2.3, at most 64 characters.
fn is_local(local: &str) -> bool {
    let is_atom_text = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b);
    local.len() <= 64 && local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atom_text))
}

/// At least two labels, the last of which is no number.
fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let has_top_level =
        domain.rsplit_once('.').is_some_and(|(_, top)| !top.bytes().all(|b| b.is_ascii_digit()));
    has_top_level && domain.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn good_ones_are_read_and_printed_alike() {
        for text in [
            "anna.testowa@example.pl",
            "a@b.pl",
            "o'brien+soid@mail.example.com",
            "x@xn--d-ela.example",
            "lekarz_1@szpital-1.example.pl",
        ] {
            assert_eq!(Email::parse(text).map(String::from).as_deref(), Ok(text));
        }
    }

    #[test]
    fn bad_ones_are_refused() {
        for text in [
            "",
            "anna",
            "@example.pl",
            "anna@",
            "anna@localhost",
            "anna@@example.pl",
            "an na@example.pl",
            "anna@example.pl ",
            "anna@exam_ple.pl",
            "anna@-example.pl",
            "anna@example-.pl",
            "anna@example..pl",
            "anna@.pl",
            "anna@example.pl.",
            ".anna@example.pl",
            "an..na@example.pl",
            "anna.@example.pl",
            "anna@127.0.0.1",
            "anna@[127.0.0.1]",
            "anna@dó.example",
            "żona@example.pl",
            "anna@example.pl\n",
            "anna@example.pl\r\nBcc: x@y.pl",
            "Anna <anna@example.pl>",
            "a@b@c.pl",
            "a,b@c.pl",
        ] {
            assert_eq!(Email::parse(text), Err(faults::EMAIL), "{text}");
        }
    }

    #[test]
    fn lengths_are_bounded_in_whole_and_in_part() {
        let labels = format!("{0}.{0}.{0}", "d".repeat(59));
        let whole = |local: usize| Email::parse(&format!("{}@{labels}.example.pl", "a".repeat(local)));
        assert!(whole(63).is_ok(), "254 characters");
        assert_eq!(whole(64), Err(faults::EMAIL), "255 characters");
        assert!(Email::parse(&format!("{}@example.pl", "a".repeat(64))).is_ok());
        assert_eq!(Email::parse(&format!("{}@example.pl", "a".repeat(65))), Err(faults::EMAIL));
        assert_eq!(Email::parse(&format!("a@{}.pl", "d".repeat(64))), Err(faults::EMAIL));
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Email::parse("anna.testowa@example.pl")), "Ok(…)");
    }

    proptest! {
        #[test]
        fn every_plain_address_comes_back(text in r"[a-z0-9]{1,9}(\.[a-z+_]{1,9})?@[a-z0-9]{1,9}(-[a-z]{1,9})?\.[a-z]{2,6}") {
            prop_assert_eq!(Email::parse(&text).map(String::from), Ok(text));
        }
    }
}
