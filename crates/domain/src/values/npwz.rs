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
