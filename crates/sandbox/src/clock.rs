//! The clock of a sandbox: real time, and for each space how far ahead of it that space lives.

use app::clock::Clock;
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::SpaceId;
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

/// Moves single spaces forward; the others stay at real time.
pub struct SandboxClock {
    real: Arc<dyn Clock>,
    offsets: RwLock<BTreeMap<SpaceId, TimeDelta>>,
    /// Where the offsets outlive a restart: no space goes back in time by one.
    file: Option<PathBuf>,
}

/// Why a space was not moved.
#[derive(Debug, thiserror::Error)]
pub enum MoveFault {
    #[error("a space's clock only moves forward, and not beyond the calendar")]
    NotForward,
    #[error("the clocks could not be kept: {0}")]
    NotKept(#[from] io::Error),
}

impl SandboxClock {
    pub fn new(real: Arc<dyn Clock>) -> Self {
        Self { real, offsets: RwLock::default(), file: None }
    }

    /// With the offsets of this file, which keeps those to come too.
    pub(crate) fn kept_in(real: Arc<dyn Clock>, file: PathBuf) -> io::Result<Self> {
        let offsets = match std::fs::read(&file) {
            Ok(bytes) => read_offsets(&bytes)?,
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => BTreeMap::new(),
            Err(fault) => return Err(fault),
        };
        Ok(Self { real, offsets: RwLock::new(offsets), file: Some(file) })
    }

    /// Moves the space forward by this much.
    pub fn advance(&self, space: &SpaceId, by: TimeDelta) -> Result<(), MoveFault> {
        let mut offsets = self.offsets.write().unwrap_or_else(PoisonError::into_inner);
        let offset = offsets.get(space).copied().unwrap_or_default();
        let later = offset.checked_add(&by).filter(|_| by >= TimeDelta::zero());
        let later = later.ok_or(MoveFault::NotForward)?;
        self.real.real_now().checked_add_signed(later).ok_or(MoveFault::NotForward)?;
        let mut moved = offsets.clone();
        moved.insert(space.clone(), later);
        if let Some(file) = &self.file {
            crate::folder::write(file, &written_offsets(&moved)?)?;
        }
        *offsets = moved;
        Ok(())
    }

    /// How far ahead of real time the space would live if it were moved forward by this much: whole seconds, since the
    /// file keeps no less.
    pub(crate) fn ahead_by(&self, space: &SpaceId, by: TimeDelta) -> Result<TimeDelta, MoveFault> {
        let later = self.offset(space).checked_add(&by).filter(|_| by >= TimeDelta::zero());
        let later = whole_seconds(later.ok_or(MoveFault::NotForward)?);
        self.real.real_now().checked_add_signed(later).ok_or(MoveFault::NotForward)?;
        Ok(later)
    }

    /// How far ahead of real time a space lives once it has reached this instant, in whole seconds.
    pub(crate) fn ahead_at(&self, instant: DateTime<Utc>) -> TimeDelta {
        whole_seconds(instant - self.real.real_now())
    }

    /// Moves the space until it lives so far ahead of real time; one that lives further ahead stays there.
    pub(crate) fn lead(&self, space: &SpaceId, ahead: TimeDelta) -> Result<(), MoveFault> {
        self.advance(space, (ahead - self.offset(space)).max(TimeDelta::zero()))
    }

    /// How far ahead of real time the space lives.
    pub fn offset(&self, space: &SpaceId) -> TimeDelta {
        let offsets = self.offsets.read().unwrap_or_else(PoisonError::into_inner);
        offsets.get(space).copied().unwrap_or_default()
    }
}

/// The next whole second, so that what is moved to an instant has reached it.
fn whole_seconds(by: TimeDelta) -> TimeDelta {
    let begun = i64::from(by.subsec_nanos() > 0);
    TimeDelta::try_seconds(by.num_seconds().saturating_add(begun)).unwrap_or(by)
}

/// Whole seconds by space: nobody moves a clock by less.
fn written_offsets(offsets: &BTreeMap<SpaceId, TimeDelta>) -> io::Result<Vec<u8>> {
    let seconds: BTreeMap<&str, i64> =
        offsets.iter().map(|(space, offset)| (space.as_str(), offset.num_seconds())).collect();
    Ok(serde_json::to_vec_pretty(&seconds)?)
}

fn read_offsets(bytes: &[u8]) -> io::Result<BTreeMap<SpaceId, TimeDelta>> {
    let seconds: BTreeMap<String, i64> = serde_json::from_slice(bytes)?;
    let read =
        |(space, seconds): (String, i64)| Some((SpaceId::parse(&space)?, TimeDelta::try_seconds(seconds)?));
    seconds.into_iter().map(|entry| read(entry).ok_or_else(|| io::ErrorKind::InvalidData.into())).collect()
}

impl Clock for SandboxClock {
    fn real_now(&self) -> DateTime<Utc> {
        self.real.real_now()
    }

    fn now(&self, space: &SpaceId) -> DateTime<Utc> {
        let now = self.real.real_now();
        now.checked_add_signed(self.offset(space)).unwrap_or(now)
    }

    fn furthest_ahead(&self) -> TimeDelta {
        let offsets = self.offsets.read().unwrap_or_else(PoisonError::into_inner);
        offsets.values().max().copied().unwrap_or_default()
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
            clock.advance(&space("a"), TimeDelta::days(30)).expect("forward");
        }
        assert_eq!(clock.now(&space("a")), start + TimeDelta::days(60));
        assert_eq!(clock.now(&space("b")), start);
        assert_eq!(clock.real_now(), start);
    }

    #[test]
    fn a_space_reaches_an_instant_in_whole_seconds_and_is_never_moved_back_to_one() {
        let start = DateTime::from_timestamp(1_772_445_600, 250_000_000).expect("an instant");
        let clock = SandboxClock::new(Arc::new(Stopped(start)));
        let midnight = DateTime::from_timestamp(1_772_449_200, 0).expect("an instant");
        clock.lead(&space("a"), clock.ahead_at(midnight)).expect("forward");
        assert_eq!(clock.now(&space("a")), midnight + TimeDelta::milliseconds(250));
        clock.lead(&space("a"), clock.ahead_at(start)).expect("no step back");
        assert_eq!(clock.offset(&space("a")), TimeDelta::hours(1));
        let half = TimeDelta::milliseconds(500);
        assert_eq!(clock.ahead_by(&space("a"), half).ok(), Some(TimeDelta::seconds(3601)));
        assert!(clock.ahead_by(&space("a"), TimeDelta::seconds(-1)).is_err());
        assert!(clock.ahead_by(&space("a"), TimeDelta::MAX).is_err());
    }

    #[test]
    fn nobody_goes_back_or_beyond_the_calendar() {
        let start = DateTime::from_timestamp(1_772_445_600, 0).expect("an instant");
        let clock = SandboxClock::new(Arc::new(Stopped(start)));
        for by in [TimeDelta::seconds(-1), TimeDelta::MAX] {
            assert!(matches!(clock.advance(&space("a"), by), Err(MoveFault::NotForward)));
        }
        assert_eq!(clock.now(&space("a")), start);
    }

    #[test]
    fn a_space_stays_where_it_was_moved_over_a_restart() {
        let start = DateTime::from_timestamp(1_772_445_600, 0).expect("an instant");
        let file = std::env::temp_dir().join(format!("sandbox-clocks-{}.json", std::process::id()));
        let open = || SandboxClock::kept_in(Arc::new(Stopped(start)), file.clone()).expect("a clock");
        open().advance(&space("a"), TimeDelta::days(8)).expect("forward");
        assert_eq!(open().now(&space("a")), start + TimeDelta::days(8));
        assert_eq!(open().furthest_ahead(), TimeDelta::days(8));
        std::fs::write(&file, "{").expect("a file");
        assert!(SandboxClock::kept_in(Arc::new(Stopped(start)), file.clone()).is_err(), "nothing is guessed");
        std::fs::remove_file(&file).expect("a file");
    }
}
