//! The two doors: what they store, what they refuse, and what they survive.

use crate::test_support::{Failed, TestDatabase, execute, later, now, on_each};
use diesel::prelude::*;
use std::sync::{Arc, Barrier};
use std::time::Duration;
use store::schema::leases;
use store::{Backend, Store, StoreError, StoreOptions, Tx, on_backend};

pub(crate) fn insert(tx: &mut Tx<'_>, name: &str) -> Result<(), StoreError> {
    let row = (leases::name.eq(name), leases::holder.eq("test"), leases::until.eq(now().naive_utc()));
    on_backend!(tx, |conn| diesel::insert_into(leases::table).values(row).execute(conn))?;
    Ok(())
}

pub(crate) async fn names(store: &Store) -> Vec<String> {
    store
        .read(|tx| {
            let query = leases::table.select(leases::name).order(leases::name);
            Ok::<_, StoreError>(on_backend!(tx, |conn| query.load(conn))?)
        })
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_leaves_nothing_behind() {
    on_each(async |database| {
        let answer = database
            .store
            .transaction(|tx| {
                insert(tx, "refused")?;
                Err::<(), _>(Failed::Refused)
            })
            .await;
        assert!(matches!(answer, Err(Failed::Refused)));
        assert!(names(&database.store).await.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_concerns_its_own_job_only() {
    on_each(async |database| {
        let panicked = database.store.transaction::<(), StoreError, _>(|tx| {
            insert(tx, "panicked")?;
            panic!("a bug in a job");
        });
        assert!(matches!(panicked.await, Err(StoreError::Panicked)));
        let panicked = database.store.read::<(), StoreError, _>(|_| panic!("a bug in a reading job"));
        assert!(matches!(panicked.await, Err(StoreError::Panicked)));
        database.store.transaction(|tx| insert(tx, "next")).await.unwrap();
        assert_eq!(names(&database.store).await, ["next"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_hides_a_failed_statement_is_not_told_of_a_commit_that_was_none() {
    on_each(async |database| {
        let store = &database.store;
        let hidden = store.transaction(|tx| {
            insert(tx, "first")?;
            assert!(insert(tx, "first").is_err());
            Ok::<_, StoreError>(())
        });
        let hidden = hidden.await;
        assert_eq!(hidden.is_ok(), names(store).await == ["first"], "{hidden:?}");
        let disguised = store.transaction(|tx| {
            insert(tx, "second")?;
            insert(tx, "second").map_err(|_| Failed::Refused)
        });
        assert!(matches!(disguised.await, Err(Failed::Refused)));
        store.transaction(|tx| insert(tx, "third")).await.unwrap();
        let stored = names(store).await;
        assert!(
            stored.iter().any(|name| name == "third") && stored.iter().all(|name| name != "second"),
            "{stored:?}"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn broken_constraints_have_the_same_names_on_both_databases() {
    on_each(async |database| {
        let store = &database.store;
        execute(
            store,
            "CREATE TABLE parents (id TEXT NOT NULL PRIMARY KEY, a TEXT, b TEXT, n INTEGER, UNIQUE (a, b),
                                   CONSTRAINT parents_positive CHECK (n > 0));
             CREATE TABLE children (parent TEXT NOT NULL REFERENCES parents (id));
             INSERT INTO parents VALUES ('1', 'x', 'y', 1);",
        )
        .await
        .unwrap();
        let failure = async |sql: &'static str| {
            store
                .transaction(move |tx| {
                    on_backend!(tx, |conn| diesel::sql_query(sql).execute(conn))?;
                    Ok::<_, StoreError>(())
                })
                .await
                .unwrap_err()
        };
        let error = failure("INSERT INTO parents VALUES ('1', 'z', 'z', 1)").await;
        assert!(error.is_unique_violation_of("parents_pkey"), "{error:?}");
        let error = failure("INSERT INTO parents VALUES ('2', 'x', 'y', 1)").await;
        assert!(error.is_unique_violation_of("parents_a_b_key"), "{error:?}");
        let error = failure("INSERT INTO parents VALUES ('2', 'z', 'z', 0)").await;
        assert!(matches!(error, StoreError::Check { constraint } if constraint == "parents_positive"));
        assert!(matches!(failure("INSERT INTO children VALUES ('9')").await, StoreError::ForeignKey));
        assert!(matches!(failure("INSERT INTO children VALUES (NULL)").await, StoreError::NotNull));
        // On SQLite anything else ends the batch, and the job cannot know why.
        let error = failure("INSERT INTO nowhere VALUES (1)").await;
        match store.backend() {
            Backend::Postgres => assert!(matches!(error, StoreError::Other(_)), "{error:?}"),
            Backend::Sqlite => assert!(matches!(error, StoreError::Unavailable { .. }), "{error:?}"),
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reads_run_side_by_side() {
    on_each(async |database| {
        let together = Arc::new(Barrier::new(4));
        let reads: Vec<_> = (0..4)
            .map(|_| {
                let (store, together) = (database.store.clone(), Arc::clone(&together));
                tokio::spawn(async move {
                    store
                        .read(move |tx| {
                            on_backend!(tx, |conn| leases::table.count().get_result::<i64>(conn))?;
                            together.wait();
                            Ok::<_, StoreError>(())
                        })
                        .await
                })
            })
            .collect();
        for read in reads {
            tokio::time::timeout(Duration::from_secs(20), read).await.unwrap().unwrap().unwrap();
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reading_connection_cannot_write() {
    on_each(async |database| {
        assert!(database.store.read(|tx| insert(tx, "sneaked in")).await.is_err());
        assert!(names(&database.store).await.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_does_not_see_what_is_committed_meanwhile() {
    on_each(async |database| {
        let writer = database.store.clone();
        let runtime = tokio::runtime::Handle::current();
        let counts = database
            .store
            .read_snapshot(move |tx| {
                let before: i64 = on_backend!(tx, |conn| leases::table.count().get_result(conn))?;
                runtime.block_on(writer.transaction(|tx| insert(tx, "meanwhile")))?;
                let after: i64 = on_backend!(tx, |conn| leases::table.count().get_result(conn))?;
                Ok::<_, StoreError>((before, after))
            })
            .await
            .unwrap();
        assert_eq!(counts, (0, 0));
        assert_eq!(names(&database.store).await, ["meanwhile"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_too_long_for_a_connection_is_told_that_the_store_is_busy() {
    on_each(async |database| {
        let mut options = database.options.clone();
        (options.read_pool_size, options.pool_wait) = (1, Duration::from_millis(300));
        let store = Store::open(options).await.unwrap();
        let (release, held) = std::sync::mpsc::channel::<()>();
        let holder = store.clone();
        let holding = tokio::spawn(async move {
            holder
                .read(move |_| Ok::<_, StoreError>(held.recv_timeout(Duration::from_secs(20)).is_ok()))
                .await
        });
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert!(matches!(store.read(|_| Ok::<_, StoreError>(())).await, Err(StoreError::Busy)));
        release.send(()).unwrap();
        assert!(holding.await.unwrap().unwrap());
        store.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_finishes_what_waits_and_refuses_what_comes_later() {
    on_each(async |database| {
        let store = Store::open(database.options.clone()).await.unwrap();
        let waiting: Vec<_> = (0..40)
            .map(|n| {
                let store = store.clone();
                tokio::spawn(async move { store.transaction(move |tx| insert(tx, &format!("{n:02}"))).await })
            })
            .collect();
        tokio::time::sleep(Duration::from_millis(20)).await;
        store.close().await;
        let mut acknowledged = 0;
        for job in waiting {
            match job.await.unwrap() {
                Ok(()) => acknowledged += 1,
                Err(error) => assert!(matches!(error, StoreError::Unavailable { .. }), "{error:?}"),
            }
        }
        assert_eq!(names(&database.store).await.len(), acknowledged);
        let late = store.transaction(|tx| insert(tx, "late")).await;
        assert!(matches!(late, Err(StoreError::Unavailable { .. })));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_the_server_has_cut_is_replaced() {
    let Some(database) = TestDatabase::postgres().await else { return };
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    let mut admin = PgConnection::establish(&database.options.url).unwrap();
    diesel::sql_query(cut).execute(&mut admin).unwrap();
    for n in 0..20 {
        // Connections that were used a moment ago are trusted and may fail once each.
        let _may_fail = database.store.transaction(move |tx| insert(tx, &n.to_string())).await.is_err();
    }
    database.store.transaction(|tx| insert(tx, "afterwards")).await.unwrap();
    diesel::sql_query(cut).execute(&mut admin).unwrap();
    tokio::time::sleep(Duration::from_millis(1100)).await;
    database.store.transaction(|tx| insert(tx, "after a rest")).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lock_that_another_holds_too_long_is_told_as_busy() {
    let Some(database) = TestDatabase::postgres().await else { return };
    let mut options = database.options.clone();
    options.lock_wait = Duration::from_millis(200);
    let store = Store::open(options).await.unwrap();
    let mut holder = PgConnection::establish(&database.options.url).unwrap();
    holder.begin_test_transaction().unwrap();
    insert(&mut Tx::Postgres(&mut holder), "contended").unwrap();
    let waited = store.transaction(|tx| insert(tx, "contended")).await;
    assert!(matches!(waited, Err(StoreError::Busy)), "{waited:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lease_is_held_by_one_until_it_ends() {
    use store::leases::{acquire, release};
    on_each(async |database| {
        let take = async |holder: &'static str, at: i64| {
            let job = move |tx: &mut Tx<'_>| acquire(tx, "task", holder, later(at), later(at + 10));
            database.store.transaction(job).await.unwrap()
        };
        assert!(take("a", 0).await);
        assert!(!take("b", 5).await);
        assert!(take("a", 5).await, "the holder prolongs it");
        assert!(!take("b", 14).await);
        assert!(take("b", 15).await);
        database.store.transaction(|tx| release(tx, "task", "b")).await.unwrap();
        assert!(take("a", 16).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_of_another_kind_is_refused_and_never_printed() {
    let options = StoreOptions::new("mysql://user:secret@host/x");
    assert!(!format!("{options:?}").contains("secret"));
    assert!(matches!(Store::open(options).await, Err(StoreError::Address)));
    let nowhere = Store::open(StoreOptions::new("sqlite:///no/such/directory/x.db")).await;
    assert!(matches!(nowhere, Err(StoreError::Unavailable { .. })));
    assert_eq!(TestDatabase::sqlite().await.store.backend(), Backend::Sqlite);
}
