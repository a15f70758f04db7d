//! Connections that are lent to jobs on blocking threads.

use crate::{JobError, StoreError};
use diesel::ConnectionError;
use diesel::r2d2::{self, ManageConnection, R2D2Connection};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;
use tracing::Span;

/// A connection that lay idle this long is asked whether it still answers. Asking at every
/// check-out would cost a round trip, a fifth of the reads.
const TRUSTED_IDLE: Duration = Duration::from_secs(1);

type Establish<C> = Box<dyn Fn() -> Result<C, ConnectionError> + Send + Sync>;

struct Slots<C> {
    establish: Establish<C>,
}

struct Slot<C> {
    connection: C,
    idle_since: Instant,
    broken: bool,
}

impl<C: R2D2Connection + Send + 'static> ManageConnection for Slots<C> {
    type Connection = Slot<C>;
    type Error = ConnectionError;

    fn connect(&self) -> Result<Slot<C>, ConnectionError> {
        let connection = (self.establish)()?;
        Ok(Slot { connection, idle_since: Instant::now(), broken: false })
    }

    fn is_valid(&self, slot: &mut Slot<C>) -> Result<(), ConnectionError> {
        slot.connection.ping().map_err(ConnectionError::CouldntSetupConfiguration)
    }

    fn has_broken(&self, slot: &mut Slot<C>) -> bool {
        slot.broken || std::thread::panicking() || slot.connection.is_broken()
    }
}

pub(super) struct Pool<C: R2D2Connection + Send + 'static> {
    slots: r2d2::Pool<Slots<C>>,
    /// As many as there are slots: who waits for a connection holds no blocking thread.
    permits: Arc<Semaphore>,
    /// One at a time asks whether the database answers: where it does not, each would hold a blocking thread.
    asking: Arc<Semaphore>,
    size: u32,
    wait: Duration,
}

impl<C: R2D2Connection + Send + 'static> Pool<C> {
    /// Opens all connections at once; blocks.
    pub(super) fn open(size: u32, wait: Duration, establish: Establish<C>) -> Result<Self, StoreError> {
        let size = size.max(1);
        let slots = r2d2::Pool::builder()
            .max_size(size)
            .test_on_check_out(false)
            .connection_timeout(wait)
            .build(Slots { establish })
            .map_err(StoreError::unavailable)?;
        let permits = usize::try_from(size).unwrap_or(Semaphore::MAX_PERMITS);
        Ok(Self {
            slots,
            permits: Arc::new(Semaphore::new(permits)),
            asking: Arc::new(Semaphore::new(1)),
            size,
            wait,
        })
    }

    pub(super) async fn run<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: JobError,
        F: FnOnce(&mut C) -> Result<T, E> + Send + 'static,
    {
        let permit = tokio::time::timeout(self.wait, Arc::clone(&self.permits).acquire_owned())
            .await
            .map_err(|_| StoreError::Busy)?
            .map_err(|_| StoreError::unavailable("the store is closed"))?;
        let (slots, span) = (self.slots.clone(), Span::current());
        tokio::task::spawn_blocking(move || {
            let answer = span.in_scope(|| lend(&slots, job));
            drop(permit);
            answer
        })
        .await
        .unwrap_or_else(|error| {
            let lost = if error.is_panic() { StoreError::Panicked } else { StoreError::unavailable(error) };
            Err(lost.into())
        })
    }

    /// Whether a connection answers now. None is trusted unasked, and those that were cut are replaced on the way.
    pub(super) async fn answers(&self) -> bool {
        let slots = self.slots.clone();
        in_turn(&self.asking, self.wait, move || check_out(&slots, Duration::ZERO).is_ok()).await
    }

    /// Waits for the jobs that run or wait, and refuses later ones.
    pub(super) async fn close(&self) {
        if let Ok(all) = self.permits.acquire_many(self.size).await {
            self.permits.close();
            all.forget();
        }
    }
}

/// Asks when nobody else does; a question that hangs keeps its turn, and the others give up.
async fn in_turn(
    asking: &Arc<Semaphore>,
    wait: Duration,
    ask: impl FnOnce() -> bool + Send + 'static,
) -> bool {
    let turn = tokio::time::timeout(wait, Arc::clone(asking).acquire_owned()).await;
    let Ok(Ok(turn)) = turn else { return false };
    let asked = tokio::task::spawn_blocking(move || {
        let answered = ask();
        drop(turn);
        answered
    });
    tokio::time::timeout(wait, asked).await.is_ok_and(|answered| answered.unwrap_or(false))
}

fn lend<C, T, E, F>(slots: &r2d2::Pool<Slots<C>>, job: F) -> Result<T, E>
where
    C: R2D2Connection + Send + 'static,
    E: JobError,
    F: FnOnce(&mut C) -> Result<T, E>,
{
    let mut slot = check_out(slots, TRUSTED_IDLE)?;
    let answer = job(&mut slot.connection);
    let failure = answer.as_ref().err().and_then(JobError::store_error);
    slot.broken = matches!(failure, Some(StoreError::Unavailable { .. } | StoreError::Other(_)));
    slot.idle_since = Instant::now();
    answer
}

/// A connection that was idle for less than `trusted`, or that answers when asked.
fn check_out<C>(
    slots: &r2d2::Pool<Slots<C>>,
    trusted: Duration,
) -> Result<r2d2::PooledConnection<Slots<C>>, StoreError>
where
    C: R2D2Connection + Send + 'static,
{
    for _ in 0..=slots.max_size() {
        let mut slot = slots.get().map_err(StoreError::unavailable)?;
        if slot.idle_since.elapsed() < trusted || slot.connection.ping().is_ok() {
            return Ok(slot);
        }
        slot.broken = true;
    }
    Err(StoreError::unavailable("no connection answers"))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Mutex, mpsc};

    #[tokio::test(flavor = "multi_thread")]
    async fn while_the_database_hangs_one_thread_asks_it() {
        let (asking, asked) = (Arc::new(Semaphore::new(1)), Arc::new(AtomicUsize::new(0)));
        let (release, held) = mpsc::channel::<()>();
        let held = Arc::new(Mutex::new(held));
        let questions: Vec<_> = (0..20)
            .map(|_| {
                let (asking, asked, held) = (Arc::clone(&asking), Arc::clone(&asked), Arc::clone(&held));
                let hanging = move || {
                    asked.fetch_add(1, Ordering::SeqCst);
                    held.lock().unwrap().recv().is_ok()
                };
                tokio::spawn(async move { in_turn(&asking, Duration::from_millis(200), hanging).await })
            })
            .collect();
        for question in questions {
            assert!(!question.await.unwrap());
        }
        assert_eq!(asked.load(Ordering::SeqCst), 1);
        release.send(()).unwrap();
        assert!(in_turn(&asking, Duration::from_secs(20), || true).await);
    }
}
