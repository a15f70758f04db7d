//! The whole run, one server at a time so that none disturbs another.

use crate::machine::Machine;
use crate::postgres::Database;
use crate::report::{Commit, Results};
use crate::service::Server;
use crate::settings::{Scale, Settings};
use crate::workload::{Bench, Cell};
use crate::{Outcome, pgbench, tell};
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;
use tokio::time::timeout;

/// A run that takes longer has gone wrong somewhere.
const LONGEST_RUN: Duration = Duration::from_mins(12);
/// A disk on every machine, where `/tmp` may be memory.
const ON_DISK: &str = "/var/tmp";

pub(crate) async fn everything() -> Outcome<()> {
    let settings = Settings::read()?;
    let results = timeout(LONGEST_RUN, measured(&settings)).await.map_err(|_| "the run took too long")??;
    results.print()?;
    match &settings.results {
        Some(directory) => results.keep(directory),
        None => Ok(()),
    }
}

async fn measured(settings: &Settings) -> Outcome<Results> {
    let scale = settings.scale;
    let disk = directory()?;
    let machine = Machine::look(disk.path())?;
    let commit = Commit::find()?;
    let hello = hello(scale).await?;
    let sqlite = service("SQLite", settings, None).await?;
    let database = Database::create(&settings.postgres).await?;
    let version = database.run("SHOW server_version").await?.trim().to_owned();
    is_durable(&database, scale).await?;
    let postgres = service("PostgreSQL", settings, Some(&database.url)).await?;
    let pgbench = pgbench::measure(&database, scale, disk.path()).await?;
    Ok(Results { commit, machine, version, scale, hello, sqlite, postgres, pgbench })
}

async fn hello(scale: Scale) -> Outcome<Vec<Cell>> {
    let directory = directory()?;
    let server = Server::hello(directory.path()).await?;
    let cells = Bench::new("hello", &server, scale).hello().await?;
    server.end().await?;
    Ok(cells)
}

async fn service(name: &'static str, settings: &Settings, database: Option<&str>) -> Outcome<Vec<Cell>> {
    let directory = directory()?;
    let server = Server::sandbox(&settings.binaries, directory.path(), database).await?;
    let measured = Bench::new(name, &server, settings.scale).service().await;
    server.end().await?;
    measured.map_err(|fault| crate::service::with_log(&fault, &directory.path().join("log")))
}

fn directory() -> Outcome<TempDir> {
    let base = if Path::new(ON_DISK).is_dir() { ON_DISK.into() } else { std::env::temp_dir() };
    Ok(tempfile::Builder::new().prefix("soid-bench.").tempdir_in(base)?)
}

/// A commit that does not wait for the disk is no measure of one that does.
async fn is_durable(database: &Database, scale: Scale) -> Outcome<()> {
    let told = database
        .run("SELECT current_setting('fsync') || ' ' || current_setting('synchronous_commit')")
        .await?;
    match (told.trim(), scale.is_full) {
        ("on on", _) => Ok(()),
        (_, true) => Err("this PostgreSQL does not wait for its disk: start it with WITH_FSYNC=1".into()),
        (_, false) => {
            tell("bench: this PostgreSQL does not wait for its disk; good enough to try every step");
            Ok(())
        }
    }
}
