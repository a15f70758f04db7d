//! A database of its own for every test, on SQLite and, where there is one, on PostgreSQL.

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
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
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Home::Postgres { admin, name } = &self.home {
            let mut connection = PgConnection::establish(admin).unwrap();
            connection.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).unwrap();
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a test learns from the environment which server to use")]
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
