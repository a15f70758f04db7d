//! The real clock, read nowhere else.

use app::clock::Clock;
use chrono::{DateTime, Utc};
use domain::ids::SpaceId;

/// Real time in every space: nobody can move it.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    fn real_now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn now(&self, _space: &SpaceId) -> DateTime<Utc> {
        self.real_now()
    }
}
