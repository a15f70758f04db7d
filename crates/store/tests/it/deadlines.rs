//! Deadlines: written once for each term, leased by one worker at a time, removed by whoever fires them.

use crate::test_support::{TestDatabase, later, on_each, space};
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use store::StoreError;
use store::deadlines::{self, Claim, Deadline, Purpose};

fn at(seconds: i64) -> DateTime<Utc> {
    later(seconds).trunc_subsecs(6)
}

fn due(document: &str, purpose: Purpose, seconds: i64) -> Deadline {
    Deadline {
        document_kind: "MEDICINE".to_owned(),
        document_id: document.to_owned(),
        purpose,
        kind: "OPINION".to_owned(),
        started_at: at(0),
        due_at: at(seconds),
    }
}

async fn replace(database: &TestDatabase, document: &str, wanted: Vec<Deadline>, now: i64) {
    let document = document.to_owned();
    database
        .store
        .transaction(move |tx| deadlines::replace(tx, &space(), &document, &wanted, at(now)))
        .await
        .unwrap();
}

async fn of(database: &TestDatabase, document: &str) -> Vec<Deadline> {
    let document = document.to_owned();
    database.store.read(move |tx| deadlines::of_document(tx, &document)).await.unwrap()
}

/// What this worker gets at that second, for half a minute.
async fn lease(database: &TestDatabase, holder: &'static str, now: i64, limit: i64) -> Vec<String> {
    let claim = move || Claim { holder, now: at(now), until: at(now) + TimeDelta::seconds(30) };
    let leased = database
        .store
        .transaction::<_, StoreError, _>(move |tx| deadlines::lease(tx, &space(), at(now), claim(), limit))
        .await
        .unwrap();
    leased.into_iter().map(|row| row.document_id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_has_the_rows_of_the_terms_that_run() {
    on_each(async |database| {
        let both = vec![due("a", Purpose::Reminder, 10), due("a", Purpose::Term, 20)];
        replace(database, "a", both.clone(), 0).await;
        assert_eq!(of(database, "a").await, both);
        replace(database, "a", both.clone(), 5).await;
        assert_eq!(of(database, "a").await, both, "the same terms are the same rows");
        replace(database, "a", Vec::new(), 6).await;
        assert_eq!(of(database, "a").await, []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_is_written_only_before_its_hour_and_stays_until_it_is_sent() {
    on_each(async |database| {
        let both = vec![due("a", Purpose::Reminder, 10), due("a", Purpose::Term, 20)];
        replace(database, "a", both.clone(), 10).await;
        assert_eq!(of(database, "a").await, both[1..], "too late to remind");
        replace(database, "b", vec![due("b", Purpose::Reminder, 10)], 0).await;
        replace(database, "b", vec![due("b", Purpose::Reminder, 10)], 15).await;
        assert_eq!(of(database, "b").await.len(), 1, "a change after its hour does not lose it");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_beginning_is_another_term() {
    on_each(async |database| {
        replace(database, "a", vec![due("a", Purpose::Term, 20)], 0).await;
        let again = Deadline { started_at: at(7), ..due("a", Purpose::Term, 27) };
        replace(database, "a", vec![again.clone()], 7).await;
        assert_eq!(of(database, "a").await, [again]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_due_goes_to_one_worker_in_order_and_to_another_when_the_first_falls_silent() {
    on_each(async |database| {
        for (document, seconds) in [("c", 3), ("a", 1), ("b", 2), ("late", 60)] {
            replace(database, document, vec![due(document, Purpose::Term, seconds)], 0).await;
        }
        assert_eq!(lease(database, "one", 10, 2).await, ["a", "b"]);
        assert_eq!(lease(database, "two", 11, 9).await, ["c"]);
        assert_eq!(lease(database, "two", 12, 9).await, [""; 0], "all that is due is taken");
        assert_eq!(lease(database, "two", 40, 9).await, ["a", "b"], "the first fell silent");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn workers_at_once_share_what_is_due_and_lose_nothing() {
    on_each(async |database| {
        for number in 0..40 {
            let document = format!("{number:02}");
            replace(database, &document, vec![due(&document, Purpose::Term, 1)], 0).await;
        }
        let turn = |holder| lease(database, holder, 10, 10);
        let turns = tokio::join!(turn("one"), turn("two"), turn("three"), turn("four"));
        let mut all = [turns.0, turns.1, turns.2, turns.3].concat();
        all.extend(lease(database, "five", 11, 40).await);
        all.sort_unstable();
        let expected: Vec<String> = (0..40).map(|number| format!("{number:02}")).collect();
        assert_eq!(all, expected);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_is_removed_once() {
    on_each(async |database| {
        let row = due("a", Purpose::Term, 1);
        replace(database, "a", vec![row.clone()], 0).await;
        let remove = || {
            let row = row.clone();
            database.store.transaction(move |tx| deadlines::remove(tx, &row))
        };
        assert!(remove().await.unwrap());
        assert!(!remove().await.unwrap());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_spaces_in_which_something_is_due_are_known() {
    on_each(async |database| {
        replace(database, "a", vec![due("a", Purpose::Term, 5)], 0).await;
        let spaces = |now: i64| database.store.read(move |tx| deadlines::spaces_due(tx, at(now), at(now)));
        assert_eq!(spaces(4).await.unwrap(), []);
        assert_eq!(spaces(5).await.unwrap(), [space()]);
        lease(database, "one", 6, 9).await;
        assert_eq!(spaces(7).await.unwrap(), [], "somebody has it");
        assert_eq!(spaces(36).await.unwrap(), [space()]);
    })
    .await;
}
