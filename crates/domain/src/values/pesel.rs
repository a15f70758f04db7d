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
