//! Every migration can be taken back, and both databases have the same history.

use crate::demands::{draft, find, insert};
use crate::temporary_authorisations;
use crate::test_support::{TestDatabase, execute, on_each};
use diesel::migration::{Migration, MigrationSource};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::sqlite::Sqlite;
use diesel_migrations::MigrationHarness;
use domain::temporary_authorisation::Authorisation;
use store::migrations::{POSTGRES, SQLITE};
use store::{Store, StoreError, Tx};

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

const POSTGRES_DUMP: &str = "
    SELECT 'column ' || table_name || ' ' || ordinal_position || ' ' || column_name || ' ' || data_type || ' '
        || is_nullable || ' ' || is_identity || ' ' || coalesce(column_default, '') AS line
        FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'function ' || pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    ORDER BY line";

const SQLITE_DUMP: &str =
    "SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS line FROM sqlite_master ORDER BY line";

fn dump(tx: &mut Tx<'_>) -> Vec<String> {
    let lines: Vec<Line> = match tx {
        Tx::Postgres(conn) => diesel::sql_query(POSTGRES_DUMP).load(*conn).unwrap(),
        Tx::Sqlite(conn) => diesel::sql_query(SQLITE_DUMP).load(*conn).unwrap(),
    };
    let ours =
        |line: &String| !line.contains("__diesel_schema_migrations") && !line.contains("sqlite_sequence");
    lines.into_iter().map(|line| line.line).filter(ours).collect()
}

fn revert_all(tx: &mut Tx<'_>) {
    match tx {
        Tx::Postgres(conn) => drop(conn.revert_all_migrations(POSTGRES).unwrap()),
        Tx::Sqlite(conn) => drop(conn.revert_all_migrations(SQLITE).unwrap()),
    }
}

async fn dumped(store: &Store) -> Vec<String> {
    store.read(|tx| Ok::<_, StoreError>(dump(tx))).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn up_down_up_ends_where_the_first_up_did() {
    on_each(async |database| {
        let store = &database.store;
        let up = dumped(store).await;
        assert!(up.iter().any(|line| line.contains("audit_update")), "{up:?}");
        store
            .transaction(|tx| {
                revert_all(tx);
                Ok::<_, StoreError>(())
            })
            .await
            .unwrap();
        assert_eq!(dumped(store).await, Vec::<String>::new());
        let again = store.migrate().await.unwrap();
        assert_eq!(again.len(), MigrationSource::<Sqlite>::migrations(&SQLITE).unwrap().len());
        assert_eq!(dumped(store).await, up);
    })
    .await;
}

#[test]
fn both_databases_have_the_same_history() {
    let postgres: Vec<Box<dyn Migration<Pg>>> = POSTGRES.migrations().unwrap();
    let sqlite: Vec<Box<dyn Migration<Sqlite>>> = SQLITE.migrations().unwrap();
    let mut postgres: Vec<String> = postgres.iter().map(|one| one.name().to_string()).collect();
    let mut sqlite: Vec<String> = sqlite.iter().map(|one| one.name().to_string()).collect();
    postgres.sort();
    sqlite.sort();
    assert_eq!(postgres, sqlite);
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_that_start_together_migrate_once() {
    on_each(async |database| {
        let store = &database.store;
        store
            .transaction(|tx| {
                revert_all(tx);
                Ok::<_, StoreError>(())
            })
            .await
            .unwrap();
        let all = store.pending_migrations().await.unwrap().len();
        assert!(all > 0);
        let (a, b) = tokio::join!(store.migrate(), store.migrate());
        assert_eq!(a.unwrap().len() + b.unwrap().len(), all);
        assert!(store.pending_migrations().await.unwrap().is_empty());
        assert!(store.migrate().await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_what_is_pending_changes_nothing() {
    on_each(async |database| {
        let store = &database.store;
        store
            .transaction(|tx| {
                revert_all(tx);
                Ok::<_, StoreError>(())
            })
            .await
            .unwrap();
        execute(store, "DROP TABLE __diesel_schema_migrations").await.unwrap();
        let pending = store.pending_migrations().await.unwrap();
        assert!(execute(store, "SELECT 1 FROM __diesel_schema_migrations").await.is_err());
        let applied = store.migrate().await.unwrap();
        assert_eq!(pending.len(), applied.len());
        assert!(pending.iter().zip(&applied).all(|(name, version)| name.starts_with(version.as_str())));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_what_is_pending_waits_for_who_migrates() {
    let Some(database) = TestDatabase::postgres().await else { return };
    let mut migrating = PgConnection::establish(&database.options.url).unwrap();
    diesel::sql_query("SELECT pg_advisory_lock(1936681316)").execute(&mut migrating).unwrap();
    let asking = {
        let store = database.store.clone();
        tokio::spawn(async move { store.pending_migrations().await })
    };
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert!(!asking.is_finished());
    drop(migrating);
    assert!(asking.await.unwrap().unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_database_names_what_is_pending() {
    let database = TestDatabase::sqlite().await;
    let directory = tempfile::TempDir::new().unwrap();
    let mut options = database.options.clone();
    options.url = format!("sqlite://{}/fresh.db", directory.path().display());
    let fresh = Store::open(options).await.unwrap();
    let pending = fresh.pending_migrations().await.unwrap();
    assert_eq!(pending.first().map(String::as_str), Some("00000000000001_audit"));
    assert_eq!(fresh.migrate().await.unwrap().len(), pending.len());
}

/// Takes back every migration down to this one, and it too.
pub(crate) fn revert_to(tx: &mut Tx<'_>, version: &str) {
    loop {
        let reverted = match tx {
            Tx::Postgres(conn) => conn.revert_last_migration(POSTGRES).unwrap().to_string(),
            Tx::Sqlite(conn) => conn.revert_last_migration(SQLITE).unwrap().to_string(),
        };
        if reverted.trim_start_matches('0') == version {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demand_and_its_patients_outlive_the_table_that_is_made_anew() {
    on_each(async |database| {
        let demand = draft(1, Some("HIS-1"));
        insert(database, &demand).await.unwrap();
        let reverted = database.store.transaction(|tx| {
            revert_to(tx, "27");
            Ok::<_, StoreError>(())
        });
        reverted.await.unwrap();
        assert!(database.store.migrate().await.unwrap().len() >= 2);
        assert_eq!(find(database, demand.id).await.unwrap(), Some(demand));
        let orphan = "INSERT INTO demand_patients VALUES ('nobody', 0, 'p', '0')";
        assert!(execute(&database.store, orphan).await.is_err(), "its children still refer to it");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notification_and_its_addition_outlive_the_table_that_is_made_anew() {
    on_each(async |database| {
        let base = temporary_authorisations::draft(1, Some("WMS-1"));
        // The addition has the lower id, so that it comes before the one that it names.
        let addition = temporary_authorisations::draft(0, None);
        let addition = Authorisation { adds_to: Some(base.id), ..addition };
        temporary_authorisations::insert(database, &base).await.unwrap();
        temporary_authorisations::insert(database, &addition).await.unwrap();
        let granted = format!(
            "INSERT INTO temporary_authorisation_grants VALUES ('{}', 'pharmacy', '2026-02-02 09:00:00')",
            base.id
        );
        execute(&database.store, &granted).await.unwrap();
        let reverted = database.store.transaction(|tx| {
            revert_to(tx, "35");
            Ok::<_, StoreError>(())
        });
        reverted.await.unwrap();
        assert!(!database.store.migrate().await.unwrap().is_empty());
        for kept in [base, addition] {
            assert_eq!(temporary_authorisations::find(database, kept.id).await, Some(kept));
        }
        let orphan =
            "INSERT INTO temporary_authorisation_grants VALUES ('nobody', 'p', '2026-02-02 09:00:00')";
        assert!(execute(&database.store, orphan).await.is_err(), "its children still refer to it");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_entry_of_a_repair_is_lost_on_the_way_back() {
    const ENTRY: &str = "INSERT INTO settlement_entries (id, space, month, kind, entered_at, provider_id, contract, \
        order_id, order_number, take_up_id, code, tier, limit_amount, limit_kind, share, issued_in, pieces, price, refund, \
        copay, document_kind) VALUES ('e1', 's', '2026-12', 'REALISED', '2026-12-01 08:00:00', 'p', 'c', 'repair', 'n', \
        't', 'S.12.01', 1, 100, 'FOR_QUANTITY', 90, '2026-12', 100, 100, 90, 10, 'DEVICE_REPAIR_ORDER')";
    on_each(async |database| {
        execute(&database.store, ENTRY).await.unwrap();
        let reverted = database.store.transaction(|tx| {
            let mut last = String::new();
            let stopped = loop {
                let reverted = match tx {
                    Tx::Postgres(conn) => conn.revert_last_migration(POSTGRES).map(|it| it.to_string()),
                    Tx::Sqlite(conn) => conn.revert_last_migration(SQLITE).map(|it| it.to_string()),
                };
                match reverted {
                    // The one before was reverted, or there is none.
                    Err(_) => break last.is_empty() || last == "78",
                    Ok(version) if version.trim_start_matches('0') == "77" => break false,
                    Ok(version) => version.trim_start_matches('0').clone_into(&mut last),
                }
            };
            if stopped {
                Err(StoreError::Corrupt { table: "settlement_entries", id: "e1".to_owned() })
            } else {
                Ok(())
            }
        });
        assert!(reverted.await.is_err(), "it stops while there is one");
        let again = execute(&database.store, ENTRY).await;
        assert!(
            again.is_err_and(|error| error.is_unique_violation_of("settlement_entries_pkey")),
            "it is still there"
        );
    })
    .await;
}
