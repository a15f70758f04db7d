//! The audit keeps everything and reveals whoever touches it.

use crate::test_support::{TestDatabase, entry, execute, later, now, on_each, patient};
use store::audit::{AuditBatch, Entry, Expected, Fault, Outcome, Report, Root};
use store::audit::{append_all, list_for_patient, sign_root, verify};
use store::sequencer::Sequencer;
use store::{Backend, Store, StoreError};

#[expect(clippy::unnecessary_wraps, reason = "a real key may fail")]
fn signature(bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    Ok(bytes.iter().rev().copied().collect())
}

fn check(bytes: &[u8], signature: &[u8]) -> bool {
    bytes.iter().rev().eq(signature)
}

async fn store_entries(store: &Store, count: usize) -> Vec<Entry> {
    let entries: Vec<Entry> = (0..count).map(|_| entry()).collect();
    let new = entries.clone();
    store.transaction(move |tx| append_all(tx, &new)).await.unwrap();
    entries
}

async fn sequence(store: &Store) {
    store.transaction(|tx| Sequencer::new("a").run_once(tx, now())).await.unwrap();
}

async fn report(store: &Store) -> Report {
    verify(store, Expected::default(), check).await.unwrap()
}

/// Ten entries under two roots and one more that is not numbered, sound so far.
async fn sound_audit(database: &TestDatabase) -> Vec<Entry> {
    let store = &database.store;
    let mut entries = Vec::new();
    for hour in 1..=2 {
        entries.extend(store_entries(store, 5).await);
        sequence(store).await;
        let root = store.transaction(move |tx| sign_root(tx, later(hour * 3600), signature)).await.unwrap();
        assert_eq!(root.map(|root| (root.first_seq, root.last_seq)), Some((hour * 5 - 4, hour * 5)));
    }
    let again = store.transaction(move |tx| sign_root(tx, later(2 * 3600), signature)).await.unwrap();
    assert!(again.is_none());
    entries.extend(store_entries(store, 1).await);
    let sound = Report { sequenced: 10, unsequenced: 1, roots: 2, faults: Vec::new() };
    assert_eq!(report(store).await, sound);
    entries
}

async fn drop_triggers(store: &Store) {
    let on = if store.backend() == Backend::Postgres { " ON audit" } else { "" };
    execute(
        store,
        &format!(
            "DROP TRIGGER audit_update{on}; DROP TRIGGER audit_delete{on}; DROP TRIGGER audit_insert{on}"
        ),
    )
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_are_neither_changed_nor_removed() {
    on_each(async |database| {
        let store = &database.store;
        sound_audit(database).await;
        for sql in [
            "UPDATE audit SET role = 'ADMIN'",
            "UPDATE audit SET trace_id = NULL WHERE seq IS NULL",
            "UPDATE audit SET seq = 99, chain = digest, refusal = 'x' WHERE seq IS NULL",
            "UPDATE audit SET seq = seq + 100",
            "UPDATE audit SET seq = NULL, chain = NULL",
            "DELETE FROM audit WHERE seq = 3",
            "DELETE FROM audit WHERE seq IS NULL",
            &insert_numbered("forged", 11),
            &insert_numbered("forged", 0),
        ] {
            assert!(execute(store, sql).await.is_err(), "{sql}");
        }
        if store.backend() == Backend::Postgres {
            assert!(execute(store, "TRUNCATE audit").await.is_err());
        }
        assert!(report(store).await.faults.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_entry_is_found() {
    on_each(async |database| {
        let store = &database.store;
        let entries = sound_audit(database).await;
        drop_triggers(store).await;
        execute(store, "UPDATE audit SET role = 'ADMIN' WHERE seq = 3").await.unwrap();
        let id = entries[2].id.to_string();
        assert_eq!(report(store).await.faults, [Fault::Columns { id, seq: Some(3) }]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn edited_bytes_with_a_new_digest_break_chain_and_root() {
    on_each(async |database| {
        let store = &database.store;
        let entries = sound_audit(database).await;
        drop_triggers(store).await;
        let copy = "(SELECT o.%s FROM audit o WHERE o.seq = 4)";
        let sql = format!(
            "UPDATE audit SET bytes = {}, digest = {} WHERE seq = 3",
            copy.replace("%s", "bytes"),
            copy.replace("%s", "digest")
        );
        execute(store, &sql).await.unwrap();
        let id = entries[2].id.to_string();
        let faults =
            [Fault::Columns { id, seq: Some(3) }, Fault::Chain { seq: 3 }, Fault::Root { last_seq: 5 }];
        assert_eq!(report(store).await.faults, faults);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_entry_is_found() {
    on_each(async |database| {
        let store = &database.store;
        sound_audit(database).await;
        drop_triggers(store).await;
        execute(store, "DELETE FROM audit WHERE seq = 3").await.unwrap();
        let faults = [Fault::Missing { first: 3, last: 3 }, Fault::Root { last_seq: 5 }];
        assert_eq!(report(store).await.faults, faults);
        execute(store, "DELETE FROM audit WHERE seq > 8").await.unwrap();
        let faults = [
            Fault::Missing { first: 3, last: 3 },
            Fault::Root { last_seq: 5 },
            Fault::Head { expected: 10, found: 8 },
            Fault::Root { last_seq: 10 },
        ];
        assert_eq!(report(store).await.faults, faults);
    })
    .await;
}

/// An entry with a number, copied from the last one.
fn insert_numbered(id: &str, seq: i64) -> String {
    let columns = "space, at, client_id, role, action, bytes, digest";
    format!(
        "INSERT INTO audit (id, {columns}, seq, chain) SELECT '{id}', {columns}, {seq}, chain FROM audit WHERE seq = 10"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_with_a_number_below_one_is_found() {
    on_each(async |database| {
        let store = &database.store;
        sound_audit(database).await;
        drop_triggers(store).await;
        for (id, seq) in [("least", i64::MIN), ("none", 0)] {
            execute(store, &insert_numbered(id, seq)).await.unwrap();
        }
        let number = |id: &str, seq| Fault::Number { id: id.to_owned(), seq };
        assert_eq!(report(store).await.faults, [number("least", i64::MIN), number("none", 0)]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_cannot_be_replaced_on_sqlite_whatever_the_connection_is_set_to() {
    use diesel::connection::SimpleConnection;
    use diesel::{Connection, SqliteConnection};
    let database = TestDatabase::sqlite().await;
    sound_audit(&database).await;
    let path = database.options.url.strip_prefix("sqlite://").unwrap();
    let mut stranger = SqliteConnection::establish(path).unwrap();
    let mut statements = Vec::new();
    let columns = "space, at, client_id, action, bytes, digest";
    for sql in [
        format!(
            "INSERT OR REPLACE INTO audit (id, role, {columns}) SELECT id, 'ADMIN', {columns} FROM audit WHERE seq = 3"
        ),
        format!(
            "INSERT OR REPLACE INTO audit (ordinal, id, role, {columns}) \
             SELECT ordinal, 'other', 'ADMIN', {columns} FROM audit WHERE seq IS NULL"
        ),
    ] {
        assert!(stranger.batch_execute(&sql).is_err(), "{sql}");
        statements.push(sql);
    }
    // The connections of the service do not need the trigger.
    execute(&database.store, "DROP TRIGGER audit_replace").await.unwrap();
    for sql in statements {
        assert!(execute(&database.store, &sql).await.is_err(), "{sql}");
    }
    assert!(report(&database.store).await.faults.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inserted_entry_is_found() {
    on_each(async |database| {
        let store = &database.store;
        sound_audit(database).await;
        drop_triggers(store).await;
        execute(store, &insert_numbered("forged", 11)).await.unwrap();
        let faults = [
            Fault::Columns { id: "forged".to_owned(), seq: Some(11) },
            Fault::Chain { seq: 11 },
            Fault::Head { expected: 10, found: 11 },
        ];
        assert_eq!(report(store).await.faults, faults);
        execute(store, "UPDATE audit SET seq = seq + 100 WHERE seq > 3 AND seq < 11").await.unwrap();
        execute(store, "UPDATE audit SET seq = seq - 99 WHERE seq > 103").await.unwrap_err();
        let faults = report(store).await.faults;
        assert!(faults.contains(&Fault::Root { last_seq: 10 }), "{faults:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_root_with_a_foreign_signature_is_found() {
    on_each(async |database| {
        let store = &database.store;
        sound_audit(database).await;
        execute(store, "UPDATE audit_roots SET signature = root WHERE last_seq = 10").await.unwrap();
        assert_eq!(report(store).await.faults, [Fault::Signature { last_seq: 10 }]);
    })
    .await;
}

async fn sign(store: &Store, seconds: i64) -> Root {
    store.transaction(move |tx| sign_root(tx, later(seconds), signature)).await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn old_entries_above_the_last_root_are_told_and_young_ones_are_not() {
    on_each(async |database| {
        let store = &database.store;
        sound_audit(database).await;
        let faults = async |rooted_until| {
            let expected = Expected { rooted_until: Some(rooted_until), roots: Vec::new() };
            verify(store, expected, check).await.unwrap().faults
        };
        assert_eq!(faults(later(1)).await, []);
        execute(store, "DELETE FROM audit_roots WHERE last_seq = 10").await.unwrap();
        assert_eq!(faults(later(1)).await, [Fault::Unrooted { first: 6, last: 10 }]);
        execute(store, "DELETE FROM audit_roots").await.unwrap();
        assert_eq!(faults(later(1)).await, [Fault::Unrooted { first: 1, last: 10 }]);
        assert_eq!(faults(later(-1)).await, []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_root_reveals_that_roots_were_made_anew() {
    on_each(async |database| {
        let store = &database.store;
        store_entries(store, 5).await;
        sequence(store).await;
        let kept = sign(store, 3600).await;
        let faults = async || {
            let expected = Expected { rooted_until: Some(later(1)), roots: vec![kept.clone()] };
            verify(store, expected, check).await.unwrap().faults
        };
        assert_eq!(faults().await, []);
        execute(store, "DELETE FROM audit_roots").await.unwrap();
        sign(store, 7200).await;
        assert_eq!(faults().await, [Fault::Kept { last_seq: 5 }]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patient_reads_their_own_list_page_by_page() {
    on_each(async |database| {
        let store = &database.store;
        let patient = patient();
        let mut entries: Vec<Entry> =
            (0..5).map(|n| Entry { patient_id: Some(patient), at: later(n), ..entry() }).collect();
        entries[1].outcome = Outcome::Refused("auth.not_yours".to_owned());
        entries[2].actor.person = None;
        let new = entries.clone();
        store.transaction(move |tx| append_all(tx, &new)).await.unwrap();
        store_entries(store, 3).await;
        let (mut listed, mut after) = (Vec::new(), None);
        loop {
            let page = store.read(move |tx| list_for_patient(tx, patient, after, 2)).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some(last.cursor);
            listed.extend(page.into_iter().map(|listed| listed.entry));
        }
        for entry in &mut entries {
            // Kept to the microsecond.
            entry.at = chrono::SubsecRound::trunc_subsecs(entry.at, 6);
        }
        entries.reverse();
        assert_eq!(listed, entries);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_of_many_readers_are_all_kept() {
    on_each(async |database| {
        let batch = AuditBatch::spawn(database.store.clone());
        let readers: Vec<_> = (0..200)
            .map(|_| {
                let batch = batch.clone();
                tokio::spawn(async move { batch.record(entry()).await })
            })
            .collect();
        for reader in readers {
            reader.await.unwrap().unwrap();
        }
        sequence(&database.store).await;
        let report = report(&database.store).await;
        assert_eq!((report.sequenced, report.faults), (200, Vec::new()));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_the_database_refuses_does_not_take_others_with_it() {
    on_each(async |database| {
        let batch = AuditBatch::spawn(database.store.clone());
        let twice = entry();
        batch.record(twice.clone()).await.unwrap();
        let (again, other) = tokio::join!(batch.record(twice), batch.record(entry()));
        assert!(matches!(again, Err(StoreError::UniqueViolation { .. })), "{again:?}");
        other.unwrap();
        let (fresh, last) = (entry(), entry());
        let half_new = vec![fresh.clone(), last.clone(), last];
        assert!(batch.record_all(half_new).await.is_err(), "all of an answer's entries or none");
        batch.record(fresh).await.unwrap();
        batch.record_all(Vec::new()).await.unwrap();
        database.store.close().await;
        assert!(matches!(batch.record(entry()).await, Err(StoreError::Unavailable { .. })));
    })
    .await;
}
