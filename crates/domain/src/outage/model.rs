//! An outage as it is recorded, and what an officer does with it.

use super::holds::Hold;
use super::refusals::{OUTAGE_ENDED, OUTAGE_LASTS, OUTAGE_RELEASED};
use super::rules::{self, Span};
use crate::calendar::{Term, end_of_day_warsaw, warsaw_date};
use crate::decision::admit;
use crate::ids::{OutageId, SpaceId};
use crate::problem::Violation;
use crate::values::Text;
use chrono::{DateTime, Utc};

/// How long the terms that an outage held wait after its end; set by the operator, kept with the outage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grace {
    /// Full calendar days that end at midnight in Warsaw; the day of the outage's end is not counted.
    Days(u32),
    /// Until an officer releases them.
    UntilReleased,
}

/// A time in which the system could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outage {
    pub id: OutageId,
    pub space: SpaceId,
    pub from: DateTime<Utc>,
    /// `None` while nobody knows its end.
    pub until: Option<DateTime<Utc>>,
    pub reason: Text<2000>,
    pub grace: Grace,
    /// Terms that would end after this instant are held: where it began, or an earlier outage whose terms were still
    /// held then.
    pub holds_after: DateTime<Utc>,
    pub recorded_at: DateTime<Utc>,
    pub released_at: Option<DateTime<Utc>>,
}

/// What an officer records.
#[derive(Clone, Debug)]
pub struct NewOutage {
    pub id: OutageId,
    pub space: SpaceId,
    pub from: DateTime<Utc>,
    pub until: Option<DateTime<Utc>>,
    pub reason: Text<2000>,
}

/// Records an outage beside those that are known.
pub fn record(
    new: NewOutage,
    known: &[Outage],
    grace: Grace,
    now: DateTime<Utc>,
) -> Result<Outage, Vec<Violation>> {
    admit(rules::span_faults(Span { from: new.from, until: new.until, now }))?;
    let holds_after = holds_after(new.from, known);
    let NewOutage { id, space, from, until, reason } = new;
    Ok(Outage { id, space, from, until, reason, grace, holds_after, recorded_at: now, released_at: None })
}

/// After which instant one that begins then holds terms: whoever had been given time until then has lost it again.
pub(super) fn holds_after(from: DateTime<Utc>, known: &[Outage]) -> DateTime<Utc> {
    let still_held = known
        .iter()
        .filter(|other| other.holds_after < from && other.holds_until().is_none_or(|until| until > from));
    still_held.map(|other| other.holds_after).min().unwrap_or(from)
}

/// Those of all outages that hold other terms than they did, now that this one is recorded, ended or released: what begins
/// later goes on holding the terms of an earlier one, in whichever order the two were recorded.
pub fn moved_by(changed: &Outage, all: &[Outage]) -> Vec<Outage> {
    let (mut settled, mut later): (Vec<Outage>, Vec<Outage>) =
        all.iter().cloned().partition(|outage| outage.from <= changed.from);
    later.sort_by_key(|outage| outage.from);
    let mut moved = Vec::new();
    for outage in later {
        let before = outage.holds_after;
        let outage = Outage { holds_after: holds_after(outage.from, &settled), ..outage };
        if outage.holds_after != before {
            moved.push(outage.clone());
        }
        settled.push(outage);
    }
    moved
}

impl Outage {
    /// Says when it ended, or corrects an end that is still ahead.
    pub fn end(self, until: DateTime<Utc>, now: DateTime<Utc>) -> Result<Self, Vec<Violation>> {
        if self.has_ended(now) {
            return Err(vec![Violation::whole(OUTAGE_ENDED)]);
        }
        admit(rules::span_faults(Span { from: self.from, until: Some(until), now }))?;
        Ok(Self { until: Some(until), ..self })
    }

    /// Lets the terms that it held end, before the grace is over or where there is none.
    pub fn release(self, now: DateTime<Utc>) -> Result<Self, Vec<Violation>> {
        if !self.has_ended(now) {
            return Err(vec![Violation::whole(OUTAGE_LASTS)]);
        }
        if self.hold(now).until.is_some_and(|until| until <= now) {
            return Err(vec![Violation::whole(OUTAGE_RELEASED)]);
        }
        Ok(Self { released_at: Some(now), ..self })
    }

    fn has_ended(&self, now: DateTime<Utc>) -> bool {
        self.until.is_some_and(|until| until <= now)
    }

    /// Until when its terms are held; `None` as long as nobody can say.
    pub fn holds_until(&self) -> Option<DateTime<Utc>> {
        self.released_at.or_else(|| match (self.until, self.grace) {
            (Some(until), Grace::Days(days)) => Some(Term::calendar_days(days).due(until)),
            (Some(_), Grace::UntilReleased) | (None, _) => None,
        })
    }

    /// The last midnight at which a term can have ended that it holds; `None` while its end is not known.
    pub fn holds_through(&self) -> Option<DateTime<Utc>> {
        self.until.map(|until| end_of_day_warsaw(warsaw_date(until)))
    }

    /// What it holds, as far as that is known now.
    pub fn hold(&self, now: DateTime<Utc>) -> Hold {
        let through = self.holds_through().unwrap_or_else(|| end_of_day_warsaw(warsaw_date(now)));
        Hold { outage: Some(self.id), after: self.holds_after, through, until: self.holds_until() }
    }
}

#[cfg(test)]
mod tests;
