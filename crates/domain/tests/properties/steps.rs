//! Random stories of any document: how many days pass, what is asked, and which outages there are.

use crate::support::recorded;
use chrono::{DateTime, TimeDelta, Utc};
use domain::outage::model::moved_by;
use domain::outage::{Grace, Holds, Outage};
use proptest::prelude::*;

/// One step of a random story.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) days: u64,
    /// Which command: among those of the state, or among all.
    fits: bool,
    command: prop::sample::Index,
    /// Which arguments; most are legal.
    pub(crate) variant: u8,
    /// Whether an outage begins, ends or is released first.
    pub(crate) outage: bool,
    /// Whether a signature of the step has to be validated outside.
    pub(crate) waits: Option<Wait>,
}

/// A signature that was received waits so many days, and then this becomes of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wait {
    pub(crate) days: u64,
    pub(crate) end: EndOfWait,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum EndOfWait {
    Confirmed,
    Refused,
    Withdrawn,
}

fn waits() -> impl Strategy<Value = Option<Wait>> {
    let days = prop_oneof![3 => 0..2_u64, 2 => 2..12_u64, 1 => 12..70_u64];
    let end = prop_oneof![
        12 => Just(EndOfWait::Confirmed),
        6 => Just(EndOfWait::Refused),
        1 => Just(EndOfWait::Withdrawn),
    ];
    prop::option::weighted(0.3, (days, end).prop_map(|(days, end)| Wait { days, end }))
}

pub(crate) fn steps() -> impl Strategy<Value = Vec<Step>> {
    let days = prop_oneof![6 => 0..2_u64, 2 => 2..9_u64, 1 => 9..70_u64];
    let rarely = prop::bool::weighted(0.15);
    let which = (prop::bool::weighted(0.85), any::<prop::sample::Index>(), any::<u8>());
    let step = (days, which, rarely, waits());
    let step = step.prop_map(|(days, (fits, command, variant), outage, waits)| Step {
        days,
        fits,
        command,
        variant,
        outage,
        waits,
    });
    prop::collection::vec(step, 1..60)
}

impl Step {
    /// One of all commands, or of those that the state knows: of these seldom one that ends the story at once, so that most
    /// stories get somewhere. `None` where the state knows no other.
    pub(crate) fn chosen<C: Copy>(&self, all: &[C], known: Vec<C>, ends: impl Fn(C) -> bool) -> Option<C> {
        if !self.fits {
            return Some(*self.command.get(all));
        }
        let known: Vec<C> =
            known.into_iter().filter(|command| self.variant.is_multiple_of(32) || !ends(*command)).collect();
        if known.is_empty() { None } else { Some(*self.command.get(&known)) }
    }
}

/// The outages of a story.
#[derive(Clone, Default)]
pub(crate) struct Outages(Vec<Outage>);

impl Outages {
    pub(crate) fn holds(&self, now: DateTime<Utc>) -> Holds {
        Holds::of(&self.0, now)
    }

    /// The last outage is ended or released; where it is over, or there was none, another one begins, or is planned: what is
    /// recorded next may well begin before it.
    pub(crate) fn suffer(&mut self, variant: u8, now: DateTime<Utc>) {
        if let Some(last) = self.0.pop() {
            let moved =
                if last.until.is_none() { last.clone().end(now, now) } else { last.clone().release(now) };
            let has_moved = moved.is_ok();
            self.keep(&moved.unwrap_or(last));
            if has_moved {
                return;
            }
        }
        let grace = if variant.is_multiple_of(3) {
            Grace::UntilReleased
        } else {
            Grace::Days(u32::from(variant % 5))
        };
        let hours = TimeDelta::hours(i64::from(variant % 50));
        let (from, until) = if variant.is_multiple_of(7) {
            (now + hours, Some(now + hours + TimeDelta::hours(20)))
        } else {
            // Some are recorded when they are over.
            let from = now - hours;
            (
                from,
                variant.is_multiple_of(2).then(|| now - TimeDelta::minutes(1)).filter(|until| *until > from),
            )
        };
        let outage = recorded(from, until, &self.0, grace);
        self.keep(&outage);
    }

    /// Keeps it as the last, and what holds other terms because of it.
    fn keep(&mut self, outage: &Outage) {
        self.0.push(outage.clone());
        for moved in moved_by(outage, &self.0.clone()) {
            self.0.iter_mut().filter(|it| it.id == moved.id).for_each(|it| *it = moved.clone());
        }
    }
}
