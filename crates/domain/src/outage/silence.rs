//! The silence of a service that could not say itself that it was down (OU-07, OU-08).

use super::holds::{Hold, Holds};
use super::model::{Outage, holds_after};
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

    /// Whether one of these terms really ended in it, by its own end or by that of the time which an outage had given it.
    pub fn ended_a_term(self, ends: &[DateTime<Utc>], holds: &Holds) -> bool {
        let really = |end: &DateTime<Utc>| holds.on(*end).map_or(Some(*end), |hold| hold.until);
        ends.iter().filter_map(really).any(|end| self.from < end && end <= self.until)
    }

    /// What it holds until it is on record: the terms that the outage will hold and that have ended already.
    pub fn hold(self, known: &[Outage]) -> Hold {
        let after = holds_after(self.from, known);
        Hold { outage: None, after, through: self.until, until: None }
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
    fn a_time_that_an_outage_gave_can_end_in_it_too() {
        let of_the_day_before = || {
            let (from, until) = (instant("2026-12-06T20:00:00Z"), instant("2026-12-07T07:00:00Z"));
            [recorded(from, Some(until), &[], Grace::Days(1))]
        };
        let due = instant("2026-12-06T23:00:00Z");
        let holds = |outages: &[Outage]| Holds::of(outages, instant(MORNING));
        assert!(night().ended_a_term(&[due], &holds(&of_the_day_before())));
        let held = holds(&of_the_day_before()).and(night().hold(&of_the_day_before()));
        assert_eq!(held.on(due).map(|hold| (hold.outage, hold.until)), Some((None, None)));
        let released = of_the_day_before().map(|it| Outage { released_at: Some(instant(EVENING)), ..it });
        assert!(!night().ended_a_term(&[due], &holds(&released)), "it had ended before");
    }

    #[test]
    fn what_is_silent_holds_what_has_ended_since_and_nothing_that_is_still_to_end() {
        let held = Holds::none().and(night().hold(&[]));
        assert_eq!(held.on(instant(EVENING)), None);
        assert!(held.on(instant(MIDNIGHT)).is_some_and(|hold| hold.outage.is_none() && hold.until.is_none()));
        assert_eq!(held.on(instant("2026-12-09T23:00:00Z")), None);
    }

    #[test]
    fn a_space_that_lives_ahead_was_silent_as_long() {
        let ahead = night().ending(instant("2027-01-09T07:00:00Z"));
        assert_eq!(ahead.from, instant("2027-01-08T20:00:00Z"));
    }
}
