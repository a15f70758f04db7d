//! NIP: the number of a taxpayer.

use super::digits::{digits, weighted};
use super::faults;
use crate::problem::ProblemType;

public_value! {
    /// Ten digits, the last one a check digit; numbers with the remainder 10 are not issued.
    Nip
}

impl Nip {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let all: [u32; 10] = digits(text).ok_or(faults::NIP)?;
        let [.., check] = all;
        let fits = weighted(&all, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == check;
        // Ten zeros fit their own check digit and belong to nobody.
        if !fits || all == [0; 10] {
            return Err(faults::NIP);
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
        for text in ["5260250995", "1234563218", "9165459461"] {
            assert_eq!(Nip::parse(text).map(String::from).as_deref(), Ok(text));
        }
    }

    #[test]
    fn bad_ones_are_refused() {
        for text in
            ["", "5260250996", "526025099", "52602509950", "526-025-09-95", "PL5260250995", "0000000000"]
        {
            assert_eq!(Nip::parse(text), Err(faults::NIP), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_number_has_at_most_one_check_digit(number in 1u32..1_000_000_000) {
            let found: Vec<Nip> = (0..10).filter_map(|check| Nip::parse(&format!("{number:09}{check}")).ok()).collect();
            prop_assert!(found.len() <= 1);
            for nip in found {
                prop_assert_eq!(Nip::parse(&nip.to_string()), Ok(nip));
            }
        }
    }
}
