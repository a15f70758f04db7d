//! Dates and times as a Polish official document writes them.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Europe::Warsaw;

const MONTHS: [&str; 12] = [
    "stycznia",
    "lutego",
    "marca",
    "kwietnia",
    "maja",
    "czerwca",
    "lipca",
    "sierpnia",
    "września",
    "października",
    "listopada",
    "grudnia",
];

/// `22 listopada 2026 r.`
pub fn date(day: NaiveDate) -> String {
    let month =
        usize::try_from(day.month0()).ok().and_then(|index| MONTHS.get(index)).copied().unwrap_or_default();
    format!("{} {month} {} r.", day.day(), day.year())
}

/// `22.11.2026, 14:05`, by the clock of Warsaw.
pub fn moment(at: DateTime<Utc>) -> String {
    at.with_timezone(&Warsaw).format("%d.%m.%Y, %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

    use super::*;

    #[test]
    fn a_date_names_its_month_in_the_genitive() {
        assert_eq!(date(NaiveDate::from_ymd_opt(2026, 10, 3).unwrap()), "3 października 2026 r.");
        assert_eq!(date(NaiveDate::from_ymd_opt(2027, 1, 31).unwrap()), "31 stycznia 2027 r.");
    }

    #[test]
    fn a_moment_is_told_in_the_time_of_warsaw_in_summer_and_winter() {
        assert_eq!(moment("2026-07-01T22:30:00Z".parse().unwrap()), "02.07.2026, 00:30");
        assert_eq!(moment("2026-12-01T22:30:00Z".parse().unwrap()), "01.12.2026, 23:30");
    }
}
