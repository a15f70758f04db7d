//! Guessing a code is slowed down and never locked (DO-19): tries that fail are counted for whoever guesses and for whose
//! code is guessed, and each further one waits longer. Look-ups by the order's number are never slowed down.

use chrono::{DateTime, TimeDelta, Utc};

/// Whose tries are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Guessed {
    /// By this client of this organisation, whoever the patients are.
    Caller,
    /// For this patient, whoever guesses.
    Patient,
}

/// How delays grow.
struct Growth {
    /// So many may fail before anybody waits: people mistype.
    free: u32,
    first: TimeDelta,
    longest: TimeDelta,
    forgets: Forgets,
}

/// How tries that failed are forgotten.
enum Forgets {
    /// All at once, so long after the last one.
    AllAfter(TimeDelta),
    /// One after the other, one in this time: a pause brings no more than the same time would have without it. Of more than
    /// `most` nothing is remembered, so that every memory ends.
    OneEach { time: TimeDelta, most: u32 },
}

impl Forgets {
    /// What is left of tries that failed, and since when the next one is being forgotten.
    fn left(&self, before: Tries, now: DateTime<Utc>) -> (u32, DateTime<Utc>) {
        match self {
            Self::AllAfter(time) if now < before.last_at + *time => (before.failed, now),
            Self::AllAfter(_) => (0, now),
            Self::OneEach { time, .. } => {
                let gone = (now - before.last_at).num_seconds() / time.num_seconds();
                let gone = u32::try_from(gone.max(0)).unwrap_or(u32::MAX);
                match before.failed.checked_sub(gone).filter(|left| *left > 0) {
                    Some(left) => (left, before.last_at + *time * i32::try_from(gone).unwrap_or(i32::MAX)),
                    None => (0, now),
                }
            }
        }
    }

    fn most(&self) -> u32 {
        match self {
            Self::AllAfter(_) => u32::MAX,
            Self::OneEach { most, .. } => *most,
        }
    }
}

impl Guessed {
    pub const ALL: [Guessed; 2] = [Self::Caller, Self::Patient];

    pub fn name(self) -> &'static str {
        match self {
            Self::Caller => "CALLER",
            Self::Patient => "PATIENT",
        }
    }

    fn growth(self) -> Growth {
        match self {
            // A shop serves many patients, some of whom mistype: as many a day as are forgotten in a day never wait.
            Self::Caller => Growth {
                free: 20,
                first: TimeDelta::seconds(10),
                longest: TimeDelta::minutes(30),
                forgets: Forgets::OneEach { time: TimeDelta::minutes(30), most: 48 },
            },
            Self::Patient => Growth {
                free: 5,
                first: TimeDelta::seconds(30),
                longest: TimeDelta::hours(1),
                forgets: Forgets::AllAfter(TimeDelta::hours(24)),
            },
        }
    }
}

/// What is remembered of tries that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tries {
    pub failed: u32,
    /// When the last one was made; where they are forgotten one by one, since when the next one is being forgotten.
    pub last_at: DateTime<Utc>,
    /// Before it nothing is looked up.
    pub not_before: Option<DateTime<Utc>>,
}

/// How long the next try waits after so many that failed.
fn delay(growth: &Growth, failed: u32) -> Option<TimeDelta> {
    let doublings = failed.checked_sub(growth.free).filter(|over| *over > 0)? - 1;
    let grown = 2_i32.checked_pow(doublings).and_then(|times| growth.first.checked_mul(times));
    Some(grown.unwrap_or(growth.longest).min(growth.longest))
}

/// One more try, which fails unless it is taken back.
pub fn one_more(of: Guessed, before: Option<Tries>, now: DateTime<Utc>) -> Tries {
    let growth = of.growth();
    let (left, last_at) = before.map_or((0, now), |before| growth.forgets.left(before, now));
    let failed = left.saturating_add(1).min(growth.forgets.most());
    Tries { failed, last_at, not_before: delay(&growth, failed).map(|delay| now + delay) }
}

/// A try as it was counted, before it was known whether it fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    pub before: Option<Tries>,
    pub after: Tries,
}

/// Counts a try of which nobody knows yet whether it fails.
pub fn count(of: Guessed, before: Option<Tries>, now: DateTime<Utc>) -> Counted {
    Counted { before, after: one_more(of, before, now) }
}

/// The try was right: it is as if it had not been, unless others were counted meanwhile, whose delay stays.
pub fn taken_back(of: Guessed, seen: Tries, counted: Counted) -> Tries {
    let failed = seen.failed.saturating_sub(1);
    if seen == counted.after {
        return counted.before.unwrap_or(Tries { failed, not_before: None, ..seen });
    }
    let not_before = seen.not_before.filter(|_| delay(&of.growth(), failed).is_some());
    Tries { failed, not_before, ..seen }
}

/// How many seconds the next try has to wait; `None` where it may be made.
pub fn wait(tries: &Tries, now: DateTime<Utc>) -> Option<u32> {
    let left = tries.not_before? - now;
    let seconds = (left.num_milliseconds() + 999) / 1000;
    u32::try_from(seconds).ok().filter(|seconds| *seconds > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::instant;

    fn start() -> DateTime<Utc> {
        instant("2026-12-01T08:00:00Z")
    }

    /// So many that failed, each as soon as it was admitted.
    fn failed(of: Guessed, times: u32) -> (Tries, DateTime<Utc>) {
        let mut now = start();
        let mut tries = one_more(of, None, now);
        for _ in 1..times {
            now = tries.not_before.unwrap_or(now).max(now);
            tries = one_more(of, Some(tries), now);
        }
        (tries, now)
    }

    #[test]
    fn the_first_ones_are_free_and_then_each_waits_twice_as_long() {
        for (of, free, first) in [(Guessed::Patient, 5, 30), (Guessed::Caller, 20, 10)] {
            let (tries, now) = failed(of, free);
            assert_eq!(wait(&tries, now), None);
            for (over, seconds) in [(1, first), (2, 2 * first), (3, 4 * first)] {
                let (tries, now) = failed(of, free + over);
                assert_eq!(wait(&tries, now), Some(seconds));
                assert_eq!(wait(&tries, now + TimeDelta::seconds(seconds.into())), None);
            }
        }
    }

    #[test]
    fn no_delay_is_longer_than_the_longest_and_nobody_is_locked_out() {
        for (of, longest) in [(Guessed::Patient, 3600), (Guessed::Caller, 1800)] {
            for times in [40, 1000] {
                let (tries, now) = failed(of, times);
                assert_eq!(wait(&tries, now), Some(longest));
            }
        }
    }

    #[test]
    fn time_forgets_and_a_right_one_counts_for_nothing() {
        let (tries, now) = failed(Guessed::Patient, 9);
        let next_day = now + TimeDelta::hours(24);
        assert_eq!(one_more(Guessed::Patient, Some(tries), next_day).failed, 1);
        assert_eq!(one_more(Guessed::Patient, Some(tries), next_day - TimeDelta::seconds(1)).failed, 10);
    }

    #[test]
    fn a_right_try_is_as_if_it_had_not_been() {
        for of in Guessed::ALL {
            let first = count(of, None, start());
            assert_eq!(taken_back(of, first.after, first).failed, 0);
            for times in [1, 5, 8, 30, 100] {
                let (tries, now) = failed(of, times);
                let now = tries.not_before.unwrap_or(now).max(now);
                let right = count(of, Some(tries), now);
                assert_eq!(taken_back(of, right.after, right), tries, "nobody waits for it");
                let wrong = one_more(of, Some(right.after), now);
                let back = taken_back(of, wrong, right);
                assert_eq!(back.failed, wrong.failed - 1, "what failed meanwhile still counts");
                assert_eq!(back.not_before.is_some(), delay(&of.growth(), back.failed).is_some());
            }
        }
    }

    #[test]
    fn a_caller_s_tries_are_forgotten_one_by_one() {
        let (tries, now) = failed(Guessed::Caller, 20);
        let half_an_hour = TimeDelta::minutes(30);
        let after = |pause| one_more(Guessed::Caller, Some(tries), now + pause);
        assert_eq!(after(half_an_hour - TimeDelta::seconds(1)).failed, 21);
        assert_eq!(after(half_an_hour).failed, 20);
        assert_eq!(after(half_an_hour * 3 + TimeDelta::minutes(29)).failed, 18);
        let rest = after(half_an_hour + TimeDelta::minutes(29));
        let soon = one_more(Guessed::Caller, Some(rest), now + half_an_hour * 2);
        assert_eq!((rest.failed, soon.failed), (20, 20), "a try takes nothing off the time that has passed");
        assert_eq!(after(half_an_hour * 20).failed, 1);
    }

    #[test]
    fn a_shop_whose_patients_mistype_all_day_long_never_waits() {
        let (mut now, mut tries) = (start(), None);
        for _ in 0..500 {
            let next = one_more(Guessed::Caller, tries, now);
            assert_eq!(wait(&next, now), None, "{next:?}");
            (now, tries) = (now + TimeDelta::minutes(30), Some(next));
        }
    }

    #[test]
    fn whatever_a_caller_did_is_forgotten_in_a_day() {
        let mut tries = one_more(Guessed::Caller, None, start());
        for _ in 0..1000 {
            tries = one_more(Guessed::Caller, Some(tries), start());
        }
        assert_eq!(tries.failed, 48);
        assert_eq!(one_more(Guessed::Caller, Some(tries), start() + TimeDelta::hours(24)).failed, 1);
    }

    #[test]
    fn half_of_all_codes_take_more_than_half_a_year_to_try() {
        let (_, end) = failed(Guessed::Patient, 5_000);
        assert!(end - start() > TimeDelta::days(200));
    }
}
