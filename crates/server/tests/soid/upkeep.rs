//! What the service does by itself, started as a library.

use crate::database::Database;
use crate::installation::Installation;
use chrono::{DateTime, TimeDelta, Utc};
use diesel::RunQueryDsl as _;
use diesel::connection::SimpleConnection as _;
use domain::ids::SpaceId;
use server::clock::SystemClock;
use server::config::Config;
use server::service::{
    Running, Service, StartFault, Wiring, decision_key_set, kept_root, key_ring, open_store,
    production_wiring, verify_audit,
};
use std::time::Duration;
use store::audit::{Actor, Entry, Fault, Outcome};
use store::idempotency::{self, Completion, KeyClaim};
use store::sealing::KeyRing;
use store::{Store, Tx};

const GRACE: Duration = Duration::from_secs(5);

pub(crate) fn configured(database: &Database) -> Config {
    Config::from_env_map(&Installation::on(database).variables).unwrap()
}

pub(crate) async fn start(config: &Config) -> Running {
    Service::start(config.clone(), production_wiring(config).unwrap()).await.unwrap()
}

fn now() -> DateTime<Utc> {
    use app::clock::Clock as _;
    SystemClock.real_now()
}

fn entry() -> Entry {
    Entry {
        id: app::entropy::Entropy.id(now()),
        at: now(),
        space: SpaceId::production(),
        actor: Actor {
            client_id: "clinic-system".to_owned(),
            organisation_id: None,
            person: None,
            role: "PHYSICIAN".to_owned(),
        },
        on_behalf_of: None,
        purpose: None,
        action: "read_medicine_demand".to_owned(),
        document_kind: None,
        document_id: None,
        patient_id: None,
        outcome: Outcome::Allowed,
        trace_id: None,
    }
}

async fn until<F: Future<Output = bool>>(what: &str, holds: impl Fn() -> F) {
    for _ in 0..200 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("not in ten seconds: {what}");
}

async fn append(store: &Store) {
    store.transaction(|tx| store::audit::append(tx, &entry())).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn entries_are_numbered_while_it_runs_and_rooted_at_the_next_start() {
    for database in Database::each() {
        let config = configured(&database);
        let keys = || decision_key_set(&config.keys).unwrap();
        let running = start(&config).await;
        let store = running.app().store().clone();
        append(&store).await;
        until("one entry has its number", async || {
            verify_audit(&store, keys(), now(), Vec::new()).await.unwrap().sequenced == 1
        })
        .await;
        running.stop(GRACE).await;
        let running = start(&config).await;
        let store = running.app().store().clone();
        until("its hour has a root", async || {
            verify_audit(&store, keys(), now(), Vec::new()).await.unwrap().roots == 1
        })
        .await;
        let report = verify_audit(&store, keys(), now(), Vec::new()).await.unwrap();
        assert_eq!((report.unsequenced, report.faults), (0, Vec::new()));
        let kept = signed_roots(&store).await;
        let kept = || kept.iter().map(|jws| kept_root(&keys(), jws).unwrap()).collect::<Vec<_>>();
        assert_eq!(verify_audit(&store, keys(), now(), kept()).await.unwrap().faults, []);
        let others = decision_key_set(&configured(&database).keys).unwrap();
        let report = verify_audit(&store, others, now(), Vec::new()).await.unwrap();
        assert_eq!(report.faults, [Fault::Signature { last_seq: 1 }]);
        execute(&store, "DELETE FROM audit_roots").await;
        let later = now() + TimeDelta::hours(3);
        let report = verify_audit(&store, keys(), later, kept()).await.unwrap();
        assert_eq!(report.faults, [Fault::Unrooted { first: 1, last: 1 }, Fault::Kept { last_seq: 1 }]);
        running.stop(GRACE).await;
    }
}

async fn signed_roots(store: &Store) -> Vec<String> {
    #[derive(diesel::QueryableByName)]
    struct Signed {
        #[diesel(sql_type = diesel::sql_types::Binary)]
        signature: Vec<u8>,
    }
    let all = |tx: &mut Tx<'_>| {
        let all = diesel::sql_query("SELECT signature FROM audit_roots");
        let rows: Vec<Signed> = store::on_backend!(tx, |conn| all.load(conn))?;
        Ok::<_, store::StoreError>(rows)
    };
    let rows = store.read(all).await.unwrap();
    rows.into_iter().map(|row| String::from_utf8(row.signature).unwrap()).collect()
}

async fn execute(store: &Store, sql: &'static str) {
    let job = move |tx: &mut Tx<'_>| {
        Ok::<_, store::StoreError>(store::on_backend!(tx, |conn| conn.batch_execute(sql))?)
    };
    store.transaction(job).await.unwrap();
}

const SCOPE: &str = "main|clinic-system|NPWZ:5425740";

/// Keeps an answer as if it had been given this long ago.
async fn keep(store: &Store, ring: KeyRing, key: &'static str, age: TimeDelta) {
    let now = now() - age;
    let job = move |tx: &mut Tx<'_>| {
        let operation = "create_medicine_demand";
        let asked = KeyClaim { scope: SCOPE, key, fingerprint: &[1; 32], operation, now };
        idempotency::claim(tx, &ring, &asked)?;
        let answer = Completion { scope: SCOPE, key, status: 201, bytes: b"{}", document_id: None };
        idempotency::complete(tx, &ring, &answer)
    };
    store.transaction(job).await.unwrap();
}

async fn is_kept(store: &Store, ring: KeyRing, key: &'static str) -> bool {
    store.read(move |tx| idempotency::look_up(tx, &ring, SCOPE, key)).await.unwrap().is_some()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_older_than_a_week_are_forgotten_at_the_start() {
    for database in Database::each() {
        let config = configured(&database);
        let ring = || key_ring(&config.keys).unwrap();
        let store = open_store(&config.database).await.unwrap();
        store.migrate().await.unwrap();
        keep(&store, ring(), "old", idempotency::KEPT + TimeDelta::hours(1)).await;
        keep(&store, ring(), "young", idempotency::KEPT - TimeDelta::hours(1)).await;
        let running = start(&config).await;
        until("the old answer is gone", async || !is_kept(&store, ring(), "old").await).await;
        assert!(is_kept(&store, ring(), "young").await);
        running.stop(GRACE).await;
        store.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_the_end_the_store_takes_nothing_more() {
    let database = Database::sqlite();
    let running = start(&configured(&database)).await;
    let (store, address) = (running.app().store().clone(), running.address());
    running.stop(GRACE).await;
    let refused = store.transaction(|tx| store::audit::append(tx, &entry())).await;
    assert!(matches!(refused, Err(store::StoreError::Unavailable { .. })), "{refused:?}");
    assert!(std::net::TcpStream::connect(address).is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_root_that_is_no_authority_stops_the_start() {
    let database = Database::sqlite();
    let mut config = configured(&database);
    config.trust.zus = vec![b"no certificate".to_vec()];
    let wiring: Wiring = production_wiring(&config).unwrap();
    let fault = Service::start(config, wiring).await.err().unwrap();
    assert!(matches!(fault, StartFault::Anchor(signing::SignatureKind::Zus)), "{fault}");
}
