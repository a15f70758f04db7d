//! One key, one change, one answer.

use crate::test_support::{Failed, execute, later, now, on_each, ring, ring_with};
use store::idempotency::{Claim, Completion, KEPT, KeyClaim, StoredAnswerBytes};
use store::idempotency::{claim, complete, look_up, purge_older_than, rewrap};
use store::{Store, StoreError, Tx};

const FINGERPRINT: &[u8; 32] = &[7; 32];

fn asked(key: &str) -> KeyClaim<'_> {
    KeyClaim {
        scope: "clinic-system NPWZ 5425740",
        key,
        fingerprint: FINGERPRINT,
        operation: "op",
        now: now(),
    }
}

fn completion(key: &str) -> Completion<'_> {
    Completion { scope: asked(key).scope, key, status: 201, bytes: b"answer", document_id: Some("d-1") }
}

fn answer() -> StoredAnswerBytes {
    StoredAnswerBytes { status: 201, bytes: b"answer".to_vec() }
}

fn claim_and_complete(tx: &mut Tx<'_>, key: &str) -> Result<Claim, StoreError> {
    let claimed = claim(tx, &ring(), &asked(key))?;
    if claimed == Claim::New {
        complete(tx, &ring(), &completion(key))?;
    }
    Ok(claimed)
}

async fn once(store: &Store, key: &'static str) -> Result<Claim, StoreError> {
    store.transaction(move |tx| claim_and_complete(tx, key)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn of_sixteen_at_once_one_is_new_and_the_others_get_its_answer() {
    on_each(async |database| {
        let claims: Vec<_> = (0..16)
            .map(|_| {
                let store = database.store.clone();
                tokio::spawn(async move { once(&store, "k-1").await })
            })
            .collect();
        let mut new = 0;
        for job in claims {
            match job.await.unwrap().unwrap() {
                Claim::New => new += 1,
                Claim::Replay(known) => assert_eq!(known.answer, answer()),
                Claim::OtherFingerprint => panic!("all of them ask for the same"),
            }
        }
        assert_eq!(new, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_of_another_request_is_told_apart() {
    on_each(async |database| {
        once(&database.store, "k-1").await.unwrap();
        let other = database
            .store
            .transaction(|tx| claim(tx, &ring(), &KeyClaim { fingerprint: &[8; 32], ..asked("k-1") }));
        assert_eq!(other.await.unwrap(), Claim::OtherFingerprint);
        let other_scope = database
            .store
            .transaction(|tx| claim(tx, &ring(), &KeyClaim { scope: "someone else", ..asked("k-1") }));
        assert_eq!(other_scope.await.unwrap(), Claim::New);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_attempt_leaves_the_key_free() {
    on_each(async |database| {
        let refused = database
            .store
            .transaction(|tx| {
                assert_eq!(claim_and_complete(tx, "k-1")?, Claim::New);
                Err::<(), _>(Failed::Refused)
            })
            .await;
        assert!(matches!(refused, Err(Failed::Refused)));
        assert_eq!(once(&database.store, "k-1").await.unwrap(), Claim::New);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_can_be_looked_up_until_it_is_purged() {
    on_each(async |database| {
        let store = &database.store;
        once(store, "k-1").await.unwrap();
        let find = async || store.read(|tx| look_up(tx, &ring(), asked("k-1").scope, "k-1")).await.unwrap();
        let found = find().await.unwrap();
        assert_eq!((found.operation.as_str(), found.document_id.as_deref()), ("op", Some("d-1")));
        assert_eq!((&found.answer, found.fingerprint.as_slice()), (&answer(), FINGERPRINT.as_slice()));
        let purge = async |seconds| {
            store.transaction(move |tx| purge_older_than(tx, KEPT, later(seconds))).await.unwrap()
        };
        assert_eq!(purge(7 * 86_400).await, 0);
        assert_eq!(purge(7 * 86_400 + 1).await, 1);
        assert!(find().await.is_none());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stored_answer_survives_rotation_and_reveals_tampering() {
    on_each(async |database| {
        let store = &database.store;
        once(store, "k-1").await.unwrap();
        once(store, "k-2").await.unwrap();
        assert_eq!(store.transaction(|tx| rewrap(tx, &ring_with(2), 10)).await.unwrap(), 2);
        assert_eq!(store.transaction(|tx| rewrap(tx, &ring_with(2), 10)).await.unwrap(), 0);
        assert!(matches!(once(store, "k-1").await.unwrap(), Claim::Replay(known) if known.answer == answer()));
        execute(
            store,
            "UPDATE idempotency SET answer = (SELECT o.answer FROM idempotency o WHERE o.key = 'k-2') WHERE key = 'k-1'",
        )
        .await
        .unwrap();
        assert!(matches!(once(store, "k-1").await, Err(StoreError::Corrupt { table: "idempotency", .. })));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_altered_key_version_does_not_keep_the_rotation_busy_for_ever() {
    on_each(async |database| {
        let store = &database.store;
        once(store, "k-1").await.unwrap();
        execute(store, "UPDATE idempotency SET key_version = 9").await.unwrap();
        let rewrapped = store.transaction(|tx| rewrap(tx, &ring(), 10)).await;
        assert!(matches!(rewrapped, Err(StoreError::Corrupt { table: "idempotency", .. })), "{rewrapped:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_without_a_claim_is_a_fault() {
    on_each(async |database| {
        let answer =
            database.store.transaction(|tx| complete(tx, &ring(), &completion("never claimed"))).await;
        assert!(matches!(answer, Err(StoreError::Corrupt { .. })));
    })
    .await;
}
