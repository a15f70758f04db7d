//! How long it takes to guess a code at the rate that the throttle admits; the figures stand in ADR 43.

#![expect(clippy::expect_used, reason = "a test stops where it fails")]

use chrono::{DateTime, TimeDelta, Utc};
use domain::device_order::throttle::{Guessed, Tries, one_more};
use std::path::{Path, PathBuf};

/// Four digits.
const CODES: usize = 10_000;
/// Without a try for so long every count is forgotten.
const LONGEST_MEMORY: TimeDelta = TimeDelta::hours(24);
/// More tries between two pauses pay for nobody: delays have long been the longest.
const MOST_BETWEEN_PAUSES: usize = 60;

/// Somebody who tries wrong codes as fast as they may.
#[derive(Clone, Copy)]
struct Guesser {
    of: Guessed,
    /// After so many they wait until all are forgotten; `None` goes on and on.
    pauses_after: Option<usize>,
}

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_796_000_000, 0).expect("an instant")
}

/// When all of these tries are forgotten, as the throttle itself has it: once forgotten they stay so, so that halves are tried.
fn forgotten(of: Guessed, tries: Tries, now: DateTime<Utc>) -> DateTime<Utc> {
    let is_forgotten =
        |seconds: i64| one_more(of, Some(tries), now + TimeDelta::seconds(seconds)).failed == 1;
    let (mut remembered, mut gone) = (0, LONGEST_MEMORY.num_seconds());
    assert!(is_forgotten(gone), "everything is forgotten");
    while gone - remembered > 1 {
        let half = remembered.midpoint(gone);
        (remembered, gone) = if is_forgotten(half) { (remembered, half) } else { (half, gone) };
    }
    now + TimeDelta::seconds(gone)
}

impl Guesser {
    /// When each try is made, counted from the first.
    fn times(self) -> impl Iterator<Item = TimeDelta> {
        let (mut now, mut seen, mut number) = (start(), None::<Tries>, 0);
        std::iter::from_fn(move || {
            if let Some(before) = seen {
                let is_pause = self.pauses_after.is_some_and(|after| number % after == 0);
                let admitted = before.not_before.unwrap_or(now).max(now);
                now = if is_pause { forgotten(self.of, before, now) } else { admitted };
            }
            seen = Some(one_more(self.of, seen, now));
            number += 1;
            Some(now - start())
        })
    }

    /// How long it takes until the try after so many is made.
    fn time_of(self, tries: usize) -> TimeDelta {
        self.times().nth(tries).unwrap_or_default()
    }

    fn within(self, time: TimeDelta) -> usize {
        self.times().take_while(|at| *at < time).count()
    }

    /// Tries after which the chance of a right one is one half: half of the codes of one patient, each tried once; or one of
    /// ten thousand each time where every try is of another patient, which comes to a half with 0.9999 to this power.
    fn even_chance(self) -> usize {
        match self.of {
            Guessed::Patient => CODES / 2,
            Guessed::Caller => 6_932,
        }
    }
}

fn steady(of: Guessed) -> Guesser {
    Guesser { of, pauses_after: None }
}

fn with_pauses(of: Guessed) -> impl Iterator<Item = Guesser> {
    (1..=MOST_BETWEEN_PAUSES).map(move |after| Guesser { of, pauses_after: Some(after) })
}

/// Who comes to an even chance soonest.
fn fastest(guessers: impl Iterator<Item = Guesser>) -> Guesser {
    guessers.min_by_key(|guesser| guesser.time_of(guesser.even_chance())).expect("a guesser")
}

fn rows() -> [(&'static str, Guesser); 3] {
    [
        ("one patient's code, whoever tries, as soon as a try is admitted", steady(Guessed::Patient)),
        ("anybody's code, by one caller, as soon as a try is admitted", steady(Guessed::Caller)),
        (
            "anybody's code, by one caller, who pauses until all is forgotten",
            fastest(with_pauses(Guessed::Caller)),
        ),
    ]
}

const HEADING: &str = "| What is guessed | Tries in the first hour | In a day | In 30 days | In 365 days | Days until the chance is one half |";

fn table() -> String {
    let line = |(what, guesser): (&str, Guesser)| {
        let within = [TimeDelta::hours(1), TimeDelta::days(1), TimeDelta::days(30), TimeDelta::days(365)];
        let tries: Vec<String> = within.iter().map(|time| guesser.within(*time).to_string()).collect();
        format!(
            "| {what} | {} | {} |\n",
            tries.join(" | "),
            guesser.time_of(guesser.even_chance()).num_days()
        )
    };
    let rows: String = rows().into_iter().map(line).collect();
    format!("{HEADING}\n|---|---|---|---|---|---|\n{rows}")
}

fn decision() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/adr");
    folder.join("0043-guesses-are-slowed-and-nobody-is-locked-out.md")
}

#[test]
fn the_golden_figures_of_the_decision_are_what_the_throttle_admits() {
    let written = std::fs::read_to_string(decision()).expect("the decision");
    let (before, rest) = written.split_once(HEADING).expect("a table with this heading");
    let (_, after) = rest.split_once("\n\n").expect("something behind the table");
    let renewed = format!("{before}{}\n{after}", table());
    #[expect(clippy::disallowed_methods, reason = "a tester renews the golden file with BLESS=1")]
    let bless = std::env::var_os("BLESS").is_some();
    if bless {
        std::fs::write(decision(), &renewed).expect("the decision can be written");
    }
    let written = std::fs::read_to_string(decision()).unwrap_or_default();
    assert!(written == renewed, "the figures differ; renew them with BLESS=1:\n{}", table());
}

#[test]
fn pauses_bring_whoever_guesses_one_patient_s_code_nothing() {
    let soonest = fastest(with_pauses(Guessed::Patient));
    assert!(soonest.time_of(CODES / 2) > steady(Guessed::Patient).time_of(CODES / 2));
}

#[test]
fn pauses_bring_a_caller_no_more_than_the_same_time_without_them() {
    let steady = steady(Guessed::Caller);
    for pausing in with_pauses(Guessed::Caller) {
        for days in [1, 30, 365] {
            let time = TimeDelta::days(days);
            assert!(pausing.within(time) <= steady.within(time), "{:?} in {days} days", pausing.pauses_after);
        }
    }
}

#[test]
fn no_order_lives_long_enough_for_all_codes_of_a_patient() {
    assert!(steady(Guessed::Patient).within(TimeDelta::days(365)) < CODES);
}
