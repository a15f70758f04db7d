//! Dates as the law counts them: calendar days ending at midnight in Warsaw.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Offset, TimeZone, Utc, Weekday};
use chrono_tz::Europe::Warsaw;

/// The date in Poland at that instant.
pub fn warsaw_date(instant: DateTime<Utc>) -> NaiveDate {
    instant.with_timezone(&Warsaw).date_naive()
}

/// The midnight that ends this day in Poland; on days of clock changes it lies 23 or 25 hours after
/// the one that began it.
pub fn end_of_day_warsaw(date: NaiveDate) -> DateTime<Utc> {
    let midnight = date.succ_opt().unwrap_or(date).and_time(NaiveTime::MIN);
    let instant = Warsaw.from_local_datetime(&midnight).earliest().map(|instant| instant.to_utc());
    instant.unwrap_or_else(|| {
        // Clocks were moved over this midnight: it is the instant of the change.
        let before = Warsaw.offset_from_utc_datetime(&(midnight - Days::new(1)));
        (midnight - before.fix()).and_utc()
    })
}

/// How the end of a term is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CalendarPolicy {
    /// Every day counts and any day may be the last.
    CalendarDays,
    /// The last day is never a Saturday or a day off by statute (KPA art. 57 §4).
    Kpa,
}

/// A term of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    pub days: u32,
    pub policy: CalendarPolicy,
}

impl Term {
    pub const fn calendar_days(days: u32) -> Self {
        Self { days, policy: CalendarPolicy::CalendarDays }
    }

    pub const fn kpa(days: u32) -> Self {
        Self { days, policy: CalendarPolicy::Kpa }
    }

    /// The instant at which a term that an event at `start` begins is over. The day of the event is
    /// not counted (KPA art. 57 §1).
    pub fn due(&self, start: DateTime<Utc>) -> DateTime<Utc> {
        end_of_day_warsaw(self.last_day(warsaw_date(start)))
    }

    /// The last day of a term that an event on `date` begins.
    pub fn last_day(&self, date: NaiveDate) -> NaiveDate {
        let last = date.checked_add_days(Days::new(u64::from(self.days))).unwrap_or(NaiveDate::MAX);
        match self.policy {
            CalendarPolicy::CalendarDays => last,
            CalendarPolicy::Kpa => next_working_day(last),
        }
    }
}

/// The date itself when it is a working day.
fn next_working_day(date: NaiveDate) -> NaiveDate {
    let is_working = |date: &NaiveDate| date.weekday() != Weekday::Sat && !is_statutory_holiday(*date);
    date.iter_days().find(is_working).unwrap_or(date)
}

/// A day off by statute (art. 1 of the act of 18 January 1951, Dz.U. 2020 poz. 1920; Christmas Eve
/// since 2025 by Dz.U. 2024 poz. 1965). Saturdays are none.
pub fn is_statutory_holiday(date: NaiveDate) -> bool {
    let is_fixed = matches!(
        (date.month(), date.day()),
        (1 | 5 | 11, 1) | (1, 6) | (5, 3) | (8, 15) | (11, 11) | (12, 25 | 26)
    );
    let is_christmas_eve = date.year() >= 2025 && (date.month(), date.day()) == (12, 24);
    // Easter Monday and Corpus Christi; Easter itself and Pentecost are Sundays.
    let is_movable = matches!(days_after_easter(date), Some(1 | 60));
    date.weekday() == Weekday::Sun || is_fixed || is_christmas_eve || is_movable
}

fn days_after_easter(date: NaiveDate) -> Option<i64> {
    easter(date.year()).map(|easter| date.signed_duration_since(easter).num_days())
}

/// Easter Sunday by the Gregorian computus (Meeus, Astronomical Algorithms, ch. 8).
fn easter(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let (century, of_century) = (year.div_euclid(100), year.rem_euclid(100));
    let shift = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - shift + 15).rem_euclid(30);
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4).rem_euclid(7);
    let correction = (golden + 11 * epact + 22 * weekday) / 451;
    let day = epact + weekday - 7 * correction + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(day / 31).ok()?, u32::try_from(day % 31 + 1).ok()?)
}

/// Full years of life. A year of age is reached with the beginning of the birthday, and who was born on
/// 29 February has it on the 28th in other years (KC art. 112). Before birth it is 0.
pub fn age_on(birth: NaiveDate, date: NaiveDate) -> u32 {
    let leap_birthday = (birth.month(), birth.day()) == (2, 29) && !date.leap_year();
    let birthday = if leap_birthday { (2, 28) } else { (birth.month(), birth.day()) };
    let is_ahead = (date.month(), date.day()) < birthday;
    u32::try_from(date.year() - birth.year() - i32::from(is_ahead)).unwrap_or(0)
}

/// Under eighteen (KC art. 10 §1).
pub fn is_minor(birth: NaiveDate, date: NaiveDate) -> bool {
    age_on(birth, date) < 18
}
