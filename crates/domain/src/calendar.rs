//! Dates as the law counts them: calendar days ending at midnight in Warsaw.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Offset, TimeZone, Utc, Weekday};
use chrono_tz::Europe::Warsaw;
use serde::{Deserialize, Serialize};

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

/// When somebody is reminded of a term that ends then: at the midnight that begins its last so many days.
pub fn reminded_at(due_at: DateTime<Utc>, lead: u32) -> DateTime<Utc> {
    let before = warsaw_date(due_at).checked_sub_days(Days::new(u64::from(lead)));
    before.and_then(|day| day.pred_opt()).map_or(due_at, end_of_day_warsaw)
}

/// The midnight that begins this day in Poland.
pub fn start_of_day_warsaw(date: NaiveDate) -> DateTime<Utc> {
    end_of_day_warsaw(date.pred_opt().unwrap_or(date))
}

/// How the end of a term is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CalendarPolicy {
    /// Every day counts and any day may be the last.
    #[default]
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

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "dates and instants of the tests are literals")]

    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn the_date_is_the_one_in_warsaw() {
        assert_eq!(warsaw_date(instant("2026-01-31T22:59:59Z")), date("2026-01-31"));
        assert_eq!(warsaw_date(instant("2026-01-31T23:00:00Z")), date("2026-02-01"));
        assert_eq!(warsaw_date(instant("2026-07-01T21:59:59Z")), date("2026-07-01"));
        assert_eq!(warsaw_date(instant("2026-07-01T22:00:00Z")), date("2026-07-02"));
    }

    #[test]
    fn a_day_of_clock_changes_ends_at_its_own_midnight() {
        for (day, end) in [
            ("2026-03-28", "2026-03-28T23:00:00Z"),
            ("2026-03-29", "2026-03-29T22:00:00Z"),
            ("2026-10-24", "2026-10-24T22:00:00Z"),
            ("2026-10-25", "2026-10-25T23:00:00Z"),
            ("2026-12-31", "2026-12-31T23:00:00Z"),
        ] {
            assert_eq!(end_of_day_warsaw(date(day)), instant(end), "{day}");
        }
    }

    #[test]
    fn a_midnight_that_the_clocks_skipped_is_the_instant_of_the_change() {
        let end = end_of_day_warsaw(date("1945-04-28"));
        assert_eq!(warsaw_date(end), date("1945-04-29"));
        assert_eq!(warsaw_date(end - chrono::TimeDelta::seconds(1)), date("1945-04-28"));
    }

    #[test]
    fn calendar_days_may_end_on_any_day() {
        let due = Term::calendar_days(60).due(instant("2026-02-01T10:00:00Z"));
        assert_eq!(due, instant("2026-04-02T22:00:00Z"), "59 days to the clock change and on");
        let sunday = Term::calendar_days(1).due(instant("2026-11-21T10:00:00Z"));
        assert_eq!(sunday, instant("2026-11-22T23:00:00Z"));
    }

    #[test]
    fn the_day_of_the_event_is_not_counted_and_is_the_one_in_warsaw() {
        let term = Term::calendar_days(7);
        assert_eq!(term.due(instant("2026-06-30T21:59:59Z")), instant("2026-07-07T22:00:00Z"));
        assert_eq!(term.due(instant("2026-06-30T22:00:00Z")), instant("2026-07-08T22:00:00Z"));
        assert_eq!(Term::calendar_days(0).last_day(date("2026-06-30")), date("2026-06-30"));
    }

    #[test]
    fn an_administrative_term_does_not_end_on_a_day_off() {
        for (event, days, last) in [
            ("2026-11-13", 7, "2026-11-20"),
            ("2026-11-14", 7, "2026-11-23"),
            ("2026-11-15", 7, "2026-11-23"),
            ("2026-12-10", 14, "2026-12-28"),
            ("2024-12-10", 14, "2024-12-24"),
            ("2026-03-29", 7, "2026-04-07"),
            ("2026-04-17", 14, "2026-05-04"),
            ("2026-05-28", 7, "2026-06-05"),
            ("2025-12-30", 7, "2026-01-07"),
            ("2026-08-01", 14, "2026-08-17"),
        ] {
            assert_eq!(Term::kpa(days).last_day(date(event)), date(last), "{days} days from {event}");
        }
    }

    #[test]
    fn easter_falls_where_the_tables_have_it() {
        for day in [
            "1818-03-22",
            "1943-04-25",
            "1954-04-18",
            "1981-04-19",
            "2000-04-23",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2028-04-16",
            "2038-04-25",
            "2049-04-18",
            "2076-04-19",
            "2285-03-22",
        ] {
            assert_eq!(easter(date(day).year()), Some(date(day)));
        }
    }

    #[test]
    fn the_days_off_of_2026_are_those_of_the_statute() {
        let days_off = date("2026-01-01").iter_days().take(365).filter(|day| is_statutory_holiday(*day));
        let on_weekdays: Vec<String> = days_off
            .filter(|day| day.weekday() != Weekday::Sun)
            .map(|day| day.format("%m-%d").to_string())
            .collect();
        let expected =
            ["01-01", "01-06", "04-06", "05-01", "06-04", "08-15", "11-11", "12-24", "12-25", "12-26"];
        assert_eq!(on_weekdays, expected);
        assert!(is_statutory_holiday(date("2026-04-05")) && is_statutory_holiday(date("2026-05-24")));
        assert!(!is_statutory_holiday(date("2024-12-24")), "Christmas Eve is a day off since 2025");
    }

    #[test]
    fn a_year_of_age_is_reached_on_the_birthday() {
        assert_eq!(age_on(date("2008-06-15"), date("2026-06-14")), 17);
        assert_eq!(age_on(date("2008-06-15"), date("2026-06-15")), 18);
        assert!(is_minor(date("2008-06-15"), date("2026-06-14")));
        assert!(!is_minor(date("2008-06-15"), date("2026-06-15")));
        assert_eq!(age_on(date("2026-06-15"), date("2026-06-14")), 0);
        assert_eq!(age_on(date("2026-06-15"), date("2020-06-14")), 0);
    }

    #[test]
    fn who_was_born_on_a_leap_day_has_the_birthday_on_the_28th_in_other_years() {
        assert!(is_minor(date("2008-02-29"), date("2026-02-27")));
        assert!(!is_minor(date("2008-02-29"), date("2026-02-28")));
        assert_eq!(age_on(date("2008-02-29"), date("2028-02-28")), 19);
        assert_eq!(age_on(date("2008-02-29"), date("2028-02-29")), 20);
    }

    #[test]
    fn the_end_of_the_calendar_does_not_overflow() {
        assert_eq!(Term::calendar_days(u32::MAX).last_day(NaiveDate::MAX), NaiveDate::MAX);
        assert_eq!(Term::kpa(1).last_day(NaiveDate::MAX), NaiveDate::MAX);
        assert!(Term::kpa(1).due(DateTime::<Utc>::MAX_UTC - Days::new(2)) > instant("2026-01-01T00:00:00Z"));
    }

    proptest! {
        #[test]
        fn the_end_of_a_day_is_the_first_instant_of_the_next(days in 0u64..60_000) {
            let day = date("1940-01-01") + Days::new(days);
            let end = end_of_day_warsaw(day);
            prop_assert_eq!(warsaw_date(end), day + Days::new(1));
            prop_assert_eq!(start_of_day_warsaw(day + Days::new(1)), end);
            prop_assert_eq!(warsaw_date(end - chrono::TimeDelta::seconds(1)), day);
        }

        #[test]
        fn an_administrative_term_ends_on_the_first_working_day_from_its_last_one(days in 0u64..40_000, length in 0u32..100) {
            let event = date("1990-01-01") + Days::new(days);
            let earliest = Term::calendar_days(length).last_day(event);
            let last = Term::kpa(length).last_day(event);
            let is_off = |day: NaiveDate| day.weekday() == Weekday::Sat || is_statutory_holiday(day);
            prop_assert!(!is_off(last));
            prop_assert!(earliest.iter_days().take_while(|day| *day < last).all(is_off));
        }
    }
}
