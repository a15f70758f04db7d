//! The days of a case: a sandbox of our own is moved forward, another one stays at today.

use super::DemoFault;
use crate::clock::SandboxClock;
use app::clock::Clock;
use chrono::{DateTime, Months, NaiveDate, TimeDelta, Utc};
use domain::calendar::warsaw_date;
use domain::ids::SpaceId;
use server::clock::SystemClock;
use std::sync::Arc;

pub(super) struct Timeline {
    clock: Option<Arc<SandboxClock>>,
    space: SpaceId,
}

impl Timeline {
    pub(super) fn new(clock: Option<Arc<SandboxClock>>, space: SpaceId) -> Self {
        Self { clock, space }
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.as_ref().map_or_else(|| SystemClock.real_now(), |clock| clock.now(&self.space))
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
