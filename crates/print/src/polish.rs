//! Dates, amounts and quantities as a Polish official document writes them.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Europe::Warsaw;

const NOMINATIVE: [&str; 12] = [
    "styczeń",
    "luty",
    "marzec",
    "kwiecień",
    "maj",
    "czerwiec",
    "lipiec",
    "sierpień",
    "wrzesień",
    "październik",
    "listopad",
    "grudzień",
];

const GENITIVE: [&str; 12] = [
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
    format!("{} {} {} r.", day.day(), named(&GENITIVE, day), day.year())
}

/// `listopad 2026`.
pub fn month(day: NaiveDate) -> String {
    format!("{}\u{a0}{}", named(&NOMINATIVE, day), day.year())
}

fn named(names: &[&'static str; 12], day: NaiveDate) -> &'static str {
    usize::try_from(day.month0()).ok().and_then(|index| names.get(index)).copied().unwrap_or_default()
}

/// `1 234,56 zł`, which no line tears apart.
pub fn money(grosze: i128) -> String {
    let (whole, part) = (grosze.unsigned_abs() / 100, grosze.unsigned_abs() % 100);
    let sign = if grosze < 0 { "-" } else { "" };
    format!("{sign}{},{part:02}\u{a0}zł", in_thousands(whole))
}

fn in_thousands(whole: u128) -> String {
    let digits = whole.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push('\u{a0}');
        }
        grouped.push(digit);
    }
    grouped
}

/// `60 sztuk`, `4,33 sztuki`.
pub fn pieces(hundredths: i64) -> String {
    quantity(hundredths, ["sztuka", "sztuki", "sztuk", "sztuki"])
}

/// A quantity in hundredths with its noun: for one, for a few, for many and for a fraction.
pub(crate) fn quantity(hundredths: i64, [one, few, many, part]: [&str; 4]) -> String {
    if hundredths % 100 == 0 {
        counted((hundredths / 100).unsigned_abs(), [one, few, many])
    } else {
        format!("{}\u{a0}{part}", decimal(hundredths))
    }
}

/// `60`, `37,5`, `4,33`.
pub fn decimal(hundredths: i64) -> String {
    let (whole, part) = (hundredths / 100, hundredths % 100);
    match part {
        0 => whole.to_string(),
        _ if part % 10 == 0 => format!("{whole},{}", part / 10),
        _ => format!("{whole},{part:02}"),
    }
}

/// `1 miesiąc`, `3 miesiące`, `12 miesięcy`.
pub fn months(count: u32) -> String {
    counted(u64::from(count), ["miesiąc", "miesiące", "miesięcy"])
}

/// A number with its noun, which Polish writes in three forms.
fn counted(number: u64, [one, few, many]: [&str; 3]) -> String {
    let noun = match (number, number % 10, number % 100) {
        (1, _, _) => one,
        (_, _, 12..=14) => many,
        (_, 2..=4, _) => few,
        _ => many,
    };
    format!("{number}\u{a0}{noun}")
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

    #[test]
    fn a_month_is_named_in_the_nominative() {
        assert_eq!(month(NaiveDate::from_ymd_opt(2026, 10, 1).unwrap()), "październik\u{a0}2026");
    }

    #[test]
    fn an_amount_has_two_decimals_and_its_thousands_apart() {
        let plain = |grosze| money(grosze).replace('\u{a0}', " ");
        assert_eq!(plain(0), "0,00 zł");
        assert_eq!(plain(5), "0,05 zł");
        assert_eq!(plain(99_999), "999,99 zł");
        assert_eq!(plain(100_000), "1 000,00 zł");
        assert_eq!(plain(123_456_789), "1 234 567,89 zł");
        assert_eq!(plain(-170), "-1,70 zł");
    }

    #[test]
    fn a_noun_follows_its_number() {
        let plain = |hundredths| pieces(hundredths).replace('\u{a0}', " ");
        for (number, said) in [
            (1, "1 sztuka"),
            (2, "2 sztuki"),
            (4, "4 sztuki"),
            (5, "5 sztuk"),
            (12, "12 sztuk"),
            (14, "14 sztuk"),
            (21, "21 sztuk"),
            (22, "22 sztuki"),
            (112, "112 sztuk"),
            (124, "124 sztuki"),
        ] {
            assert_eq!(plain(number * 100), said);
        }
        assert_eq!(plain(3_750), "37,5 sztuki");
        assert_eq!(plain(433), "4,33 sztuki");
        assert_eq!(plain(405), "4,05 sztuki");
        let counts = [1, 3, 6, 12].map(|count| months(count).replace('\u{a0}', " "));
        assert_eq!(counts, ["1 miesiąc", "3 miesiące", "6 miesięcy", "12 miesięcy"]);
    }
}
