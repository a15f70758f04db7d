//! A database for one test alone: a copy of the template, as a SQLite file or on the PostgreSQL server.

use crate::tokens::serial;
use crate::{settings, template};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel::{PgConnection, SqliteConnection};
use store::{Store, StoreError, Tx};
use tempfile::TempDir;

/// Where a test keeps its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

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
                let file = folder.path().join("soid.db");
                template::copy_to(&file).await;
                let url = format!("sqlite://{}", file.display());
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
    let template = template::on_the_server(admin, &mut connection).await;
    let name = format!("soid_test_{}_{}", std::process::id(), serial());
    let create = format!("CREATE DATABASE {name} TEMPLATE {template}");
    connection.batch_execute(&create).expect("a copy of the template");
    Database::Postgres { url: template::beside(admin, &name), name, admin: admin.to_owned() }
}

fn connect(url: &str) -> PgConnection {
    PgConnection::establish(url).expect("TEST_POSTGRES_URL leads to no server")
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
