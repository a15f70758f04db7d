//! Deadlines: written once for each term, leased by one worker at a time, removed by whoever fires them.

use crate::test_support::{TestDatabase, later, on_each, space};
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use std::time::Duration;
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

/// Somebody's transaction on PostgreSQL that has done this and is not over.
fn writing(database: &TestDatabase, sql: &str) -> PgConnection {
    let mut writer = PgConnection::establish(&database.options.url).unwrap();
    writer.batch_execute(&format!("BEGIN; {sql}")).unwrap();
    writer
}

/// What this worker gets, where it waits for nobody.
async fn lease_at_once(database: &TestDatabase, holder: &'static str, now: i64, limit: i64) -> Vec<String> {
    let leased = tokio::time::timeout(Duration::from_secs(2), lease(database, holder, now, limit));
    leased.await.unwrap_or_else(|elapsed| panic!("a lease waits for nobody: {elapsed}"))
}

async fn is_left(database: &TestDatabase, now: i64) -> bool {
    let look = move |tx: &mut store::Tx<'_>| deadlines::is_left(tx, &space(), at(now), at(now));
    database.store.read(look).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_somebody_writes_is_passed_by_and_taken_the_next_time() {
    let Some(database) = TestDatabase::postgres().await else { return };
    for (document, seconds) in [("a", 1), ("b", 2), ("c", 3), ("d", 4)] {
        replace(&database, document, vec![due(document, Purpose::Term, seconds)], 0).await;
    }
    let mut writer = writing(&database, "SELECT 1 FROM deadlines WHERE document_id = 'a' FOR UPDATE");
    assert_eq!(lease_at_once(&database, "one", 10, 2).await, ["b", "c"], "others take its place");
    assert_eq!(lease_at_once(&database, "one", 11, 9).await, ["d"]);
    assert_eq!(lease_at_once(&database, "one", 12, 9).await, [""; 0]);
    assert!(is_left(&database, 12).await, "it is not done with what is due");
    writer.batch_execute("COMMIT").unwrap();
    assert_eq!(lease_at_once(&database, "two", 13, 9).await, ["a"]);
    assert!(!is_left(&database, 14).await);
    database.store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lease_and_a_writer_of_two_rows_do_not_wait_for_each_other() {
    let Some(database) = TestDatabase::postgres().await else { return };
    let both = vec![due("a", Purpose::Reminder, 1), due("a", Purpose::Term, 2)];
    replace(&database, "a", both, 0).await;
    replace(&database, "b", vec![due("b", Purpose::Term, 3)], 0).await;
    let mut writer = writing(&database, "DELETE FROM deadlines WHERE document_id = 'a' AND purpose = 'TERM'");
    assert_eq!(
        lease_at_once(&database, "one", 10, 9).await,
        ["a", "b"],
        "the reminder, and the other's term"
    );
    writer.batch_execute("DELETE FROM deadlines WHERE document_id = 'a'; COMMIT").unwrap();
    assert_eq!(of(&database, "a").await, []);
    assert!(!is_left(&database, 10).await);
    database.store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_left_is_due_and_free() {
    on_each(async |database| {
        replace(database, "a", vec![due("a", Purpose::Reminder, 5)], 0).await;
        assert!(!is_left(database, 4).await, "it is not due");
        assert!(is_left(database, 5).await);
        lease(database, "one", 6, 9).await;
        assert!(!is_left(database, 7).await, "somebody has it");
        assert!(is_left(database, 36).await, "who fell silent");
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
