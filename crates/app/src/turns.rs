//! One at a time under each key: an equal request waits here, where waiting costs no connection of the database.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Mutex as Turn, OwnedMutexGuard};

/// The keys under which something runs or waits in this process.
#[derive(Default)]
pub(crate) struct Turns {
    taken: Mutex<HashMap<String, Arc<Turn<()>>>>,
}

/// Ends the turn when it is dropped.
pub(crate) struct Held {
    _guard: OwnedMutexGuard<()>,
    /// Dropped after the guard, so that the last one to leave finds nobody.
    _place: Place,
}

/// Somebody who runs or waits under a key; the last one removes it.
struct Place {
    turns: Arc<Turns>,
    key: String,
    turn: Option<Arc<Turn<()>>>,
}

impl Turns {
    /// Waits for those who came before under this key; `None` when that takes too long.
    pub(crate) async fn take(self: &Arc<Self>, key: String, longest: Duration) -> Option<Held> {
        let turn = Arc::clone(self.taken().entry(key.clone()).or_default());
        let place = Place { turns: Arc::clone(self), key, turn: Some(Arc::clone(&turn)) };
        let guard = tokio::time::timeout(longest, turn.lock_owned()).await.ok()?;
        Some(Held { _guard: guard, _place: place })
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<String, Arc<Turn<()>>>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.turns.taken();
        self.turn = None;
        if taken.get(&self.key).is_some_and(|turn| Arc::strong_count(turn) == 1) {
            taken.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

    use super::*;

    const LONG: Duration = Duration::from_secs(30);

    #[tokio::test]
    async fn equal_keys_take_turns_and_others_do_not_wait() {
        let turns = Arc::new(Turns::default());
        let first = turns.take("a".to_owned(), LONG).await.unwrap();
        assert!(turns.take("b".to_owned(), Duration::ZERO).await.is_some());
        assert!(turns.take("a".to_owned(), Duration::from_millis(20)).await.is_none());
        let waiting = tokio::spawn({
            let turns = Arc::clone(&turns);
            async move { turns.take("a".to_owned(), LONG).await.is_some() }
        });
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        drop(first);
        assert!(waiting.await.unwrap());
    }

    #[tokio::test]
    async fn a_key_that_nobody_uses_is_forgotten() {
        let turns = Arc::new(Turns::default());
        let held = turns.take("a".to_owned(), LONG).await.unwrap();
        assert!(turns.take("a".to_owned(), Duration::ZERO).await.is_none());
        assert_eq!(turns.taken().len(), 1);
        drop(held);
        assert!(turns.taken().is_empty());
        assert!(turns.take("a".to_owned(), Duration::ZERO).await.is_some());
    }
}
