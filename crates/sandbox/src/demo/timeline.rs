//! The days of a case: a sandbox of our own is moved forward step by step, another one only where a case says so.

use super::DemoFault;
use super::report::due;
use crate::clock::SandboxClock;
use app::clock::Clock;
use chrono::{DateTime, Days, Months, NaiveDate, TimeDelta, Utc};
use domain::calendar::{end_of_day_warsaw, warsaw_date};
use domain::ids::SpaceId;
use server::clock::SystemClock;
use std::sync::Arc;

/// A term that has to run: calendar days that end at midnight in Warsaw, the day of the event not counted.
#[derive(Clone, Copy)]
pub(super) struct Term {
    kind: &'static str,
    days: u64,
    from: From,
}

/// The event that a term counts from.
#[derive(Clone, Copy)]
enum From {
    ThisStep,
    Issue,
}

pub(super) const REPRESENTATIVE_APPROVAL: Term =
    Term { kind: "REPRESENTATIVE_APPROVAL", days: 3, from: From::ThisStep };
pub(super) const OPINION: Term = Term { kind: "OPINION", days: 7, from: From::ThisStep };
pub(super) const SUBMISSION_TO_MINISTER: Term =
    Term { kind: "SUBMISSION_TO_MINISTER", days: 60, from: From::Issue };
pub(super) const HANDOVER: Term = Term { kind: "HANDOVER", days: 60, from: From::ThisStep };

pub(super) struct Timeline {
    clock: Option<Arc<SandboxClock>>,
    space: SpaceId,
    issued_on: NaiveDate,
    /// How far a space of another sandbox was moved.
    ahead: TimeDelta,
}

impl Timeline {
    pub(super) fn new(clock: Option<Arc<SandboxClock>>, space: SpaceId) -> Self {
        let mut timeline = Self { clock, space, issued_on: NaiveDate::default(), ahead: TimeDelta::zero() };
        timeline.issue();
        timeline
    }

    /// The demand is issued today.
    pub(super) fn issue(&mut self) {
        self.issued_on = self.today();
    }

    /// When these terms are over, in the words of [`super::report::due`].
    pub(super) fn due(&self, terms: &[Term]) -> String {
        let told = terms.iter().map(|term| {
            let from = match term.from {
                From::ThisStep => self.today(),
                From::Issue => self.issued_on,
            };
            let last = from.checked_add_days(Days::new(term.days)).unwrap_or(from);
            due(term.kind, end_of_day_warsaw(last))
        });
        told.collect::<Vec<_>>().join(", ")
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        let elsewhere = || SystemClock.real_now() + self.ahead;
        self.clock.as_ref().map_or_else(elsewhere, |clock| clock.now(&self.space))
    }

    /// The space was moved by its own operation.
    pub(super) fn has_come_to(&mut self, now: DateTime<Utc>) {
        self.ahead = now - SystemClock.real_now();
    }

    /// Today in Warsaw, as the space lives it.
    pub(super) fn today(&self) -> NaiveDate {
        warsaw_date(self.now())
    }

    /// Goes on to that many days after the instant, where time can be moved.
    pub(super) fn reach(&self, from: DateTime<Utc>, days: u32) -> Result<(), DemoFault> {
        if let Some(clock) = &self.clock {
            let ahead = from + TimeDelta::days(i64::from(days)) - self.now();
            clock.advance(&self.space, ahead.max(TimeDelta::zero()))?;
        }
        Ok(())
    }

    /// The day that many months from today.
    pub(super) fn in_months(&self, months: u32) -> NaiveDate {
        let today = self.today();
        today.checked_add_months(Months::new(months)).unwrap_or(today)
    }
}
