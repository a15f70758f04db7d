//! Numbers of orders for medical devices, in the payer's shapes.

use super::faults;
use super::numbers::character;
use crate::problem::ProblemType;

const GROUP: usize = 8;

/// Where an electronic order's number comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OrderPrefix {
    /// `5-…`
    Production,
    /// `T5-…`: numbers of a test environment, which no provider can mistake for real ones.
    Test,
}

impl OrderPrefix {
    fn text(self) -> &'static str {
        match self {
            Self::Production => "5",
            Self::Test => "T5",
        }
    }
}

public_value! {
    /// `5-XXXXXXXX-XXXXXXXX` of an electronic order (`T5-…` in a test environment), or `1-RR-XXXXXXXXX-X` of one that
    /// was signed by hand and confirmed at a branch. What the characters mean is not published: only shape and
    /// length are judged.
    DeviceOrderNumber
}

impl DeviceOrderNumber {
    /// Makes the number of an electronic order of random bytes; whether it is taken already is for the store to say.
    pub fn compose(prefix: OrderPrefix, random: [u8; 16]) -> Self {
        let text: String = random.into_iter().filter_map(|byte| character(u32::from(byte))).collect();
        let (first, second) = text.split_at(GROUP);
        Self(format!("{}-{first}-{second}", prefix.text()))
    }

    /// Makes the number of an order that was signed by hand: the branch that confirms it, then ten random digits.
    pub fn compose_by_hand(branch: u8, random: [u8; 10]) -> Self {
        let digits: String =
            random.into_iter().filter_map(|byte| char::from_digit(u32::from(byte) % 10, 10)).collect();
        let (number, last) = digits.split_at(9);
        Self(format!("1-{:02}-{number}-{last}", branch % 100))
    }

    /// Reads a number as people write it: in small letters too, with or without spaces and hyphens.
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let is_separator =
            |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '\u{2010}' | '\u{2011}');
        let plain: String =
            text.chars().filter(|c| !is_separator(*c)).map(|c| c.to_ascii_uppercase()).collect();
        electronic(&plain).or_else(|| by_hand(&plain)).map(Self).ok_or(faults::DEVICE_ORDER_NUMBER)
    }

    /// Whether it was signed by hand and entered at a branch.
    pub fn is_by_hand(&self) -> bool {
        self.0.starts_with("1-")
    }
}

fn electronic(plain: &str) -> Option<String> {
    let prefix = if plain.starts_with(OrderPrefix::Test.text()) {
        OrderPrefix::Test.text()
    } else {
        OrderPrefix::Production.text()
    };
    let rest = plain.strip_prefix(prefix)?;
    let is_legal = rest.len() == 2 * GROUP && rest.bytes().all(|b| b.is_ascii_alphanumeric());
    let (first, second) = rest.split_at_checked(GROUP)?;
    is_legal.then(|| format!("{prefix}-{first}-{second}"))
}

fn by_hand(plain: &str) -> Option<String> {
    let rest = plain.strip_prefix('1').filter(|rest| rest.len() == 12)?;
    if !rest.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (branch, rest) = rest.split_at_checked(2)?;
    let (number, last) = rest.split_at_checked(9)?;
    Some(format!("1-{branch}-{number}-{last}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_have_the_payers_shapes() {
        let number = DeviceOrderNumber::compose(OrderPrefix::Production, [0; 16]);
        assert_eq!(number.as_str(), "5-22222222-22222222");
        assert_eq!(DeviceOrderNumber::compose(OrderPrefix::Test, [1; 16]).as_str(), "T5-33333333-33333333");
        let by_hand = DeviceOrderNumber::compose_by_hand(6, [1, 2, 3, 4, 5, 6, 7, 8, 9, 0]);
        assert_eq!(by_hand.as_str(), "1-06-123456789-0");
        assert!(by_hand.is_by_hand() && !number.is_by_hand());
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for text in ["T5-PC00013R-00000052", "t5 pc00013r 00000052", "T5PC00013R00000052"] {
            let number = DeviceOrderNumber::parse(text);
            assert_eq!(number.map(String::from).as_deref(), Ok("T5-PC00013R-00000052"), "{text}");
        }
        let by_hand = DeviceOrderNumber::parse("1231234567890");
        assert_eq!(by_hand.map(String::from).as_deref(), Ok("1-23-123456789-0"));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "",
            "5",
            "5-1234567-12345678",
            "5-12345678-123456789",
            "6-12345678-12345678",
            "1-23-12345678A-0",
            "5-ąąąąąąąą-12345678",
        ] {
            assert_eq!(DeviceOrderNumber::parse(text), Err(faults::DEVICE_ORDER_NUMBER), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_number_comes_back(random in any::<[u8; 16]>(), digits in any::<[u8; 10]>(), branch in 1..=16_u8) {
            for number in [
                DeviceOrderNumber::compose(OrderPrefix::Test, random),
                DeviceOrderNumber::compose(OrderPrefix::Production, random),
                DeviceOrderNumber::compose_by_hand(branch, digits),
            ] {
                prop_assert_eq!(DeviceOrderNumber::parse(number.as_str()), Ok(number));
            }
        }
    }
}
