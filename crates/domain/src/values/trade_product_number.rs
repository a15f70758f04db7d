//! Numbers of trade products on a provider's list.

use super::faults;
use crate::problem::ProblemType;

const LONGEST: usize = 12;

public_value! {
    /// A trade product on the list that belongs to a provider's contract: 1 to 12 digits (`id-prod-handl`, eZWM v2.1.6
    /// p. 93). Leading zeros are part of it.
    TradeProductNumber
}

impl TradeProductNumber {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let is_legal = (1..=LONGEST).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if is_legal { Ok(Self(text.to_owned())) } else { Err(faults::TRADE_PRODUCT_NUMBER) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_to_twelve_digits() {
        for text in ["1", "007", "123456789012"] {
            assert_eq!(TradeProductNumber::parse(text).map(String::from).as_deref(), Ok(text), "{text}");
        }
        for text in ["", "1234567890123", "12a", " 1", "-1", "１"] {
            assert_eq!(TradeProductNumber::parse(text), Err(faults::TRADE_PRODUCT_NUMBER), "{text}");
        }
    }
}
