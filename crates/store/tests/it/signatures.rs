//! Signatures: each serves once, and what was known of revocations is kept once.

use crate::demands::{draft, insert};
use crate::test_support::{now, on_each, ring};
use store::signatures::{Evidence, SINGLE_USE, StoredSignature, keep_revocation_lists};
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn a_signature_serves_once() {
    on_each(async |database| {
        let drafted = draft(1, None);
        insert(database, &drafted).await.unwrap();
        let keep = async |ordinal: u128| {
            let id = drafted.id;
            let job = move |tx: &mut store::Tx<'_>| {
                let loaded = store::demand::find(tx, &ring(), id)?.unwrap();
                store::signatures::insert(tx, &loaded.key, &signature(ordinal, &id.to_string()))?;
                store::signatures::list(tx, &loaded.key, &id.to_string())
            };
            database.store.transaction(job).await
        };
        let kept = keep(1).await.unwrap();
        assert_eq!(kept.iter().map(|one| one.evidence.jws.as_str()).collect::<Vec<_>>(), ["a.b.c"]);
        let again = keep(2).await;
        assert!(again.err().unwrap().is_unique_violation_of(SINGLE_USE));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revocation_list_is_sent_once() {
    on_each(async |database| {
        let keep = |numbers: &'static [u8]| {
            move |tx: &mut store::Tx<'_>| {
                let lists: Vec<_> =
                    numbers.iter().map(|number| ([*number; 32], [*number].repeat(9))).collect();
                let lists: Vec<_> = lists.iter().map(|(sha256, der)| (*sha256, der.as_slice())).collect();
                keep_revocation_lists(tx, &lists)
            }
        };
        database.store.transaction(keep(&[1, 2])).await.unwrap();
        // A reading connection refuses every INSERT, so none is made.
        database.store.read(keep(&[2, 1])).await.unwrap();
        database.store.read(keep(&[])).await.unwrap();
        database.store.transaction(keep(&[2, 3])).await.unwrap();
        database.store.read(keep(&[1, 2, 3])).await.unwrap();
    })
    .await;
}

fn signature(ordinal: u128, document_id: &str) -> StoredSignature {
    StoredSignature {
        id: Uuid::from_u128(ordinal),
        document_id: document_id.to_owned(),
        step: "demand".to_owned(),
        content_version: 1,
        kind: "QUALIFIED".to_owned(),
        level: "BASIC_CHECKED".to_owned(),
        person_id: Uuid::from_u128(5).to_string(),
        certificate_sha256: [1; 32],
        payload_sha256: [2; 32],
        received_at: now(),
        evidence: Evidence::attached("a.b.c".to_owned(), Vec::new(), Vec::new()),
    }
}
