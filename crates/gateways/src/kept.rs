//! One remote document kept in memory: fetched by one caller for all who wait, the last good one kept.

use crate::fetch::FetchFault;
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::task::JoinHandle;
use tokio::time::Instant;

/// What is known of the document at one moment.
#[derive(Debug)]
pub(crate) struct Shelf<T> {
    /// The last good document and when it was fetched.
    pub(crate) good: Option<(Arc<T>, DateTime<Utc>)>,
    /// When the last fetch ended and whether it brought the document.
    pub(crate) tried: Option<(DateTime<Utc>, bool)>,
    round: u64,
}

impl<T> Clone for Shelf<T> {
    fn clone(&self) -> Self {
        Self { good: self.good.clone(), tried: self.tried, round: self.round }
    }
}

impl<T> Shelf<T> {
    /// Whether a fetch ended less than `pause` before `now`.
    pub(crate) fn tried_within(&self, pause: TimeDelta, now: DateTime<Utc>) -> bool {
        self.tried.is_some_and(|(at, _)| apart(at, now) < pause)
    }

    pub(crate) fn last_try_failed(&self) -> bool {
        self.tried.is_some_and(|(_, brought)| !brought)
    }
}

/// The distance of two instants. A clock that was set back counts as time passed, so that nothing is kept for ever.
pub(crate) fn apart(one: DateTime<Utc>, other: DateTime<Utc>) -> TimeDelta {
    (one - other).abs()
}

#[derive(Debug)]
pub(crate) struct Kept<T> {
    shelf: RwLock<Shelf<T>>,
    flight: Arc<Mutex<()>>,
}

impl<T: Send + Sync + 'static> Kept<T> {
    pub(crate) fn new() -> Arc<Self> {
        let shelf = RwLock::new(Shelf { good: None, tried: None, round: 0 });
        Arc::new(Self { shelf, flight: Arc::default() })
    }

    pub(crate) fn shelf(&self) -> Shelf<T> {
        self.shelf.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Fetches, unless somebody has fetched since `seen` was read; answers what is known then.
    ///
    /// The fetch runs as a task of its own, so that a caller who goes away does not waste it for those who wait.
    pub(crate) async fn refresh<F>(
        self: &Arc<Self>,
        seen: &Shelf<T>,
        now: DateTime<Utc>,
        fetch: F,
    ) -> Shelf<T>
    where
        F: Future<Output = Result<Arc<T>, FetchFault>> + Send + 'static,
    {
        let turn = Arc::clone(&self.flight).lock_owned().await;
        if self.shelf().round != seen.round {
            return self.shelf();
        }
        if self.fly(turn, now, fetch).await.is_err() {
            tracing::error!("a fetch from outside was broken off");
        }
        self.shelf()
    }

    /// Begins a fetch that nobody waits for, unless there is one.
    pub(crate) fn refresh_behind<F>(self: &Arc<Self>, seen: &Shelf<T>, now: DateTime<Utc>, fetch: F)
    where
        F: Future<Output = Result<Arc<T>, FetchFault>> + Send + 'static,
    {
        let Ok(turn) = Arc::clone(&self.flight).try_lock_owned() else { return };
        if self.shelf().round == seen.round {
            drop(self.fly(turn, now, fetch));
        }
    }

    /// The pause before the next fetch counts from the end of this one: else a fetch that takes as long as the pause
    /// would be followed by the next at once.
    fn fly<F>(self: &Arc<Self>, turn: OwnedMutexGuard<()>, now: DateTime<Utc>, fetch: F) -> JoinHandle<()>
    where
        F: Future<Output = Result<Arc<T>, FetchFault>> + Send + 'static,
    {
        let kept = Arc::clone(self);
        tokio::spawn(async move {
            let _turn = turn;
            let begun = Instant::now();
            let brought = fetch.await.ok();
            let took = TimeDelta::from_std(begun.elapsed()).unwrap_or_default();
            kept.put(brought, now, now + took);
        })
    }

    fn put(&self, brought: Option<Arc<T>>, begun: DateTime<Utc>, ended: DateTime<Utc>) {
        let mut known = self.shelf.write().unwrap_or_else(PoisonError::into_inner);
        known.round += 1;
        known.tried = Some((ended, brought.is_some()));
        if let Some(document) = brought {
            known.good = Some((document, begun));
        }
    }
}
