//! Stops asking a service that does not answer, and tries it again after a pause with one question.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

#[derive(Debug)]
pub(crate) struct Breaker {
    /// Failures in a row after which it opens.
    threshold: u32,
    pause: Duration,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    failures: u32,
    open_until: Option<Instant>,
    last_failed: bool,
}

impl Breaker {
    pub(crate) fn new(threshold: u32, pause: Duration) -> Self {
        Self { threshold, pause, state: Mutex::default() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a question may be asked now. After the pause it is one at a time: the next waits for a pause again, unless
    /// the first has been answered.
    pub(crate) fn admits(&self, now: Instant) -> bool {
        let mut state = self.state();
        match state.open_until {
            Some(until) if now < until => false,
            Some(_) => {
                state.open_until = Some(now + self.pause);
                true
            }
            None => true,
        }
    }

    pub(crate) fn answered(&self) {
        *self.state() = State::default();
    }

    pub(crate) fn failed(&self, now: Instant) {
        let mut state = self.state();
        state.failures = state.failures.saturating_add(1);
        state.last_failed = true;
        if state.failures >= self.threshold {
            state.open_until = Some(now + self.pause);
        }
    }

    pub(crate) fn last_failed(&self) -> bool {
        self.state().last_failed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAUSE: Duration = Duration::from_secs(30);

    #[test]
    fn it_opens_after_failures_in_a_row_and_tries_one_question_after_the_pause() {
        let breaker = Breaker::new(2, PAUSE);
        let mut now = Instant::now();
        breaker.failed(now);
        assert!(breaker.admits(now), "one failure is none");
        breaker.answered();
        breaker.failed(now);
        assert!(breaker.admits(now), "an answer between them starts anew");
        breaker.failed(now);
        assert!(!breaker.admits(now));
        now += PAUSE;
        assert!(breaker.admits(now), "the trial");
        assert!(!breaker.admits(now), "one at a time");
        breaker.failed(now);
        now += PAUSE / 2;
        assert!(!breaker.admits(now), "the trial failed");
        now += PAUSE;
        assert!(breaker.admits(now));
        breaker.answered();
        assert!(breaker.admits(now) && breaker.admits(now) && !breaker.last_failed());
    }
}
