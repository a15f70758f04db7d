//! Steps that await validation: sealed, leased by one worker at a time, put off, and removed once.

use crate::test_support::{TestDatabase, later, on_each, ring, space};
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use store::StoreError;
use store::deadlines::Claim;
use store::pending_steps::{self, LeasedStep, NewPendingStep};

fn at(seconds: i64) -> DateTime<Utc> {
    later(seconds).trunc_subsecs(6)
}

/// A step of this document whose first try is at that second.
async fn keep(database: &TestDatabase, document: &'static str, second: i64) {
    let key = ring().new_data_key().unwrap();
    let kept = database.store.transaction(move |tx| {
        let step = NewPendingStep {
            document_id: document,
            document_kind: "MEDICINE",
            space: &space(),
            received_at: at(0),
            next_try_at: at(second),
            content: b"Anna Testowa signed this",
        };
        pending_steps::insert(tx, &key, &step)?;
        let opened = pending_steps::find(tx, &key, document)?;
        assert_eq!(opened.as_deref(), Some(b"Anna Testowa signed this".as_slice()));
        let other = ring().new_data_key()?;
        assert!(matches!(pending_steps::find(tx, &other, document), Err(StoreError::Corrupt { .. })));
        Ok::<_, StoreError>(())
    });
    kept.await.unwrap();
}

async fn lease(database: &TestDatabase, holder: &'static str, now: i64) -> Vec<LeasedStep> {
    let leased = database.store.transaction(move |tx| {
        let claim = Claim { holder, now: at(now), until: at(now) + TimeDelta::seconds(60) };
        let due = pending_steps::any_due(tx, at(now))?;
        let leased = pending_steps::lease(tx, claim, 10)?;
        assert_eq!(due, !leased.is_empty(), "whoever looks first sees what can be leased");
        Ok::<_, StoreError>(leased)
    });
    leased.await.unwrap()
}

fn step(document: &str, tries: i32) -> LeasedStep {
    LeasedStep {
        document_id: document.to_owned(),
        document_kind: "MEDICINE".to_owned(),
        tries,
        failures: 0,
        failing_since: None,
        away_since: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_is_leased_when_its_turn_comes_put_off_and_free_when_its_worker_falls_silent() {
    on_each(async |database| {
        keep(database, "b", 10).await;
        keep(database, "a", 20).await;
        assert_eq!(lease(database, "one", 9).await, []);
        assert_eq!(
            lease(database, "one", 30).await,
            [step("b", 0), step("a", 0)],
            "the longest waiting first"
        );
        assert_eq!(lease(database, "two", 31).await, [], "another worker has them");
        let put_off = database.store.transaction(|tx| {
            pending_steps::put_off(tx, &step("b", 0), "one", at(50))?;
            pending_steps::put_off(tx, &step("a", 0), "two", at(50))
        });
        put_off.await.unwrap();
        assert_eq!(
            lease(database, "two", 55).await,
            [step("b", 1)],
            "who does not have a step puts none off"
        );
        assert_eq!(lease(database, "two", 91).await, [step("a", 0)], "the first one's lease has ended");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_are_counted_from_the_first_and_the_time_in_which_the_service_is_away_is_not() {
    on_each(async |database| {
        keep(database, "a", 0).await;
        let mut step = lease(database, "one", 1).await.remove(0);
        let tries =
            [(100, true), (200, false), (300, false), (350, true), (400, true), (450, false), (460, true)];
        for (second, failed) in tries {
            step = if failed { step.failed_again(at(second)) } else { step.unanswered(at(second)) };
            let put_off = step.clone();
            let done =
                database.store.transaction(move |tx| pending_steps::put_off(tx, &put_off, "one", at(second)));
            done.await.unwrap();
            step = lease(database, "one", second).await.remove(0);
        }
        assert_eq!((step.tries, step.failures), (7, 4));
        assert_eq!(
            (step.failing_since, step.away_since),
            (Some(at(260)), None),
            "away for 150 and for 10 seconds"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_has_one_step_and_of_two_who_remove_it_one_is_late() {
    on_each(async |database| {
        keep(database, "a", 0).await;
        let removed = async || {
            let removed = database.store.transaction(|tx| pending_steps::remove(tx, "a"));
            removed.await.unwrap()
        };
        let key = ring().new_data_key().unwrap();
        let again = database.store.transaction::<_, StoreError, _>(move |tx| {
            let step = NewPendingStep {
                document_id: "a",
                document_kind: "MEDICINE",
                space: &space(),
                received_at: at(0),
                next_try_at: at(0),
                content: b"",
            };
            pending_steps::insert(tx, &key, &step)
        });
        assert!(again.await.is_err(), "a second one is refused");
        assert_eq!((removed().await, removed().await), (true, false));
    })
    .await;
}
