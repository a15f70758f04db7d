//! A month of a year.

use super::faults;
use crate::problem::ProblemType;
use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use std::fmt;

const FIRST_YEAR: i32 = 2000;
const LAST_YEAR: i32 = 2200;

/// A calendar month of the years 2000 to 2200, written `2026-11`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct YearMonth(NaiveDate);

impl YearMonth {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let (year, month) = text.split_once('-').ok_or(faults::YEAR_MONTH)?;
        let is_number =
            |digits: &str, length| digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit());
        if !is_number(year, 4) || !is_number(month, 2) {
            return Err(faults::YEAR_MONTH);
        }
        let first = year.parse().ok().zip(month.parse().ok());
        first
            .and_then(|(year, month)| NaiveDate::from_ymd_opt(year, month, 1))
            .filter(|first| (FIRST_YEAR..=LAST_YEAR).contains(&first.year()))
            .map(Self)
            .ok_or(faults::YEAR_MONTH)
    }

    /// The month in which a day falls; days far from our time count to the nearest month that can be written.
    pub fn of(day: NaiveDate) -> Self {
        let first = day.with_day(1).unwrap_or(day);
        let bound = |year, month| NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(first);
        Self(first.clamp(bound(FIRST_YEAR, 1), bound(LAST_YEAR, 12)))
    }

    pub fn first_day(self) -> NaiveDate {
        self.0
    }

    pub fn last_day(self) -> NaiveDate {
        self.0 + Months::new(1) - Days::new(1)
    }

    /// So many months later; beyond the last month that can be written it is that one.
    #[must_use]
    pub fn plus(self, months: u32) -> Self {
        Self::of(self.0.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX))
    }

    /// How many months lie between, negative where `self` is the later one.
    pub fn months_until(self, later: Self) -> i32 {
        let index = |month: Self| month.0.year() * 12 + month.0.month().cast_signed();
        index(later) - index(self)
    }

    /// As a version of a document names it, `202611`.
    pub fn compact(self) -> String {
        self.0.format("%Y%m").to_string()
    }
}

impl fmt::Display for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.format("%Y-%m").fmt(f)
    }
}

impl TryFrom<String> for YearMonth {
    type Error = &'static ProblemType;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<YearMonth> for String {
    fn from(month: YearMonth) -> Self {
        month.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> YearMonth {
        YearMonth::parse(text).unwrap_or_else(|fault| panic!("{text}: {}", fault.code))
    }

    #[test]
    fn a_month_is_written_with_its_year() {
        assert_eq!(month("2026-11").to_string(), "2026-11");
        assert_eq!(month("2026-11").compact(), "202611");
        for text in ["", "2026", "2026-13", "2026-00", "26-11", "2026-1", "1999-12", "2201-01", "2026/11"] {
            assert_eq!(YearMonth::parse(text), Err(faults::YEAR_MONTH), "{text}");
        }
    }

    #[test]
    fn a_month_knows_its_days_and_its_neighbours() {
        let february = month("2028-02");
        assert_eq!(february.first_day().to_string(), "2028-02-01");
        assert_eq!(february.last_day().to_string(), "2028-02-29");
        assert_eq!(month("2026-12").plus(1), month("2027-01"));
        assert_eq!(month("2026-11").months_until(month("2027-02")), 3);
        assert_eq!(month("2027-02").months_until(month("2026-11")), -3);
        assert_eq!(YearMonth::of(month("2026-11").last_day()), month("2026-11"));
    }
}
