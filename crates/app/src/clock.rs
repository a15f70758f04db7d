//! Time as the use cases see it: the real clock plus the offset of a tester's space.

use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::SpaceId;

/// Terms, decisions and documents follow [`Clock::now`]; tokens, certificates and signature windows follow
/// [`Clock::real_now`], which no space can move.
pub trait Clock: Send + Sync + 'static {
    fn real_now(&self) -> DateTime<Utc>;

    fn now(&self, space: &SpaceId) -> DateTime<Utc>;

    /// How far ahead of real time the space lives that was moved furthest; in production none was.
    fn furthest_ahead(&self) -> TimeDelta {
        TimeDelta::zero()
    }
}
