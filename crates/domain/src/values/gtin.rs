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
