//! Paper: known again by its scan or by what it is about, and every version kept sealed.

use crate::demands::{draft, find, insert};
use crate::migrations::revert_to;
use crate::temporary_authorisations as notifications;
use crate::test_support::{TestDatabase, execute, now, on_each, ring, space};
use chrono::{SubsecRound, TimeDelta};
use diesel::prelude::*;
use domain::ids::{AuthorisationId, DemandId, SpaceId};
use domain::redacted::Redacted;
use store::demand::paper::{
    EnteredVersion, KnownBy, Released, entered_as, is_entered_twice, keep_version, release, released_as,
    remember, versions,
};
use store::schema::{paper_notification_versions, paper_scans, paper_versions};
use store::temporary_authorisation::paper as of_notifications;
use store::{StoreError, on_backend};

fn known(scan: &str, about: &str) -> KnownBy {
    KnownBy::of(&ring(), scan, &Redacted::new(about.to_owned()))
}

async fn remembered(database: &TestDatabase, demand: DemandId, known: KnownBy) -> Result<(), StoreError> {
    database.store.transaction(move |tx| remember(tx, &space(), demand, &known)).await
}

async fn known_as(database: &TestDatabase, space: SpaceId, known: KnownBy) -> Vec<DemandId> {
    database.store.read(move |tx| entered_as(tx, &space, &known)).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_is_known_by_its_scan_and_by_what_it_is_about() {
    on_each(async |database| {
        let (first, second) = (draft(1, None), draft(2, None));
        insert(database, &first).await.unwrap();
        insert(database, &second).await.unwrap();
        remembered(database, first.id, known("a", "x")).await.unwrap();
        for same in [known("a", "y"), known("b", "x"), known("a", "x")] {
            assert_eq!(known_as(database, space(), same).await, [first.id]);
            let refused = remembered(database, second.id, same).await.unwrap_err();
            assert!(is_entered_twice(&refused), "{refused:?}");
        }
        assert_eq!(known_as(database, space(), known("b", "y")).await, []);
        let elsewhere = SpaceId::parse("elsewhere").unwrap();
        assert_eq!(known_as(database, elsewhere, known("a", "x")).await, []);
        remembered(database, first.id, known("b", "y")).await.unwrap();
        assert_eq!(known_as(database, space(), known("a", "x")).await, [], "a correction lets go of it");
        remembered(database, second.id, known("a", "x")).await.unwrap();
        let id = second.id;
        database.store.transaction(move |tx| release(tx, id, "MEDICINE", now())).await.unwrap();
        assert_eq!(known_as(database, space(), known("a", "x")).await, [], "it is let go of");
        remembered(database, first.id, known("a", "x")).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_let_go_of_is_traced_as_often_as_it_was() {
    on_each(async |database| {
        let (first, second, notification) = (draft(1, None), draft(2, None), notifications::draft(3, None));
        insert(database, &first).await.unwrap();
        insert(database, &second).await.unwrap();
        notifications::insert(database, &notification).await.unwrap();
        let traced = async |space: SpaceId, known: KnownBy| {
            database.store.read(move |tx| released_as(tx, &space, &known)).await.unwrap()
        };
        let at = |days| now().trunc_subsecs(6) + TimeDelta::days(days);
        assert_eq!(traced(space(), known("a", "x")).await, None);
        for (it, days) in [(&first, 1), (&second, 2)] {
            let id = it.id;
            remembered(database, id, known("a", "x")).await.unwrap();
            assert_eq!(traced(space(), known("b", "z")).await, None, "it stands");
            database.store.transaction(move |tx| release(tx, id, "MEDICINE", at(days))).await.unwrap();
            let kind = "MEDICINE".to_owned();
            let last = Released { document_kind: kind, document_id: id.to_string(), released_at: at(days) };
            for same in [known("a", "y"), known("b", "x"), known("a", "x")] {
                assert_eq!(traced(space(), same).await, Some(last.clone()), "the last of {days}");
            }
        }
        assert_eq!(traced(space(), known("b", "y")).await, None);
        assert_eq!(traced(SpaceId::parse("elsewhere").unwrap(), known("a", "x")).await, None);
        let id = notification.id;
        let job = move |tx: &mut store::Tx<'_>| {
            of_notifications::remember(tx, &space(), id, &known("c", "w"))?;
            of_notifications::release(tx, id, "TEMPORARY_AUTHORISATION", at(3))?;
            of_notifications::release(tx, id, "TEMPORARY_AUTHORISATION", at(4))
        };
        database.store.transaction(job).await.unwrap();
        let found = traced(space(), known("c", "x")).await.unwrap();
        assert_eq!(
            (found.document_id, found.released_at),
            (id.to_string(), at(3)),
            "it had nothing any more"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_version_comes_back_as_it_was_entered() {
    on_each(async |database| {
        let demand = draft(1, None);
        insert(database, &demand).await.unwrap();
        let entered = |content_version: i32, payload: &[u8]| EnteredVersion {
            content_version,
            entered_at: now().trunc_subsecs(6),
            payload: payload.to_vec(),
        };
        let (first, second) = (entered(1, b"pierwsza"), entered(2, b"druga"));
        let both = vec![first.clone(), second.clone()];
        let id = demand.id;
        let kept = database
            .store
            .transaction(move |tx| {
                let key = store::demand::find(tx, &ring(), id)?.unwrap().key;
                keep_version(tx, &key, id, &second)?;
                keep_version(tx, &key, id, &first)?;
                versions(tx, &key, id)
            })
            .await
            .unwrap();
        assert_eq!(kept, both);
        let stored: Vec<Vec<u8>> = database
            .store
            .read(|tx| {
                let all = paper_versions::table.select(paper_versions::sealed);
                Ok::<_, StoreError>(on_backend!(tx, |conn| all.load(conn))?)
            })
            .await
            .unwrap();
        let is_in =
            |clear: &[u8]| stored.iter().any(|bytes| bytes.windows(clear.len()).any(|it| it == clear));
        assert!(stored.len() == 2 && !is_in(b"pierwsza") && !is_in(b"druga"));
        assert_eq!(find(database, id).await.unwrap().map(|demand| demand.paper), Some(None));
    })
    .await;
}

async fn notified(
    database: &TestDatabase,
    notification: AuthorisationId,
    known: KnownBy,
) -> Result<(), StoreError> {
    let job = move |tx: &mut store::Tx<'_>| of_notifications::remember(tx, &space(), notification, &known);
    database.store.transaction(job).await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_scan_is_of_one_document_of_either_kind_until_that_lets_go_of_it() {
    on_each(async |database| {
        let (demand, notification) = (draft(1, None), notifications::draft(2, None));
        insert(database, &demand).await.unwrap();
        notifications::insert(database, &notification).await.unwrap();
        let (of_demand, of_notification) = (demand.id, notification.id);
        remembered(database, of_demand, known("a", "x")).await.unwrap();
        let refused = notified(database, of_notification, known("a", "y")).await.unwrap_err();
        assert!(of_notifications::is_entered_twice(&refused), "{refused:?}");
        remembered(database, of_demand, known("b", "x")).await.unwrap();
        notified(database, of_notification, known("a", "y")).await.unwrap();
        let refused = remembered(database, of_demand, known("a", "x")).await.unwrap_err();
        assert!(is_entered_twice(&refused), "{refused:?}");
        let let_go = move |tx: &mut store::Tx<'_>| of_notifications::release(tx, of_notification, "x", now());
        database.store.transaction(let_go).await.unwrap();
        remembered(database, of_demand, known("a", "x")).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scans_that_stood_before_there_was_one_table_for_them_stand_in_it() {
    on_each(async |database| {
        let (demand, both, alone) =
            (draft(1, None), notifications::draft(2, None), notifications::draft(3, None));
        insert(database, &demand).await.unwrap();
        for it in [&both, &alone] {
            notifications::insert(database, it).await.unwrap();
        }
        remembered(database, demand.id, known("a", "x")).await.unwrap();
        notified(database, alone.id, known("b", "y")).await.unwrap();
        database
            .store
            .transaction(|tx| {
                revert_to(tx, "59");
                Ok::<_, StoreError>(())
            })
            .await
            .unwrap();
        let twice = format!(
            "INSERT INTO paper_notifications SELECT '{}', space, scan_index, paper_index FROM paper_entries",
            both.id
        );
        execute(&database.store, &twice).await.unwrap();
        database.store.migrate().await.unwrap();
        let claims: Vec<String> = database
            .store
            .read(|tx| {
                let all = paper_scans::table.order(paper_scans::document_id).select(paper_scans::document_id);
                Ok::<_, StoreError>(on_backend!(tx, |conn| all.load(conn))?)
            })
            .await
            .unwrap();
        let mut expected = [demand.id.to_string(), alone.id.to_string()];
        expected.sort();
        assert_eq!(claims, expected);
        let refused = notified(database, both.id, known("b", "z")).await.unwrap_err();
        assert!(of_notifications::is_entered_twice(&refused), "{refused:?}");
        notified(database, both.id, known("c", "z")).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notification_on_paper_is_known_and_kept_apart_from_demands() {
    on_each(async |database| {
        let demand = draft(1, None);
        insert(database, &demand).await.unwrap();
        remembered(database, demand.id, known("a", "x")).await.unwrap();
        let (first, second) = (notifications::draft(1, None), notifications::draft(2, None));
        for it in [&first, &second] {
            notifications::insert(database, it).await.unwrap();
        }
        // What it is about is one thing in a demand and another in a notification; a scan is the same file.
        notified(database, first.id, known("b", "x")).await.unwrap();
        for same in [known("b", "y"), known("c", "x")] {
            let job = move |tx: &mut store::Tx<'_>| of_notifications::entered_as(tx, &space(), &same);
            assert_eq!(database.store.read(job).await.unwrap(), [first.id]);
            let refused = notified(database, second.id, same).await.unwrap_err();
            assert!(of_notifications::is_entered_twice(&refused), "{refused:?}");
        }
        let about = notified(database, second.id, known("c", "x")).await.unwrap_err();
        assert!(!is_entered_twice(&about), "no demand stands in its way: {about:?}");
        assert_eq!(known_as(database, space(), known("a", "x")).await, [demand.id]);
        let version = EnteredVersion {
            content_version: 1,
            entered_at: now().trunc_subsecs(6),
            payload: b"pierwsza".to_vec(),
        };
        let (id, kept) = (first.id, version.clone());
        let read = database
            .store
            .transaction(move |tx| {
                let key = store::temporary_authorisation::find(tx, &ring(), id)?.unwrap().key;
                of_notifications::keep_version(tx, &key, id, &kept)?;
                of_notifications::versions(tx, &key, id)
            })
            .await
            .unwrap();
        assert_eq!(read, [version]);
        let stored: Vec<Vec<u8>> = database
            .store
            .read(|tx| {
                let all = paper_notification_versions::table.select(paper_notification_versions::sealed);
                Ok::<_, StoreError>(on_backend!(tx, |conn| all.load(conn))?)
            })
            .await
            .unwrap();
        assert!(stored.len() == 1 && !stored[0].windows(8).any(|it| it == b"pierwsza"));
    })
    .await;
}
