//! The number of a register book in the register of entities performing medical activity.

use super::digits::digits;
use super::faults;
use crate::problem::ProblemType;

public_value! {
    /// Part I of the departmental code: exactly 12 digits with leading zeros (Dz.U. 2019 poz. 173).
    RpwdlNumber
}

impl RpwdlNumber {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        match digits::<12>(text) {
            Some(all) if all != [0; 12] => Ok(Self(text.to_owned())),
            _ => Err(faults::RPWDL_NUMBER),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_ones_are_read_and_printed_alike() {
        for text in ["000000001688", "123456789012"] {
            assert_eq!(RpwdlNumber::parse(text).map(String::from).as_deref(), Ok(text));
        }
    }

    #[test]
    fn bad_ones_are_refused() {
        for text in ["", "1688", "00000000168", "0000000016880", "00000000168a", "000000000000"] {
            assert_eq!(RpwdlNumber::parse(text), Err(faults::RPWDL_NUMBER), "{text}");
        }
    }
}
