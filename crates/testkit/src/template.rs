//! The database that every test copies: migrated, with the catalogue that comes with the service. Made once for these
//! migrations and this catalogue.

use crate::settings;
use app::device_group::{ImportMode, import_catalogue};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use domain::device_group::built_in;
use server::clock::SystemClock;
use std::fs;
use std::path::Path;
use store::{Store, StoreOptions};

/// Any two numbers that nothing else uses: PostgreSQL's lock while the template is made.
const LOCK: &str = "SELECT pg_advisory_lock(20761, 1)";

/// The file is made beside its place and then moved there whole; another process may have been faster.
pub(crate) async fn copy_to(file: &Path) {
    let folder = settings::target().join("test-templates");
    let template = folder.join(format!("{}.db", digest("sqlite")));
    if !template.exists() {
        fs::create_dir_all(&folder).expect("a folder for templates");
        let beside = tempfile::tempdir_in(&folder).expect("a folder");
        let made = beside.path().join("soid.db");
        fill(&format!("sqlite://{}", made.display())).await;
        fs::rename(&made, &template).expect("a template");
    }
    fs::copy(&template, file).expect("a copy of the template");
}

/// The first test of a run makes it, the others wait for it.
pub(crate) async fn on_the_server(admin: &str, connection: &mut PgConnection) -> String {
    let name = format!("soid_template_{}", digest("postgres"));
    if !exists(connection, &name) {
        connection.batch_execute(LOCK).expect("a lock");
        if !exists(connection, &name) {
            let half_made = format!("{name}_new");
            let anew = format!("DROP DATABASE IF EXISTS {half_made} WITH (FORCE)");
            connection.batch_execute(&anew).expect("no half-made template");
            connection.batch_execute(&format!("CREATE DATABASE {half_made}")).expect("a database");
            fill(&beside(admin, &half_made)).await;
            let finish = format!("ALTER DATABASE {half_made} RENAME TO {name}");
            connection.batch_execute(&finish).expect("a template");
        }
        connection.batch_execute("SELECT pg_advisory_unlock_all()").expect("a lock");
    }
    name
}

async fn fill(url: &str) {
    let store = Store::open(StoreOptions::new(url)).await.expect("an empty database");
    store.migrate().await.expect("migrations");
    let (name, text) = (built_in::NAME, built_in::TEXT);
    import_catalogue(&store, &SystemClock, name, text, ImportMode::Import).await.expect("the catalogue");
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

/// The same server, another database.
pub(crate) fn beside(admin: &str, name: &str) -> String {
    let (server, _) = admin.rsplit_once('/').expect("an address with a database");
    format!("{server}/{name}")
}

/// Of everything that the template is made of.
fn digest(backend: &str) -> String {
    let mut files = Vec::new();
    collect(&settings::migrations().join(backend), &mut files);
    files.sort();
    files.push(built_in::TEXT.to_owned());
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
