//! What opens an order to a provider: its number, the patient's identifier, and the four-digit code (DO-15 to DO-19).

use super::content::Patient;
use super::model::Access;
use crate::values::{AccessCode, DeviceOrderNumber, Pesel};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::num::NonZeroU32;

/// One of the four pairs of DO-15.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pair {
    CodeAndPesel {
        code: AccessCode,
        pesel: Pesel,
    },
    NumberAndCode {
        number: DeviceOrderNumber,
        code: AccessCode,
    },
    NumberAndPesel {
        number: DeviceOrderNumber,
        pesel: Pesel,
    },
    /// Only of a patient without a PESEL.
    NumberAndBirthDate {
        number: DeviceOrderNumber,
        birth_date: NaiveDate,
    },
}

impl Pair {
    /// Whether guessing is slowed down for the pair itself, and not for the caller alone: four digits beside a PESEL
    /// that many people know are soon guessed, an order number is not (DO-19).
    pub fn is_guessable(&self) -> bool {
        match self {
            Self::CodeAndPesel { .. } => true,
            Self::NumberAndCode { .. } | Self::NumberAndPesel { .. } | Self::NumberAndBirthDate { .. } => {
                false
            }
        }
    }

    /// Whether the pair opens that order.
    pub fn opens(&self, number: &DeviceOrderNumber, patient: &Patient, access: &Access) -> bool {
        let is_number = |given: &DeviceOrderNumber| is_same(given.as_str(), number.as_str());
        let is_code = |given: &AccessCode| {
            access.code.as_ref().is_some_and(|code| is_same(given.reveal(), code.reveal()))
        };
        let is_pesel = |given: &Pesel| match &patient.identifier {
            Some(crate::values::PatientIdentifier::Pesel(pesel)) => is_same(given.reveal(), pesel.reveal()),
            _ => false,
        };
        match self {
            Self::CodeAndPesel { code, pesel } => is_code(code) & is_pesel(pesel),
            Self::NumberAndCode { number, code } => is_number(number) & is_code(code),
            Self::NumberAndPesel { number, pesel } => is_number(number) & is_pesel(pesel),
            Self::NumberAndBirthDate { number, birth_date } => {
                let is_born = !patient.has_pesel() && patient.birth_date == Some(*birth_date);
                is_number(number) & is_born
            }
        }
    }
}

/// Compares in a time that depends on the lengths alone.
fn is_same(one: &str, two: &str) -> bool {
    one.len() == two.len()
        && one.bytes().zip(two.bytes()).fold(0, |differing, (one, two)| differing | (one ^ two)) == 0
}

/// How many codes of four digits there are.
pub const CODES: NonZeroU32 = NonZeroU32::MIN.saturating_add(9_999);

/// The first of so many codes from a random start that no open order of the patient has; `None` where all are taken (DO-17).
pub fn free_code(taken: &[AccessCode], random: u32, of: NonZeroU32) -> Option<AccessCode> {
    let taken: BTreeSet<&AccessCode> = taken.iter().collect();
    let mut codes = (0..of.get()).map(|step| AccessCode::numbered((random % of + step) % of));
    codes.find(|code| !taken.contains(code))
}

/// An information print has to be handed out where there is no code (DO-17).
pub fn print_is_obligatory(access: &Access) -> bool {
    access.code.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::{OrderPrefix, PatientIdentifier};

    fn number(first: u8) -> DeviceOrderNumber {
        DeviceOrderNumber::compose(OrderPrefix::Test, [first; 16])
    }

    fn pesel() -> Pesel {
        Pesel::parse("44051401359").unwrap_or_else(|fault| panic!("{}", fault.code))
    }

    fn with_pesel() -> Patient {
        Patient { identifier: Some(PatientIdentifier::Pesel(pesel())), ..Patient::default() }
    }

    fn born(day: &str) -> NaiveDate {
        day.parse().unwrap_or_default()
    }

    #[test]
    fn each_of_the_four_pairs_opens_an_order_and_no_other_does() {
        let access = Access { code: Some(AccessCode::numbered(1234)) };
        let code = || AccessCode::numbered(1234);
        let patient = with_pesel();
        for pair in [
            Pair::CodeAndPesel { code: code(), pesel: pesel() },
            Pair::NumberAndCode { number: number(1), code: code() },
            Pair::NumberAndPesel { number: number(1), pesel: pesel() },
        ] {
            assert!(pair.opens(&number(1), &patient, &access), "{pair:?}");
        }
        for pair in [
            Pair::CodeAndPesel { code: AccessCode::numbered(1235), pesel: pesel() },
            Pair::NumberAndCode { number: number(2), code: code() },
            Pair::NumberAndBirthDate { number: number(1), birth_date: born("1944-05-14") },
        ] {
            assert!(!pair.opens(&number(1), &patient, &access), "{pair:?}");
        }
    }

    #[test]
    fn a_date_of_birth_opens_only_where_there_is_no_pesel() {
        let patient = Patient { birth_date: Some(born("1990-01-31")), ..Patient::default() };
        let pair = |day| Pair::NumberAndBirthDate { number: number(1), birth_date: born(day) };
        let access = Access { code: None };
        assert!(pair("1990-01-31").opens(&number(1), &patient, &access));
        assert!(!pair("1990-02-01").opens(&number(1), &patient, &access));
        assert!(print_is_obligatory(&access));
    }

    #[test]
    fn only_the_pair_without_a_number_is_slowed_down_by_itself() {
        assert!(Pair::CodeAndPesel { code: AccessCode::numbered(1), pesel: pesel() }.is_guessable());
        assert!(!Pair::NumberAndPesel { number: number(1), pesel: pesel() }.is_guessable());
    }

    #[test]
    fn a_code_is_unlike_those_of_the_patients_other_open_orders() {
        let taken = [AccessCode::numbered(9_999), AccessCode::numbered(0)];
        assert_eq!(free_code(&taken, 9_999, CODES), Some(AccessCode::numbered(1)));
        let all: Vec<AccessCode> = (0..10_000).map(AccessCode::numbered).collect();
        assert_eq!(free_code(&all, 5, CODES), None);
    }
}
