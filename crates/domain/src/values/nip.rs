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
