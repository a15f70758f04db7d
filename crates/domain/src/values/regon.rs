//! REGON: the number of an entity (9 digits) or of its local unit (14 digits) in the business register.

use super::digits::{digits, weighted};
use super::faults;
use crate::problem::ProblemType;

public_value! {
    /// Nine digits, or fourteen of which the first nine are the entity's own number.
    Regon
}

impl Regon {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let is_valid = match text.len() {
            9 => is_entity(text),
            14 => text.get(..9).is_some_and(is_entity) && is_local_unit(text),
            _ => false,
        };
        if is_valid { Ok(Self(text.to_owned())) } else { Err(faults::REGON) }
    }

    /// The number of the entity to which a local unit belongs; its own for an entity.
    pub fn entity(&self) -> &str {
        self.0.get(..9).unwrap_or_default()
    }
}

fn is_entity(text: &str) -> bool {
    digits::<9>(text).is_some_and(|all| {
        // Nine zeros fit their own check digit and belong to nobody.
        all != [0; 9] && fits(&all, &[8, 9, 2, 3, 4, 5, 6, 7])
    })
}

fn is_local_unit(text: &str) -> bool {
    digits::<14>(text).is_some_and(|all| fits(&all, &[2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8]))
}

/// The remainder 10 counts as 0.
fn fits(all: &[u32], weights: &[u32]) -> bool {
    all.last().is_some_and(|check| weighted(all, weights) % 11 % 10 == *check)
}
