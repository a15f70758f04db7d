//! The caller's own name for what it sent.

use super::faults;
use crate::problem::ProblemType;

public_value! {
    /// 1 to 64 visible ASCII characters without spaces.
    ClientReference
}

impl ClientReference {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        if (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(faults::CLIENT_REFERENCE)
        }
    }
}
