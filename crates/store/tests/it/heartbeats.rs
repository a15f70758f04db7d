//! Heartbeats: after a silence one node is told how long it was.

use crate::test_support::{TestDatabase, later, on_each};
use chrono::{DateTime, SubsecRound, Utc};
use store::heartbeats;

fn at(seconds: i64) -> DateTime<Utc> {
    later(seconds).trunc_subsecs(6)
}

async fn beat(database: &TestDatabase, now: i64) -> Option<DateTime<Utc>> {
    database.store.transaction(move |tx| heartbeats::beat(tx, at(now))).await.unwrap()
}

async fn last(database: &TestDatabase) -> Option<DateTime<Utc>> {
    database.store.read(heartbeats::last).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_beat_is_told_of_the_one_before_it_and_never_goes_back() {
    on_each(async |database| {
        assert_eq!((last(database).await, beat(database, 10).await), (None, None));
        assert_eq!(beat(database, 40).await, Some(at(10)));
        assert_eq!((beat(database, 20).await, last(database).await), (None, Some(at(40))));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_that_speak_at_once_after_a_silence_one_is_told_of_it() {
    on_each(async |database| {
        beat(database, 0).await;
        let (one, other) = tokio::join!(beat(database, 3600), beat(database, 3600));
        let told: Vec<_> = [one, other].into_iter().flatten().collect();
        assert_eq!(told, [at(0)]);
    })
    .await;
}
