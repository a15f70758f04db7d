//! A database of its own for every test, on SQLite and, where there is one, on PostgreSQL.

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection};
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;

static NUMBER: AtomicU32 = AtomicU32::new(1);

/// An empty database that is gone with this value.
pub(crate) struct Database {
    pub(crate) url: String,
    home: Home,
}

enum Home {
    Sqlite { _directory: TempDir },
    Postgres { admin: String, name: String },
}

impl Database {
    pub(crate) fn sqlite() -> Self {
        let directory = TempDir::new().unwrap();
        let url = format!("sqlite://{}/soid.db", directory.path().display());
        Self { url, home: Home::Sqlite { _directory: directory } }
    }

    /// `None` without `TEST_POSTGRES_URL`, unless `REQUIRE_POSTGRES=1` forbids to pass by.
    fn postgres() -> Option<Self> {
        let Some(admin) = environment("TEST_POSTGRES_URL") else {
            assert_ne!(environment("REQUIRE_POSTGRES").as_deref(), Some("1"), "TEST_POSTGRES_URL is not set");
            return None;
        };
        let name = format!("server_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let mut connection = PgConnection::establish(&admin).unwrap();
        connection.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
        let (server, _) = admin.rsplit_once('/').unwrap();
        Some(Self { url: format!("{server}/{name}"), home: Home::Postgres { admin, name } })
    }

    /// Both, as far as the machine has them.
    pub(crate) fn each() -> Vec<Self> {
        let mut all = vec![Self::sqlite()];
        all.extend(Self::postgres());
        all
    }

    /// A statement behind the back of the program.
    pub(crate) fn execute(&self, sql: &str) {
        match &self.home {
            Home::Sqlite { .. } => self.open_sqlite().batch_execute(sql).unwrap(),
            Home::Postgres { .. } => PgConnection::establish(&self.url).unwrap().batch_execute(sql).unwrap(),
        }
    }

    /// The `number` of a query's only row.
    pub(crate) fn count(&self, sql: &str) -> i64 {
        let query = diesel::sql_query(sql);
        let row: Number = match &self.home {
            Home::Sqlite { .. } => query.get_result(&mut self.open_sqlite()).unwrap(),
            Home::Postgres { .. } => {
                query.get_result(&mut PgConnection::establish(&self.url).unwrap()).unwrap()
            }
        };
        row.number
    }

    fn open_sqlite(&self) -> SqliteConnection {
        let mut connection =
            SqliteConnection::establish(self.url.strip_prefix("sqlite://").unwrap()).unwrap();
        connection.batch_execute("PRAGMA busy_timeout = 5000").unwrap();
        connection
    }
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    number: i64,
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Home::Postgres { admin, name } = &self.home {
            let mut connection = PgConnection::establish(admin).unwrap();
            connection.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).unwrap();
        }
    }
}

/// Whether `SOID_TEST_SCALE` asks for the scale of a proof.
pub(crate) fn is_proof() -> bool {
    environment("SOID_TEST_SCALE").as_deref() == Some("prove")
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test learns from the environment which server to use, and how much to do"
)]
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
