//! The feed has no gap, whoever commits when.

use crate::test_support::{event, id, later, now, on_each, space};
use domain::ids::SpaceId;
use std::collections::HashSet;
use std::time::Duration;
use store::outbox::{Of, ToldEvent, append, append_all, latest_seq, list_after};
use store::sequencer::{Counts, Sequencer, spawn};
use store::{Store, StoreError};

const OF_DEMANDS: Of<'_> = Of { kinds: &["medicine-demand"], types: &["B", "C"] };

async fn sequence(store: &Store, holder: &'static str) -> Counts {
    store.transaction(move |tx| Sequencer::new(holder).run_once(tx, now())).await.unwrap()
}

async fn feed(store: &Store, audiences: &'static [&'static str], after: i64, limit: i64) -> Vec<ToldEvent> {
    store.read(move |tx| list_after(tx, &space(), audiences, None, after, limit)).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_told_once_it_is_numbered_to_those_it_concerns() {
    on_each(async |database| {
        let store = &database.store;
        let told = event("DemandSubmitted", &["org:1", "role:MINISTRY", "org:1"]);
        let new = told.clone();
        store.transaction(move |tx| append(tx, &new)).await.unwrap();
        assert!(feed(store, &["org:1"], 0, 10).await.is_empty());
        assert_eq!(sequence(store, "a").await, Counts { events: 1, entries: 0 });
        let listed = feed(store, &["org:1", "role:MINISTRY"], 0, 10).await;
        assert_eq!(listed.len(), 1, "two audiences of one reader make one event");
        assert_eq!((listed[0].seq, listed[0].id, &listed[0].payload), (1, told.id, &told.payload));
        assert!(feed(store, &["org:2"], 0, 10).await.is_empty());
        assert!(feed(store, &["org:1"], 1, 10).await.is_empty());
        assert_eq!(store.read(latest_seq).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_can_be_narrowed_to_types_and_never_leaves_its_space() {
    on_each(async |database| {
        let store = &database.store;
        let mut other = event("B", &["org:1"]);
        other.space = SpaceId::parse("tester-2").unwrap();
        let mut elsewhere = event("B", &["org:1"]);
        elsewhere.document_kind = "TEMPORARY_AUTHORISATION".to_owned();
        let own = ["A", "B", "C"].map(|kind| event(kind, &["org:1"]));
        let new = own.into_iter().chain([other, elsewhere]).collect::<Vec<_>>();
        store.transaction(move |tx| append_all(tx, &new)).await.unwrap();
        sequence(store, "a").await;
        let narrowed =
            store.read(|tx| list_after(tx, &space(), &["org:1"], Some(OF_DEMANDS), 0, 10)).await.unwrap();
        let kinds: Vec<&str> = narrowed.iter().map(|event| event.kind.as_str()).collect();
        assert_eq!(kinds, ["B", "C"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_node_waits_until_the_lease_ends() {
    on_each(async |database| {
        let store = &database.store;
        sequence(store, "a").await;
        store.transaction(|tx| append(tx, &event("A", &["org:1"]))).await.unwrap();
        assert_eq!(sequence(store, "b").await, Counts::default());
        let taken_over = store.transaction(|tx| Sequencer::new("b").run_once(tx, later(6))).await.unwrap();
        assert_eq!(taken_over.events, 1);
    })
    .await;
}

/// Reads the feed while writers append and two sequencers compete; nothing may be passed by.
#[tokio::test(flavor = "multi_thread")]
async fn a_reader_who_follows_the_feed_misses_nothing_while_many_append() {
    on_each(async |database| {
        let store = Store::open(database.options.clone()).await.unwrap();
        let sequencers: Vec<_> = ["a", "b"]
            .map(|node| spawn(store.clone(), Sequencer::new(node), Duration::from_millis(5), now))
            .into();
        let writers: Vec<_> = (0..8)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move {
                    for _ in 0..25 {
                        store
                            .transaction(|tx| {
                                append_all(tx, &[event("A", &["org:1"]), event("B", &["org:1"])])?;
                                std::thread::sleep(Duration::from_micros(
                                    u64::from(id().as_bytes()[15] % 7) * 300,
                                ));
                                Ok::<_, StoreError>(())
                            })
                            .await
                            .unwrap();
                    }
                })
            })
            .collect();
        let (mut after, mut seen) = (0, HashSet::new());
        while seen.len() < 400 {
            for told in feed(&store, &["org:1"], after, 50).await {
                assert_eq!(told.seq, after + 1);
                after = told.seq;
                assert!(seen.insert(told.id));
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        for writer in writers {
            writer.await.unwrap();
        }
        store.close().await;
        for sequencer in sequencers {
            tokio::time::timeout(Duration::from_secs(5), sequencer).await.unwrap().unwrap();
        }
    })
    .await;
}
