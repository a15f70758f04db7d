//! Rate limits: named buckets, each keyed by client or by address.

mod table;

pub(crate) use table::is_limited;
pub use table::{
    CHECKS_IN_FACILITIES, CHECKS_IN_FACILITIES_OF_ONE_NETWORK, CHECKS_OF_ONE_DOCUMENT,
    RETRIEVALS_OF_ONE_DOCUMENT, production,
};

use app::failure::Failure;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::hash::{BuildHasher, RandomState};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// Above this many callers in one bucket the rest share [`SHARED`] slots, so that memory has an end.
const CALLERS: usize = 100_000;
const SHARED: u64 = 1024;
/// How many checks pass between two sweeps of callers whose bucket is full again.
const SWEEP_EVERY: u32 = 4096;

/// How often one caller may use the operations of this bucket.
#[derive(Clone, Debug)]
pub struct Bucket {
    pub name: &'static str,
    /// `METHOD /path/{pattern}` of the operations that draw from it before anything of them is read.
    pub operations: &'static [&'static str],
    pub per_minute: NonZeroU32,
    pub burst: NonZeroU32,
}

impl Bucket {
    fn counts(&self, method: &str, pattern: &str) -> bool {
        self.operations.iter().any(|operation| operation.split_once(' ') == Some((method, pattern)))
    }
}

/// Every bucket of the application.
#[derive(Default)]
pub struct Limits {
    buckets: Vec<Counted>,
    hasher: RandomState,
}

struct Counted {
    bucket: Bucket,
    limiter: DefaultKeyedRateLimiter<u64>,
    checks: AtomicU32,
}

/// Seconds until the next request would be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limited {
    pub retry_after: u32,
}

impl From<Limited> for Failure {
    fn from(limited: Limited) -> Self {
        Self::Limited { retry_after: limited.retry_after }
    }
}

impl Limits {
    pub fn new(buckets: Vec<Bucket>) -> Self {
        let buckets = buckets.into_iter().map(Counted::new).collect();
        Self { buckets, hasher: RandomState::new() }
    }

    /// Draws one request of `key` from the bucket; a bucket without a name here is unlimited.
    pub fn check(&self, bucket: &str, key: &str) -> Result<(), Limited> {
        match self.buckets.iter().find(|counted| counted.bucket.name == bucket) {
            Some(counted) => counted.draw(self.hasher.hash_one(key)),
            None => Ok(()),
        }
    }

    /// Draws from the share of `key`, and what goes beyond it from a bucket that all keys have in common.
    pub fn check_own_or_common(&self, own: &str, key: &str, common: &str) -> Result<(), Limited> {
        let Err(of_own) = self.check(own, key) else { return Ok(()) };
        self.check(common, "")
            .map_err(|of_common| Limited { retry_after: of_own.retry_after.min(of_common.retry_after) })
    }

    /// Draws from the bucket that the operation stands in.
    pub(crate) fn check_operation(&self, method: &str, pattern: &str, key: &str) -> Result<(), Limited> {
        let mut concerned = self.buckets.iter().filter(|counted| counted.bucket.counts(method, pattern));
        concerned.try_for_each(|counted| counted.draw(self.hasher.hash_one(key)))
    }
}

impl Counted {
    fn new(bucket: Bucket) -> Self {
        let quota = Quota::per_minute(bucket.per_minute).allow_burst(bucket.burst);
        Self { bucket, limiter: RateLimiter::keyed(quota), checks: AtomicU32::new(0) }
    }

    fn draw(&self, key: u64) -> Result<(), Limited> {
        if self.checks.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
        let key = if self.limiter.len() < CALLERS { key } else { key % SHARED };
        self.limiter.check_key(&key).map_err(|until| {
            let wait = until.wait_time_from(DefaultClock::default().now());
            Limited { retry_after: whole_seconds(wait) }
        })
    }
}

fn whole_seconds(wait: Duration) -> u32 {
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    u32::try_from(seconds.max(1)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;

    fn limits() -> Limits {
        let count = |number| NonZeroU32::new(number).unwrap();
        let operations = &["POST /api/v1/public/checks"];
        Limits::new(vec![Bucket { name: "checks", operations, per_minute: count(2), burst: count(3) }])
    }

    #[test]
    fn after_the_burst_the_caller_waits_and_others_do_not() {
        let limits = limits();
        for _ in 0..3 {
            assert_eq!(limits.check("checks", "192.0.2.1"), Ok(()));
        }
        let refused = limits.check("checks", "192.0.2.1").unwrap_err();
        assert!((1..=30).contains(&refused.retry_after), "{refused:?}");
        assert_eq!(limits.check("checks", "192.0.2.2"), Ok(()));
    }

    #[test]
    fn an_operation_draws_from_its_bucket_only() {
        let limits = limits();
        let ask = |method: &str| limits.check_operation(method, "/api/v1/public/checks", "a");
        assert!((0..3).all(|_| ask("POST").is_ok()));
        assert!(ask("POST").is_err());
        assert!(ask("GET").is_ok());
    }

    #[test]
    fn whoever_empties_the_common_bucket_leaves_others_their_own_share() {
        let count = |number| NonZeroU32::new(number).unwrap();
        let bucket =
            |name, burst| Bucket { name, operations: &[], per_minute: count(2), burst: count(burst) };
        let limits = Limits::new(vec![bucket("own", 2), bucket("common", 3)]);
        let ask = |network| limits.check_own_or_common("own", network, "common");
        assert!((0..5).all(|_| ask("192.0.2.0/24").is_ok()));
        let refused = ask("192.0.2.0/24").unwrap_err();
        assert!((1..=30).contains(&refused.retry_after), "{refused:?}");
        assert!((0..2).all(|_| ask("198.51.100.0/24").is_ok()));
        assert!(ask("198.51.100.0/24").is_err());
    }

    #[test]
    fn memory_has_an_end() {
        let limits = limits();
        for caller in 0..CALLERS + 5_000 {
            let _ = limits.check("checks", &caller.to_string());
        }
        assert!(
            limits
                .buckets
                .iter()
                .all(|counted| counted.limiter.len() <= CALLERS + usize::try_from(SHARED).unwrap())
        );
    }
}
