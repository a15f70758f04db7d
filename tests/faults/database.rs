//! A folder and a database for one test alone, and what can be done to the database behind the service's back.

use crate::settings;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel::{PgConnection, SqliteConnection};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Backend {
    Sqlite,
    Postgres,
}

/// Gone when it is dropped; every process on it must be gone before.
pub(crate) struct Home {
    folder: TempDir,
    place: Place,
}

enum Place {
    Sqlite(PathBuf),
    Postgres { url: String, name: String, admin: String },
}

impl Home {
    /// `None` when nobody asked for PostgreSQL.
    pub(crate) fn create(backend: Backend) -> Option<Self> {
        let folder = tempfile::Builder::new().prefix("soid-faults-").tempdir().expect("a folder");
        let place = match backend {
            Backend::Sqlite => Place::Sqlite(folder.path().join("soid.sqlite")),
            Backend::Postgres => {
                let Some(admin) = settings::postgres_url() else {
                    eprintln!("no TEST_POSTGRES_URL: PostgreSQL was not asked for, so this proves nothing");
                    return None;
                };
                new_database(admin)
            }
        };
        Some(Self { folder, place })
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn url(&self) -> String {
        match &self.place {
            Place::Sqlite(file) => format!("sqlite://{}", file.display()),
            Place::Postgres { url, .. } => url.clone(),
        }
    }

    pub(crate) fn backend(&self) -> Backend {
        match self.place {
            Place::Sqlite(_) => Backend::Sqlite,
            Place::Postgres { .. } => Backend::Postgres,
        }
    }

    pub(crate) fn execute(&self, sql: &str) {
        self.try_execute(sql).expect(sql);
    }

    pub(crate) fn try_execute(&self, sql: &str) -> QueryResult<()> {
        match &self.place {
            Place::Sqlite(file) => sqlite(file).batch_execute(sql),
            Place::Postgres { url, .. } => postgres(url).batch_execute(sql),
        }
    }

    /// The rows of a query that both databases understand.
    pub(crate) fn rows<T>(&self, sql: &str) -> Vec<T>
    where
        T: QueryableByName<diesel::sqlite::Sqlite> + QueryableByName<diesel::pg::Pg> + 'static,
    {
        let query = diesel::sql_query(sql);
        match &self.place {
            Place::Sqlite(file) => query.load(&mut sqlite(file)).expect(sql),
            Place::Postgres { url, .. } => query.load(&mut postgres(url)).expect(sql),
        }
    }

    /// The column `number` of a query's only row.
    pub(crate) fn number(&self, sql: &str) -> i64 {
        self.rows::<Number>(sql).first().expect(sql).number
    }

    /// Ends every connection to this test's database on the server's side, and tells how many there were.
    pub(crate) fn cut_connections(&self) -> i64 {
        let Place::Postgres { name, admin, .. } = &self.place else {
            panic!("nothing can be cut off from a file");
        };
        let cut = format!(
            "SELECT count(pg_terminate_backend(pid)) AS number FROM pg_stat_activity WHERE datname = '{name}'"
        );
        diesel::sql_query(&cut).get_result::<Number>(&mut postgres(admin)).expect(&cut).number
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        if let Place::Postgres { name, admin, .. } = &self.place {
            // What is left over goes with the server, which scripts/with-postgres starts for one run.
            if let Ok(mut connection) = PgConnection::establish(admin) {
                let _ = connection.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
            }
        }
    }
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

fn new_database(admin: String) -> Place {
    static SERIAL: AtomicU64 = AtomicU64::new(1);
    let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
    let name = format!("soid_faults_{}_{serial}", std::process::id());
    postgres(&admin).batch_execute(&format!("CREATE DATABASE {name}")).expect("a database");
    let (server, _) = admin.rsplit_once('/').expect("an address with a database");
    Place::Postgres { url: format!("{server}/{name}"), name, admin }
}

fn postgres(url: &str) -> PgConnection {
    PgConnection::establish(url).expect("TEST_POSTGRES_URL leads to no server")
}

fn sqlite(file: &Path) -> SqliteConnection {
    let path = file.to_str().expect("a path in UTF-8");
    let mut connection = SqliteConnection::establish(path).expect("the test's database");
    connection.batch_execute("PRAGMA busy_timeout = 5000").expect("a setting");
    connection
}
