//! How much is supplied, of which side, and over which months.

use crate::polish::{month, months, quantity};
use chrono::{Datelike, NaiveDate};

/// A side of the body, as the patient has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Left,
    Right,
}

impl Side {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Left => "lewa",
            Self::Right => "prawa",
        }
    }
}

/// What stands in a column of sides.
pub(super) fn side(side: Option<Side>) -> String {
    side.map_or("–", Side::words).to_owned()
}

/// What the list counts in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    #[default]
    Piece,
    Lens,
    Set,
    /// Whatever the month's amount buys.
    MonthlyAmount,
}

/// A quantity, which need not be whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quantity {
    pub hundredths: i64,
    pub unit: Unit,
}

impl Quantity {
    pub(super) fn words(self) -> String {
        let nouns = match self.unit {
            Unit::Piece => ["sztuka", "sztuki", "sztuk", "sztuki"],
            Unit::Lens => ["soczewka", "soczewki", "soczewek", "soczewki"],
            Unit::Set => ["komplet", "komplety", "kompletów", "kompletu"],
            Unit::MonthlyAmount => {
                ["limit miesięczny", "limity miesięczne", "limitów miesięcznych", "limitu miesięcznego"]
            }
        };
        quantity(self.hundredths, nouns)
    }
}

/// Consecutive months, each told by any of its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthsPrint {
    pub first: NaiveDate,
    pub last: NaiveDate,
}

impl MonthsPrint {
    pub(super) fn count(self) -> u32 {
        let at = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
        u32::try_from(at(self.last) - at(self.first) + 1).unwrap_or_default()
    }

    /// `listopad 2026 – styczeń 2027 (3 miesiące)`.
    pub(super) fn words(self) -> String {
        match self.count() {
            0 | 1 => month(self.first),
            count => format!("{} – {} ({})", month(self.first), month(self.last), months(count)),
        }
    }
}

/// Months in their order, each told by any of its days: those that follow each other are told together.
pub(super) fn months_in_words(months: &[NaiveDate]) -> String {
    let mut runs: Vec<MonthsPrint> = Vec::new();
    for day in months {
        match runs.last_mut() {
            Some(run) if (MonthsPrint { first: run.last, last: *day }).count() == 2 => run.last = *day,
            _ => runs.push(MonthsPrint { first: *day, last: *day }),
        }
    }
    if runs.is_empty() {
        return "–".to_owned();
    }
    runs.into_iter().map(MonthsPrint::words).collect::<Vec<_>>().join("; ")
}

/// How an order is supplied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SupplyPrint {
    Monthly { a_month: Quantity, months: MonthsPrint },
    OneOff { quantity: Quantity },
}

impl SupplyPrint {
    pub(super) fn quantity_words(self) -> String {
        match self {
            Self::Monthly { a_month, .. } => format!("{} na miesiąc", a_month.words()),
            Self::OneOff { quantity } => quantity.words(),
        }
    }

    pub(super) fn months_words(self) -> Option<String> {
        match self {
            Self::Monthly { months, .. } => Some(months.words()),
            Self::OneOff { .. } => None,
        }
    }
}

/// The kind of a monthly order (form part I).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ordination {
    Primary,
    Continuation,
    /// A continuation that names its primary order in the place of the grounds.
    ShortContinuation,
}

impl Ordination {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Primary => "pierwszorazowe",
            Self::Continuation => "kontynuacja, wzór pełny",
            Self::ShortContinuation => "kontynuacja, wzór skrócony",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, 15).unwrap_or_default()
    }

    fn plain(words: &str) -> String {
        words.replace('\u{a0}', " ")
    }

    #[test]
    fn months_are_told_from_the_first_to_the_last() {
        let months = |first, last| plain(&MonthsPrint { first, last }.words());
        assert_eq!(months(day(2026, 11), day(2027, 1)), "listopad 2026 – styczeń 2027 (3 miesiące)");
        assert_eq!(months(day(2026, 11), day(2026, 11)), "listopad 2026");
        assert_eq!(MonthsPrint { first: day(2026, 11), last: day(2027, 10) }.count(), 12);
    }

    #[test]
    fn months_that_follow_each_other_are_told_together() {
        let months = [day(2026, 11), day(2026, 12), day(2027, 1), day(2027, 3), day(2027, 5)];
        assert_eq!(
            plain(&months_in_words(&months)),
            "listopad 2026 – styczeń 2027 (3 miesiące); marzec 2027; maj 2027"
        );
        assert_eq!(months_in_words(&[]), "–");
    }

    #[test]
    fn a_quantity_has_the_noun_of_its_unit() {
        let words = |hundredths, unit| plain(&Quantity { hundredths, unit }.words());
        assert_eq!(words(9_000, Unit::Piece), "90 sztuk");
        assert_eq!(words(200, Unit::Lens), "2 soczewki");
        assert_eq!(words(150, Unit::Set), "1,5 kompletu");
        assert_eq!(words(100, Unit::MonthlyAmount), "1 limit miesięczny");
    }
}
