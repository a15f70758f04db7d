//! Answers that take the same time whatever they find.
//!
//! Look-ups by number answer «nothing» alike for a demand that does not exist, one that is not resolved yet and one
//! whose other number is wrong. The work behind these differs (a row is opened, a patient is looked up), so the time
//! would tell what the answer conceals: whether a guessed number exists, and whether a person has a demand at all.
//! Every answer therefore leaves on the next whole step after its work is done. Adding a random delay instead would
//! only have to be averaged away.

use std::time::Duration;
use tokio::time::Instant;

/// Far above the work itself, so that an answer of the second step is rare and says «busy», not «found».
const STEP: Duration = Duration::from_millis(150);

/// Carries the work out and waits for the end of the step in which it ended.
pub(crate) async fn evenly<T>(work: impl Future<Output = T>) -> T {
    let started = Instant::now();
    let outcome = work.await;
    tokio::time::sleep_until(started + whole_steps(started.elapsed())).await;
    outcome
}

fn whole_steps(elapsed: Duration) -> Duration {
    let steps = elapsed.as_micros() / STEP.as_micros() + 1;
    STEP * u32::try_from(steps).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_leaves_at_the_end_of_its_step() {
        for (worked, answered) in [(0, 150), (1, 150), (149, 150), (150, 300), (299, 300), (1000, 1050)] {
            assert_eq!(
                whole_steps(Duration::from_millis(worked)),
                Duration::from_millis(answered),
                "{worked}"
            );
        }
    }

    #[actix_web::test]
    async fn quick_and_slow_work_end_in_the_same_time() {
        let started = Instant::now();
        let quick = evenly(async { started.elapsed() }).await;
        assert!(quick < STEP && started.elapsed() >= STEP);
        let again = Instant::now();
        evenly(tokio::time::sleep(Duration::from_millis(40))).await;
        assert!(again.elapsed() >= STEP);
    }
}
