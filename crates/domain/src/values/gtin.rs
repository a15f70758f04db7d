//! GTIN: the number under the bar code of a pack.

use super::digits::{digits, weighted};
use super::faults;
use crate::problem::ProblemType;

public_value! {
    /// A GTIN-8, GTIN-13 or GTIN-14, kept as 14 digits as the register of medicinal products does.
    Gtin
}

impl Gtin {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        if !matches!(text.len(), 8 | 13 | 14) {
            return Err(faults::GTIN);
        }
        let text = format!("{text:0>14}");
        let all: [u32; 14] = digits(&text).ok_or(faults::GTIN)?;
        let sum = weighted(&all, &[3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]);
        if !sum.is_multiple_of(10) || sum == 0 {
            return Err(faults::GTIN);
        }
        Ok(Self(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn good_ones_are_read_and_printed_alike() {
        for text in ["05909991452063", "07038319127401"] {
            assert_eq!(Gtin::parse(text).map(String::from).as_deref(), Ok(text));
        }
    }

    #[test]
    fn bad_ones_are_refused() {
        for text in [
            "",
            "05909991452064",
            "5909991452064",
            "590999145206",
            "059099914520631",
            "0590999145206a",
            "00000000",
            "00000000000000",
            "96385075",
        ] {
            assert_eq!(Gtin::parse(text), Err(faults::GTIN), "{text}");
        }
    }

    #[test]
    fn shorter_ones_are_kept_as_fourteen_digits() {
        assert_eq!(Gtin::parse("5909991452063"), Gtin::parse("05909991452063"));
        assert_eq!(Gtin::parse("96385074").map(String::from).as_deref(), Ok("00000096385074"));
    }

    proptest! {
        #[test]
        fn every_number_has_one_check_digit(number in 1u64..10_000_000_000_000) {
            let found: Vec<_> = (0..10).filter_map(|check| Gtin::parse(&format!("{number:013}{check}")).ok()).collect();
            prop_assert_eq!(found.len(), 1);
            for gtin in found {
                prop_assert_eq!(Gtin::parse(&gtin.to_string()), Ok(gtin));
            }
        }
    }
}
