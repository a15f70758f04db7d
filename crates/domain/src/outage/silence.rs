//! The silence of a service that could not say itself that it was down (OU-07).

use super::holds::Holds;
use chrono::{DateTime, TimeDelta, Utc};

/// What may be recorded lies within a year (OU-02); a longer silence is recorded as far as that.
const LONGEST: TimeDelta = TimeDelta::days(365);

/// From the last sign of life until the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Silence {
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
}

impl Silence {
    /// `None` where it was no longer than the operator lets pass.
    pub fn beyond(let_pass: TimeDelta, last: DateTime<Utc>, now: DateTime<Utc>) -> Option<Self> {
        (now - last > let_pass).then(|| Self { from: last.max(now - LONGEST), until: now })
    }

    /// The same silence in a space whose present is another.
    #[must_use]
    pub fn ending(self, until: DateTime<Utc>) -> Self {
        Self { from: until - (self.until - self.from), until }
    }

    /// Whether one of these terms ended in it, and nothing that is on record holds it.
    pub fn ended_a_term(self, ends: &[DateTime<Utc>], holds: &Holds) -> bool {
        ends.iter().any(|end| self.from < *end && *end <= self.until && holds.on(*end).is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outage::Grace;
    use crate::support::{instant, recorded};

    const EVENING: &str = "2026-12-08T20:00:00Z";
    const MIDNIGHT: &str = "2026-12-08T23:00:00Z";
    const MORNING: &str = "2026-12-09T07:00:00Z";

    fn night() -> Silence {
        Silence { from: instant(EVENING), until: instant(MORNING) }
    }

    #[test]
    fn what_the_operator_lets_pass_is_no_silence() {
        let beyond =
            |minutes| Silence::beyond(TimeDelta::minutes(minutes), instant(EVENING), instant(MIDNIGHT));
        assert_eq!(beyond(180), None);
        assert_eq!(beyond(179), Some(Silence { from: instant(EVENING), until: instant(MIDNIGHT) }));
    }

    #[test]
    fn it_reaches_back_a_year_at_most() {
        let now = instant(MORNING);
        let long = Silence::beyond(TimeDelta::minutes(15), now - TimeDelta::days(500), now);
        assert_eq!(long, Some(Silence { from: now - TimeDelta::days(365), until: now }));
    }

    #[test]
    fn it_is_an_outage_where_a_term_ended_in_it_that_nothing_holds() {
        let none = Holds::none();
        assert!(night().ended_a_term(&[instant(MIDNIGHT)], &none));
        assert!(night().ended_a_term(&[instant(MORNING)], &none));
        assert!(!night().ended_a_term(&[instant(EVENING)], &none), "it had ended before");
        assert!(!night().ended_a_term(&[instant("2026-12-09T23:00:00Z")], &none), "it can still be kept");
        assert!(!night().ended_a_term(&[], &none));
        let known = [recorded(instant(EVENING), Some(instant(MORNING)), &[], Grace::Days(1))];
        assert!(!night().ended_a_term(&[instant(MIDNIGHT)], &Holds::of(&known, instant(MORNING))));
    }

    #[test]
    fn a_space_that_lives_ahead_was_silent_as_long() {
        let ahead = night().ending(instant("2027-01-09T07:00:00Z"));
        assert_eq!(ahead.from, instant("2027-01-08T20:00:00Z"));
    }
}
