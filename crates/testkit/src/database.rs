//! A database for one test alone: a SQLite file, or a copy of a migrated PostgreSQL template.

use crate::settings;
use crate::tokens::serial;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};
use diesel::{PgConnection, SqliteConnection};
use std::fs;
use std::path::Path;
use store::{Store, StoreError, StoreOptions, Tx};
use tempfile::TempDir;

/// Where a test keeps its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// Any two numbers that nothing else uses: PostgreSQL's lock while the template is made.
const TEMPLATE_LOCK: &str = "SELECT pg_advisory_lock(20761, 1)";

/// Gone when it is dropped.
pub(crate) enum Database {
    Sqlite { url: String, _folder: TempDir },
    Postgres { url: String, name: String, admin: String },
}

impl Database {
    /// `None` when nobody asked for PostgreSQL.
    pub(crate) async fn create(backend: Backend) -> Option<Self> {
        match backend {
            Backend::Sqlite => {
                let folder = tempfile::Builder::new().prefix("soid-test-").tempdir().expect("a folder");
                let url = format!("sqlite://{}", folder.path().join("soid.db").display());
                Some(Self::Sqlite { url, _folder: folder })
            }
            Backend::Postgres => {
                let Some(admin) = settings::postgres_url() else {
                    assert!(!settings::requires_postgres(), "REQUIRE_POSTGRES=1 but no TEST_POSTGRES_URL");
                    eprintln!("no TEST_POSTGRES_URL: PostgreSQL was not asked for, so this proves nothing");
                    return None;
                };
                Some(copy_of_the_template(&admin).await)
            }
        }
    }

    pub(crate) fn url(&self) -> &str {
        match self {
            Self::Sqlite { url, .. } | Self::Postgres { url, .. } => url,
        }
    }

    /// Runs statements behind the back of the service.
    pub(crate) fn execute(&self, sql: &str) {
        self.try_execute(sql).expect(sql);
    }

    pub(crate) fn hold(&self, sql: &str) -> Held {
        let Self::Postgres { url, .. } = self else {
            panic!("SQLite has one writer: nobody else holds anything")
        };
        let mut connection = connect(url);
        connection.batch_execute(&format!("BEGIN; {sql}")).expect(sql);
        Held { _connection: connection }
    }

    pub(crate) fn try_execute(&self, sql: &str) -> Result<(), String> {
        let done = match self {
            Self::Sqlite { url, .. } => {
                let path = url.strip_prefix("sqlite://").expect("a file");
                let mut connection = SqliteConnection::establish(path).expect("the test's database");
                connection.batch_execute(&format!("PRAGMA busy_timeout = 5000; {sql}"))
            }
            Self::Postgres { url, .. } => connect(url).batch_execute(sql),
        };
        done.map_err(|fault| fault.to_string())
    }
}

/// A transaction of somebody else that is not over; rolled back when it is dropped.
pub struct Held {
    _connection: PgConnection,
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Self::Postgres { name, admin, .. } = self {
            // What is left over goes with the server, which scripts/with-postgres starts for one run.
            if let Ok(mut connection) = PgConnection::establish(admin) {
                let _ = connection.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
            }
        }
    }
}

async fn copy_of_the_template(admin: &str) -> Database {
    let mut connection = connect(admin);
    let template = template(admin, &mut connection).await;
    let name = format!("soid_test_{}_{}", std::process::id(), serial());
    let create = format!("CREATE DATABASE {name} TEMPLATE {template}");
    connection.batch_execute(&create).expect("a copy of the template");
    Database::Postgres { url: beside(admin, &name), name, admin: admin.to_owned() }
}

/// The first test of a run makes it, the others wait for it.
async fn template(admin: &str, connection: &mut PgConnection) -> String {
    let name = format!("soid_template_{}", schema_digest());
    if !exists(connection, &name) {
        connection.batch_execute(TEMPLATE_LOCK).expect("a lock");
        if !exists(connection, &name) {
            let half_made = format!("{name}_new");
            let anew = format!("DROP DATABASE IF EXISTS {half_made} WITH (FORCE)");
            connection.batch_execute(&anew).expect("no half-made template");
            connection.batch_execute(&format!("CREATE DATABASE {half_made}")).expect("a database");
            migrate(&beside(admin, &half_made)).await;
            let finish = format!("ALTER DATABASE {half_made} RENAME TO {name}");
            connection.batch_execute(&finish).expect("a template");
        }
        connection.batch_execute("SELECT pg_advisory_unlock_all()").expect("a lock");
    }
    name
}

async fn migrate(url: &str) {
    let store = Store::open(StoreOptions::new(url)).await.expect("an empty database");
    store.migrate().await.expect("migrations");
    store.close().await;
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Bool)]
    found: bool,
}

fn exists(connection: &mut PgConnection, name: &str) -> bool {
    diesel::sql_query("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1) AS found")
        .bind::<Text, _>(name)
        .get_result::<Found>(connection)
        .expect("the list of databases")
        .found
}

fn connect(url: &str) -> PgConnection {
    PgConnection::establish(url).expect("TEST_POSTGRES_URL leads to no server")
}

/// The same server, another database.
fn beside(admin: &str, name: &str) -> String {
    let (server, _) = admin.rsplit_once('/').expect("an address with a database");
    format!("{server}/{name}")
}

fn schema_digest() -> String {
    let mut files = Vec::new();
    collect(&settings::migrations().join("postgres"), &mut files);
    files.sort();
    hex::encode(signing::canonical::sha256(files.concat().as_bytes())).chars().take(16).collect()
}

fn collect(folder: &Path, files: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("the migrations") {
        let path = entry.expect("a migration").path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            let text = fs::read_to_string(&path).expect("a migration");
            files.push(format!("{}\n{text}", path.display()));
        }
    }
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// The column `number` of a query's only row.
pub(crate) async fn count(store: &Store, sql: String) -> i64 {
    store
        .read(move |tx| {
            let counted = match tx {
                Tx::Postgres(connection) => diesel::sql_query(sql).get_result::<Counted>(*connection),
                Tx::Sqlite(connection) => diesel::sql_query(sql).get_result::<Counted>(*connection),
            };
            Ok::<_, StoreError>(counted?.number)
        })
        .await
        .expect("a number")
}
