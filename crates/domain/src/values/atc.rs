//! ATC and ATCvet: the class of an active substance.

use super::faults;
use crate::problem::ProblemType;

/// The fourteen main groups of ATC; ATCvet adds `I` for immunologicals.
const HUMAN: &[u8] = b"ABCDGHJLMNPRSV";
const VETERINARY: &[u8] = b"ABCDGHIJLMNPRSV";

public_value! {
    /// A code of any of the five levels, e.g. `N`, `N03`, `N03A`, `N03AX`, `N03AX17`; ATCvet has the
    /// prefix `Q`.
    Atc
}

impl Atc {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let is_valid = match text.strip_prefix('Q') {
            Some(rest) => is_code(rest, VETERINARY),
            None => is_code(text, HUMAN),
        };
        if is_valid { Ok(Self(text.to_owned())) } else { Err(faults::ATC) }
    }

    pub fn is_veterinary(&self) -> bool {
        self.0.starts_with('Q')
    }
}

fn is_code(text: &str, groups: &[u8]) -> bool {
    let level = |at: usize, b: u8| match at {
        0 => groups.contains(&b),
        3 | 4 => b.is_ascii_uppercase(),
        _ => b.is_ascii_digit(),
    };
    matches!(text.len(), 1 | 3 | 4 | 5 | 7) && text.bytes().enumerate().all(|(at, b)| level(at, b))
}
