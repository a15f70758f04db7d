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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn good_ones_are_read_and_printed_alike() {
        for text in ["123456785", "095895365", "12345678512347", "09796377087762"] {
            assert_eq!(Regon::parse(text).map(String::from).as_deref(), Ok(text));
        }
    }

    #[test]
    fn bad_ones_are_refused() {
        for text in [
            "",
            "123456786",
            "12345678",
            "1234567850",
            "12345678512348",
            "12345678612347",
            "000000000",
            "00000000000000",
            "12345678ą",
            "1234567851234ą",
        ] {
            assert_eq!(Regon::parse(text), Err(faults::REGON), "{text}");
        }
    }

    #[test]
    fn a_local_unit_knows_its_entity() {
        let entity = |text| Regon::parse(text).map(|regon| regon.entity().to_owned());
        assert_eq!(entity("12345678512347"), Ok("123456785".to_owned()));
        assert_eq!(entity("123456785"), Ok("123456785".to_owned()));
    }

    proptest! {
        #[test]
        fn every_entity_and_local_unit_has_one_check_digit(entity in 1u32..100_000_000, unit in 0u32..10_000) {
            let entity: Vec<_> = (0..10).filter_map(|check| Regon::parse(&format!("{entity:08}{check}")).ok()).collect();
            prop_assert_eq!(entity.len(), 1);
            for regon in entity {
                let units = (0..10).filter_map(|check| Regon::parse(&format!("{regon}{unit:04}{check}")).ok());
                let units: Vec<_> = units.collect();
                prop_assert_eq!(units.len(), 1);
                prop_assert!(units.iter().all(|unit| unit.entity() == regon.as_str()));
                prop_assert_eq!(Regon::parse(&regon.to_string()), Ok(regon));
            }
        }
    }
}
