//! PESEL: the number of a person in the population register.

use super::digits::{digits, weighted};
use super::faults;
use crate::problem::ProblemType;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

const WEIGHTS: [u32; 10] = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3];

/// The sex that the register has entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Sex {
    Female,
    Male,
}

/// An 11-digit PESEL with a fitting check digit and an existing date of birth
/// (art. 15 of the population register act, Dz.U. 2010 nr 217 poz. 1427).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pesel {
    text: String,
    birth_date: NaiveDate,
    sex: Sex,
}

impl Pesel {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let all: [u32; 11] = digits(text).ok_or(faults::PESEL)?;
        let [y1, y2, m1, m2, d1, d2, .., ordinal, check] = all;
        if (10 - weighted(&all, &WEIGHTS) % 10) % 10 != check {
            return Err(faults::PESEL);
        }
        let birth_date = birth_date(y1 * 10 + y2, m1 * 10 + m2, d1 * 10 + d2).ok_or(faults::PESEL_DATE)?;
        let sex = if ordinal % 2 == 1 { Sex::Male } else { Sex::Female };
        Ok(Self { text: text.to_owned(), birth_date, sex })
    }

    /// The number itself, for those who may see it.
    pub fn reveal(&self) -> &str {
        &self.text
    }

    pub fn birth_date(&self) -> NaiveDate {
        self.birth_date
    }

    pub fn sex(&self) -> Sex {
        self.sex
    }
}

/// The month carries the century: +80 for 1800s, +0, +20, +40 and +60 for 1900s to 2200s.
fn birth_date(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let century = match month / 20 {
        0 => 1900,
        1 => 2000,
        2 => 2100,
        3 => 2200,
        _ => 1800,
    };
    NaiveDate::from_ymd_opt(century + i32::try_from(year).ok()?, month % 20, day)
}

mute_debug!(Pesel);

impl TryFrom<String> for Pesel {
    type Error = &'static ProblemType;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Pesel> for String {
    fn from(value: Pesel) -> Self {
        value.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn good_ones_are_read_and_printed_alike() {
        for text in ["44051401458", "02261773497", "40010151673"] {
            assert_eq!(Pesel::parse(text).map(String::from).as_deref(), Ok(text));
        }
    }

    #[test]
    fn bad_ones_are_refused() {
        for text in [
            "",
            "44051401459",
            "4405140145",
            "440514014580",
            "4405140145a",
            "44051401458 ",
            "٤٤٠٥١٤٠١٤٥٨",
            "44 051401458",
            "54051401458",
        ] {
            assert_eq!(Pesel::parse(text), Err(faults::PESEL), "{text}");
        }
    }

    #[test]
    fn a_date_that_does_not_exist_has_a_fault_of_its_own() {
        for ten in ["0000000000", "0013010000", "2302290000", "2502300000", "0120000000"] {
            let fitting = (0..10).map(|check| Pesel::parse(&format!("{ten}{check}")));
            let faults: Vec<_> =
                fitting.filter_map(Result::err).filter(|fault| *fault == faults::PESEL_DATE).collect();
            assert_eq!(faults, [faults::PESEL_DATE], "{ten}");
        }
    }

    #[test]
    fn the_month_carries_the_century_and_the_tenth_digit_the_sex() {
        let read = |text| Pesel::parse(text).map(|pesel| (pesel.birth_date().to_string(), pesel.sex()));
        assert_eq!(read("44051401458"), Ok(("1944-05-14".to_owned(), Sex::Male)));
        assert_eq!(read("02261773497"), Ok(("2002-06-17".to_owned(), Sex::Male)));
        assert_eq!(read("40010151673"), Ok(("1940-01-01".to_owned(), Sex::Male)));
        assert_eq!(birth_date(99, 92, 31), NaiveDate::from_ymd_opt(1899, 12, 31));
        assert_eq!(birth_date(0, 32, 31), NaiveDate::from_ymd_opt(2000, 12, 31));
        assert_eq!(birth_date(0, 41, 1), NaiveDate::from_ymd_opt(2100, 1, 1));
        assert_eq!(birth_date(99, 72, 31), NaiveDate::from_ymd_opt(2299, 12, 31));
        assert_eq!(birth_date(0, 22, 29), NaiveDate::from_ymd_opt(2000, 2, 29));
        assert_eq!(birth_date(0, 2, 29), None, "1900 was no leap year");
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Pesel::parse("44051401458")), "Ok(…)");
    }

    proptest! {
        #[test]
        fn every_birth_date_has_one_fitting_check_digit((year, month, day) in (0u32..100, 0u32..100, 1u32..29), ordinal in 0u32..10_000) {
            let ten = format!("{year:02}{month:02}{day:02}{ordinal:04}");
            let found: Vec<Pesel> = (0..10).filter_map(|check| Pesel::parse(&format!("{ten}{check}")).ok()).collect();
            prop_assert_eq!(found.len(), usize::from((1..=12).contains(&(month % 20))));
            for pesel in found {
                prop_assert_eq!(pesel.sex() == Sex::Male, ordinal % 2 == 1);
                prop_assert_eq!(Pesel::parse(pesel.reveal()), Ok(pesel));
            }
        }
    }
}
