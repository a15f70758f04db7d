//! SIGTERM in the middle of the work.

use crate::burst::{self, Burst};
use crate::process::Service;
use crate::tester::Tester;
use crate::verification::Keys;
use crate::{ledger, on_both, settings};
use std::time::Duration;

/// Ten seconds for requests that run, and some for closing on a busy machine.
const GRACE: Duration = Duration::from_secs(15);

on_both! {
    async fn a_service_told_to_end_answers_everything_that_it_accepted(home: Home) {
        let scale = settings::scale();
        let service = Service::start(&home);
        let tester = Tester::of(&service).await;
        let keys = Keys::fetch(&tester, &home).await;
        let submissions = burst::prepare(&tester, 0, scale.submissions).await;
        let mut burst = Burst::start(&tester, submissions, scale.clients);
        burst.answered(scale.submissions / 4).await;
        service.terminate();
        let outcomes = burst.end().await;
        let status = service.exited(GRACE).await;
        assert_eq!(status.code(), Some(0), "{status}");
        // A request without an answer was never begun: it has left nothing.
        let traces = ledger::traces(&home);
        for (submission, outcome) in &outcomes {
            let answered = outcome.as_ref().is_ok_and(|answer| {
                assert_eq!(answer.status, 200, "{}", answer.text());
                true
            });
            assert_eq!(answered, traces[&submission.id].is_submitted(), "{}: {outcome:?}", submission.id);
        }
        let answered = outcomes.iter().filter(|(_, outcome)| outcome.is_ok()).count();
        eprintln!("ended after {answered} of {} answers", outcomes.len());
        keys.verify_sound(&home);
        // What was refused at the door is done by the next process.
        let service = Service::start(&home);
        let tester = Tester::of(&service).await;
        for (submission, outcome) in &outcomes {
            let again = tester.submit(submission).await.expect("an answer");
            assert_eq!((again.status, again.is_replayed()), (200, outcome.is_ok()), "{}", again.text());
        }
        ledger::is_sound(&home).await;
        keys.verify_sound(&home);
    }
}
