//! The buckets of a test's service: so large that nobody meets a limit, or one of them so small that everybody does.

use http::limits::{Bucket, production};
use std::num::NonZeroU32;

const MANY: NonZeroU32 = NonZeroU32::new(100_000).expect("more than none");

/// The buckets of production with room for every test.
pub fn generous() -> Vec<Bucket> {
    production().into_iter().map(|bucket| Bucket { per_minute: MANY, burst: MANY, ..bucket }).collect()
}

/// The same, but the named ones refuse every request after the second within a minute.
pub fn tight(names: &[&str]) -> Vec<Bucket> {
    let (one, two) = (NonZeroU32::MIN, NonZeroU32::MIN.saturating_add(1));
    let tightened = |bucket: Bucket| Bucket { per_minute: one, burst: two, ..bucket };
    let is_named = |bucket: &Bucket| names.contains(&bucket.name);
    assert!(names.iter().all(|name| generous().iter().any(|bucket| bucket.name == *name)), "{names:?}");
    generous().into_iter().map(|it| if is_named(&it) { tightened(it) } else { it }).collect()
}
