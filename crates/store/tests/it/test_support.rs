//! A database of its own for every test, and what the tests put into it.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use domain::ids::{EventId, PatientId, SpaceId};
use std::sync::atomic::{AtomicU64, Ordering};
use store::audit::{ActingPerson, Actor, Entry, Outcome};
use store::outbox::NewEvent;
use store::sealing::KeyRing;
use store::{JobError, Store, StoreError, StoreOptions};
use tempfile::TempDir;
use uuid::Uuid;

static NUMBER: AtomicU64 = AtomicU64::new(1);

/// A migrated database that is gone with this value.
pub(crate) struct TestDatabase {
    pub(crate) store: Store,
    pub(crate) options: StoreOptions,
    home: Home,
}

enum Home {
    Sqlite { _directory: TempDir },
    Postgres { admin: String, name: String },
}

impl TestDatabase {
    pub(crate) async fn sqlite() -> Self {
        let directory = TempDir::new().unwrap();
        let options = StoreOptions::new(format!("sqlite://{}/test.db", directory.path().display()));
        Self::open(options, Home::Sqlite { _directory: directory }).await
    }

    /// `None` without `TEST_POSTGRES_URL`, unless `REQUIRE_POSTGRES=1` forbids to pass by.
    pub(crate) async fn postgres() -> Option<Self> {
        let Some(admin) = environment("TEST_POSTGRES_URL") else {
            assert_ne!(environment("REQUIRE_POSTGRES").as_deref(), Some("1"), "TEST_POSTGRES_URL is not set");
            return None;
        };
        let name = format!("store_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let mut connection = PgConnection::establish(&admin).unwrap();
        connection.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
        let (server, _) = admin.rsplit_once('/').unwrap();
        let options = StoreOptions::new(format!("{server}/{name}"));
        Some(Self::open(options, Home::Postgres { admin, name }).await)
    }

    async fn open(options: StoreOptions, home: Home) -> Self {
        let store = Store::open(options.clone()).await.unwrap();
        store.migrate().await.unwrap();
        Self { store, options, home }
    }

    /// Both databases, as far as the machine has them.
    pub(crate) async fn each() -> Vec<Self> {
        let mut all = vec![Self::sqlite().await];
        all.extend(Self::postgres().await);
        all
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Home::Postgres { admin, name } = &self.home {
            let mut connection = PgConnection::establish(admin).unwrap();
            connection.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).unwrap();
        }
    }
}

/// Runs a test on each database.
pub(crate) async fn on_each(test: impl AsyncFn(&TestDatabase)) {
    for database in TestDatabase::each().await {
        test(&database).await;
        database.store.close().await;
    }
}

#[expect(clippy::disallowed_methods, reason = "a test learns from the environment which server to use")]
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Statements that the crate has no function for.
pub(crate) async fn execute(store: &Store, sql: &str) -> Result<(), StoreError> {
    let sql = sql.to_owned();
    store.transaction(move |tx| Ok(store::on_backend!(tx, |conn| conn.batch_execute(&sql))?)).await
}

/// How a job of the tests fails.
#[derive(Debug)]
pub(crate) enum Failed {
    Store(StoreError),
    Refused,
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl JobError for Failed {
    fn store_error(&self) -> Option<&StoreError> {
        match self {
            Self::Store(error) => Some(error),
            Self::Refused => None,
        }
    }
}

pub(crate) fn ring() -> KeyRing {
    ring_with(1)
}

/// A ring of the versions 1 and 2.
pub(crate) fn ring_with(current: u32) -> KeyRing {
    let (a, b, c) = ("A".repeat(42) + "E=", "A".repeat(42) + "I=", "A".repeat(42) + "M=");
    KeyRing::parse(&format!(r#"{{"current":{current},"keys":{{"1":"{a}","2":"{b}"}},"index":"{c}"}}"#))
        .unwrap()
}

pub(crate) fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000, 123_456_789).unwrap()
}

pub(crate) fn later(seconds: i64) -> DateTime<Utc> {
    now() + TimeDelta::seconds(seconds)
}

pub(crate) fn id() -> Uuid {
    Uuid::from_u128(u128::from(NUMBER.fetch_add(1, Ordering::Relaxed)))
}

pub(crate) fn patient() -> PatientId {
    PatientId(id())
}

pub(crate) fn space() -> SpaceId {
    SpaceId::production()
}

pub(crate) fn entry() -> Entry {
    Entry {
        id: id(),
        at: now(),
        space: space(),
        actor: Actor {
            client_id: "clinic-system".to_owned(),
            organisation_id: Some(id().to_string()),
            person: Some(ActingPerson { system: "NPWZ".to_owned(), id: "5425740".to_owned() }),
            role: "PHYSICIAN".to_owned(),
        },
        on_behalf_of: None,
        purpose: Some("treatment".to_owned()),
        action: "read_medicine_demand".to_owned(),
        document_kind: Some("medicine-demand".to_owned()),
        document_id: Some(id().to_string()),
        patient_id: Some(patient()),
        outcome: Outcome::Allowed,
        trace_id: Some("4bf92f3577b34da6a3ce929d0e0e4736".to_owned()),
    }
}

pub(crate) fn event(kind: &str, audience: &[&str]) -> NewEvent {
    NewEvent {
        id: EventId(id()),
        space: space(),
        kind: kind.to_owned(),
        version: 1,
        document_kind: "medicine-demand".to_owned(),
        document_id: id().to_string(),
        at: now(),
        payload: serde_json::json!({"number": "ZPL-2026-7K3M9QXT-4", "list": [1, 2.5, null, true, "ż"]}),
        audience: audience.iter().map(|&audience| audience.to_owned()).collect(),
    }
}
