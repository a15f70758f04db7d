//! NPWZ: the licence number of a physician or dentist.

use super::digits::{digits, weighted};
use super::faults;
use crate::problem::ProblemType;

public_value! {
    /// Seven digits `KABCDEF`; `K` is the check digit and never 0
    /// (numbers whose remainder is 0 or 10 are not issued).
    Npwz
}

impl Npwz {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let [check, number @ ..]: [u32; 7] = digits(text).ok_or(faults::NPWZ)?;
        if check == 0 || weighted(&number, &[1, 2, 3, 4, 5, 6]) % 11 != check {
            return Err(faults::NPWZ);
        }
        Ok(Self(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn good_ones_are_read_and_printed_alike() {
        for text in ["5425740", "5223344", "2234567"] {
            assert_eq!(Npwz::parse(text).map(String::from).as_deref(), Ok(text));
        }
    }

    #[test]
    fn bad_ones_are_refused() {
        for text in ["", "1234567", "5425741", "7724513", "0000000", "542574", "54257400", "542574P"] {
            assert_eq!(Npwz::parse(text), Err(faults::NPWZ), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_number_has_at_most_one_check_digit_and_it_is_not_zero(number in 0u32..1_000_000) {
            let found: Vec<Npwz> = (0..10).filter_map(|check| Npwz::parse(&format!("{check}{number:06}")).ok()).collect();
            prop_assert!(found.len() <= 1);
            for npwz in found {
                prop_assert!(!npwz.as_str().starts_with('0'));
                prop_assert_eq!(Npwz::parse(&npwz.to_string()), Ok(npwz));
            }
        }
    }
}
