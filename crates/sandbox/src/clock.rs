//! The clock of a sandbox: real time, and for each space how far ahead of it that space lives.

use app::clock::Clock;
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::SpaceId;
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Moves single spaces forward; the others stay at real time.
pub struct SandboxClock {
    real: Arc<dyn Clock>,
    offsets: RwLock<BTreeMap<SpaceId, TimeDelta>>,
}

/// A space cannot be moved back, or beyond the end of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a space's clock only moves forward, and not beyond the calendar")]
pub struct NotForward;

impl SandboxClock {
    pub fn new(real: Arc<dyn Clock>) -> Self {
        Self { real, offsets: RwLock::default() }
    }

    /// Moves the space forward by this much.
    pub fn advance(&self, space: &SpaceId, by: TimeDelta) -> Result<(), NotForward> {
        let mut offsets = self.offsets.write().unwrap_or_else(PoisonError::into_inner);
        let offset = offsets.get(space).copied().unwrap_or_default();
        let later = offset.checked_add(&by).filter(|_| by >= TimeDelta::zero()).ok_or(NotForward)?;
        self.real.real_now().checked_add_signed(later).ok_or(NotForward)?;
        offsets.insert(space.clone(), later);
        Ok(())
    }

    /// How far ahead of real time the space lives.
    pub fn offset(&self, space: &SpaceId) -> TimeDelta {
        let offsets = self.offsets.read().unwrap_or_else(PoisonError::into_inner);
        offsets.get(space).copied().unwrap_or_default()
    }
}

impl Clock for SandboxClock {
    fn real_now(&self) -> DateTime<Utc> {
        self.real.real_now()
    }

    fn now(&self, space: &SpaceId) -> DateTime<Utc> {
        let now = self.real.real_now();
        now.checked_add_signed(self.offset(space)).unwrap_or(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Stopped(DateTime<Utc>);

    impl Clock for Stopped {
        fn real_now(&self) -> DateTime<Utc> {
            self.0
        }

        fn now(&self, _: &SpaceId) -> DateTime<Utc> {
            self.0
        }
    }

    fn space(name: &str) -> SpaceId {
        SpaceId::parse(name).expect("a space")
    }

    #[test]
    fn one_space_moves_and_no_other_and_never_the_real_time() {
        let start = DateTime::from_timestamp(1_772_445_600, 0).expect("an instant");
        let clock = SandboxClock::new(Arc::new(Stopped(start)));
        for _ in 0..2 {
            assert_eq!(clock.advance(&space("a"), TimeDelta::days(30)), Ok(()));
        }
        assert_eq!(clock.now(&space("a")), start + TimeDelta::days(60));
        assert_eq!(clock.now(&space("b")), start);
        assert_eq!(clock.real_now(), start);
    }

    #[test]
    fn nobody_goes_back_or_beyond_the_calendar() {
        let start = DateTime::from_timestamp(1_772_445_600, 0).expect("an instant");
        let clock = SandboxClock::new(Arc::new(Stopped(start)));
        for by in [TimeDelta::seconds(-1), TimeDelta::MAX] {
            assert_eq!(clock.advance(&space("a"), by), Err(NotForward));
        }
        assert_eq!(clock.now(&space("a")), start);
    }
}
