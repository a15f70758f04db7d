//! The real clock, read nowhere else.

use app::clock::Clock;
use chrono::{DateTime, SubsecRound, Utc};
use domain::ids::SpaceId;

/// Real time in every space: nobody can move it.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    fn real_now(&self) -> DateTime<Utc> {
        // What both databases keep, so that an answer and a later read agree.
        Utc::now().trunc_subsecs(6)
    }

    fn now(&self, _space: &SpaceId) -> DateTime<Utc> {
        self.real_now()
    }
}
