//! The traces of a write stand or fall together.

use crate::test_support::{Failed, entry, event, now, on_each, ring, space};
use store::audit::{Expected, verify};
use store::idempotency::{Claim, Completion, KeyClaim, StoredAnswerBytes, claim};
use store::outbox::list_after;
use store::record::{WriteRecord, write};
use store::sequencer::{Counts, Sequencer};
use store::{StoreError, Tx};

fn write_all(tx: &mut Tx<'_>) -> Result<Claim, StoreError> {
    let asked = KeyClaim { scope: "s", key: "k", fingerprint: &[1; 32], operation: "op", now: now() };
    let claimed = claim(tx, &ring(), &asked)?;
    if claimed == Claim::New {
        let completion = Completion { scope: "s", key: "k", status: 200, bytes: b"{}", document_id: None };
        let events = [event("A", &["org:1", "org:2"]), event("B", &["org:1"]), event("C", &[])];
        let entry = entry();
        write(tx, &ring(), &WriteRecord { entry: &entry, events: &events, completion: Some(completion) })?;
    }
    Ok(claimed)
}

#[tokio::test(flavor = "multi_thread")]
async fn entry_events_and_answer_are_stored_together() {
    on_each(async |database| {
        let store = &database.store;
        assert_eq!(store.transaction(write_all).await.unwrap(), Claim::New);
        let answer = StoredAnswerBytes { status: 200, bytes: b"{}".to_vec() };
        let again = store.transaction(write_all).await.unwrap();
        assert!(matches!(again, Claim::Replay(known) if known.answer == answer));
        let counts = store.transaction(|tx| Sequencer::new("a").run_once(tx, now())).await.unwrap();
        assert_eq!(counts, Counts { events: 3, entries: 1 });
        let told = store.read(|tx| list_after(tx, &space(), &["org:1"], None, 0, 10)).await.unwrap();
        let kinds: Vec<(i64, &str)> = told.iter().map(|event| (event.seq, event.kind.as_str())).collect();
        assert_eq!(kinds, [(1, "A"), (2, "B")]);
        assert_eq!(told[0].payload, event("A", &[]).payload);
        assert!(verify(store, Expected::default(), |_, _| true).await.unwrap().faults.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_is_refused_leaves_no_trace() {
    on_each(async |database| {
        let store = &database.store;
        let refused = store.transaction(|tx| {
            write_all(tx)?;
            Err::<(), _>(Failed::Refused)
        });
        assert!(matches!(refused.await, Err(Failed::Refused)));
        assert_eq!(store.transaction(write_all).await.unwrap(), Claim::New);
        let counts = store.transaction(|tx| Sequencer::new("a").run_once(tx, now())).await.unwrap();
        assert_eq!(counts, Counts { events: 3, entries: 1 });
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_without_a_key_or_with_an_unclaimed_one() {
    on_each(async |database| {
        let store = &database.store;
        let unclaimed = store.transaction(|tx| {
            let completion =
                Completion { scope: "s", key: "k", status: 200, bytes: b"{}", document_id: None };
            write(tx, &ring(), &WriteRecord { entry: &entry(), events: &[], completion: Some(completion) })
        });
        assert!(matches!(unclaimed.await, Err(StoreError::Corrupt { table: "idempotency", .. })));
        let keyless = |tx: &mut Tx<'_>| {
            write(
                tx,
                &ring(),
                &WriteRecord { entry: &entry(), events: &[event("A", &["org:1"])], completion: None },
            )
        };
        store.transaction(keyless).await.unwrap();
        let counts = store.transaction(|tx| Sequencer::new("a").run_once(tx, now())).await.unwrap();
        assert_eq!(counts, Counts { events: 1, entries: 1 });
    })
    .await;
}
