//! `kill -9` in the middle of the work.

use crate::burst::{self, Burst, Outcome};
use crate::database::Home;
use crate::process::Service;
use crate::tester::Tester;
use crate::verification::Keys;
use crate::{ledger, on_both, settings};
use std::collections::BTreeSet;

on_both! {
    async fn a_service_killed_in_a_burst_of_submissions_keeps_every_answered_one_and_no_half_of_another(home: Home) {
        let scale = settings::scale();
        let mut service = Service::start(&home);
        for round in 0..scale.kills {
            let tester = Tester::of(&service).await;
            let submissions = burst::prepare(&tester, round * scale.submissions, scale.submissions).await;
            let mut burst = Burst::start(&tester, submissions, scale.clients);
            // Another moment in every round.
            burst.answered(scale.submissions * (round + 1) / (scale.kills + 2)).await;
            service.kill();
            let outcomes = burst.end().await;
            service = Service::start(&home);
            let tester = Tester::of(&service).await;
            let stored = nothing_answered_is_lost(&home, &tester, &outcomes).await;
            a_repetition_changes_nothing(&home, &tester, &outcomes, &stored).await;
            ledger::is_sound(&home).await;
            Keys::fetch(&tester, &home).await.verify_sound(&home);
        }
        assert_eq!(ledger::traces(&home).len(), scale.kills * scale.submissions);
    }
}

/// Gives the ids of those that are submitted, answered or not.
async fn nothing_answered_is_lost(home: &Home, tester: &Tester, outcomes: &[Outcome]) -> BTreeSet<String> {
    let traces = ledger::traces(home);
    let (mut answered, mut stored) = (0, BTreeSet::new());
    for (submission, outcome) in outcomes {
        let trace = &traces[&submission.id];
        if trace.is_submitted() {
            stored.insert(submission.id.clone());
        }
        let Ok(answer) = outcome else { continue };
        answered += 1;
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert!(trace.is_submitted(), "answered and lost: {trace:?}");
        assert_eq!(answer.etag(), Some(trace.etag().as_str()));
        let found = tester.find(&submission.id).await.expect("an answer");
        assert_eq!((found.status, found.etag()), (200, answer.etag()), "{}", found.text());
        assert_eq!(found.json()["state"], answer.json()["state"]);
        assert_eq!(found.json()["state"], trace.state());
    }
    assert!(
        answered > 0 && answered < outcomes.len(),
        "the kill came before or after the burst: {answered} answers"
    );
    eprintln!(
        "killed after {answered} answers; {} of {} submissions are stored",
        stored.len(),
        outcomes.len()
    );
    stored
}

/// Whoever got no answer repeats the request under its key: what is stored is answered again, what is not is done now.
async fn a_repetition_changes_nothing(
    home: &Home,
    tester: &Tester,
    outcomes: &[Outcome],
    stored: &BTreeSet<String>,
) {
    for (submission, outcome) in outcomes {
        let again = tester.submit(submission).await.expect("an answer");
        assert_eq!(again.status, 200, "{}", again.text());
        assert_eq!(again.is_replayed(), stored.contains(&submission.id), "{}", submission.id);
        if let Ok(answer) = outcome {
            assert_eq!((again.etag(), &again.body), (answer.etag(), &answer.body));
        }
    }
    let traces = ledger::traces(home);
    assert!(outcomes.iter().all(|(submission, _)| traces[&submission.id].is_submitted()));
}
