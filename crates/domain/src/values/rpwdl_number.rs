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
