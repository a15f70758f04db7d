//! SQLite's group commit tells the truth about every job, whatever its neighbours do.

use crate::engine::{insert, names};
use crate::test_support::{Failed, TestDatabase};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use std::sync::mpsc;
use std::time::Duration;
use store::{Store, StoreError, Tx};
use tokio::task::JoinHandle;

type Job = Box<dyn FnOnce(&mut Tx<'_>) -> Result<(), Failed> + Send>;

#[derive(QueryableByName)]
struct Pages {
    #[diesel(sql_type = BigInt)]
    page_count: i64,
}

/// Puts the jobs into one batch, in this order: the writer is held until all of them wait.
async fn together(store: &Store, jobs: Vec<Job>) -> Vec<Result<(), Failed>> {
    let (release, held) = mpsc::channel::<()>();
    let holding = submit(store, Box::new(move |_| held.recv().map_err(|_| Failed::Refused))).await;
    let mut waiting = Vec::new();
    for job in jobs {
        waiting.push(submit(store, job).await);
    }
    release.send(()).unwrap();
    holding.await.unwrap().unwrap();
    let mut answers = Vec::new();
    for job in waiting {
        answers.push(job.await.unwrap());
    }
    answers
}

async fn submit(store: &Store, job: Job) -> JoinHandle<Result<(), Failed>> {
    let store = store.clone();
    let handle = tokio::spawn(async move { store.transaction(job).await });
    tokio::time::sleep(Duration::from_millis(20)).await;
    handle
}

fn inserting(name: &'static str) -> Job {
    Box::new(move |tx| Ok(insert(tx, name)?))
}

fn refusing(name: &'static str) -> Job {
    Box::new(move |tx| {
        insert(tx, name)?;
        Err(Failed::Refused)
    })
}

fn panicking(name: &'static str) -> Job {
    Box::new(move |tx| {
        insert(tx, name)?;
        panic!("a bug in a job")
    })
}

/// Fills the disk: the file may not grow, and the row needs it to.
fn fill_disk(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let Tx::Sqlite(conn) = tx else { unreachable!("only SQLite batches") };
    let Pages { page_count } = diesel::sql_query("PRAGMA page_count").get_result(*conn)?;
    diesel::sql_query(format!("PRAGMA max_page_count = {page_count}")).execute(*conn)?;
    let big = "INSERT INTO leases (name, holder, until) VALUES ('big', hex(zeroblob(1000000)), '2026-01-01')";
    diesel::sql_query(big).execute(*conn)?;
    Ok(())
}

fn acknowledged<'a>(names: &[&'a str], answers: &[Result<(), Failed>]) -> Vec<&'a str> {
    names.iter().zip(answers).filter(|(_, answer)| answer.is_ok()).map(|(name, _)| *name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn refusal_panic_and_broken_constraint_lose_only_their_own_changes() {
    let database = TestDatabase::sqlite().await;
    let jobs = vec![inserting("a"), refusing("b"), panicking("c"), inserting("a"), inserting("d")];
    let answers = together(&database.store, jobs).await;
    assert!(matches!(answers[1], Err(Failed::Refused)));
    assert!(matches!(answers[2], Err(Failed::Store(StoreError::Panicked))));
    assert!(matches!(answers[3], Err(Failed::Store(StoreError::UniqueViolation { .. }))));
    assert_eq!(acknowledged(&["a", "b", "c", "a", "d"], &answers), ["a", "d"]);
    assert_eq!(names(&database.store).await, ["a", "d"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_full_disk_the_acknowledged_rows_are_the_rows_on_the_disk() {
    let database = TestDatabase::sqlite().await;
    let jobs: Vec<Job> = vec![
        inserting("a"),
        refusing("b"),
        panicking("c"),
        inserting("a"),
        Box::new(|tx| Ok(fill_disk(tx)?)),
        inserting("d"),
    ];
    let answers = together(&database.store, jobs).await;
    for answer in &answers[..5] {
        assert!(matches!(answer, Err(Failed::Store(StoreError::Unavailable { .. }))), "{answer:?}");
    }
    assert_eq!(acknowledged(&["a", "b", "c", "a", "big", "d"], &answers), ["d"]);
    assert_eq!(names(&database.store).await, ["d"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_hides_a_full_disk_cannot_make_others_lie() {
    let database = TestDatabase::sqlite().await;
    let swallowing: Job = Box::new(|tx| {
        assert!(fill_disk(tx).is_err());
        Ok(())
    });
    let answers = together(&database.store, vec![inserting("a"), swallowing, inserting("b")]).await;
    assert_eq!(acknowledged(&["a", "swallowed", "b"], &answers), names(&database.store).await);
    let disguising: Job = Box::new(|tx| fill_disk(tx).map_err(|_| Failed::Refused));
    let answers = together(&database.store, vec![inserting("c"), disguising, inserting("d")]).await;
    let stored = names(&database.store).await;
    for (name, answer) in ["c", "refused", "d"].iter().zip(&answers) {
        assert_eq!(answer.is_ok(), stored.iter().any(|stored| stored == name), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_in_a_transaction_within_a_job_ends_the_batch() {
    let database = TestDatabase::sqlite().await;
    let nested: Job = Box::new(|tx| {
        let Tx::Sqlite(conn) = tx else { unreachable!("only SQLite batches") };
        conn.transaction(|_| -> QueryResult<()> { panic!("a bug in a job") }).map_err(StoreError::from)?;
        Ok(())
    });
    let answers = together(&database.store, vec![inserting("a"), nested, inserting("b")]).await;
    assert_eq!(acknowledged(&["a", "nested", "b"], &answers), names(&database.store).await);
    assert!(answers[2].is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn many_jobs_at_once_are_all_stored() {
    let database = TestDatabase::sqlite().await;
    let jobs: Vec<_> = (0..600)
        .map(|n| {
            let store = database.store.clone();
            tokio::spawn(async move { store.transaction(move |tx| insert(tx, &format!("{n:03}"))).await })
        })
        .collect();
    for job in jobs {
        job.await.unwrap().unwrap();
    }
    assert_eq!(names(&database.store).await.len(), 600);
}
