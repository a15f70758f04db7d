//! The register of medicinal products: a large file made here, imported by the release binary, and then searched.

mod generate;
mod import;
mod searches;

use crate::machine::Machine;
use crate::postgres::Database;
use crate::report::{Commit, TRIAL, is_optimised, today};
use crate::service::Server;
use crate::settings::Settings;
use crate::{Outcome, tell};
use import::Imported;
use searches::Searched;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;

const MIB: u64 = 1 << 20;
/// The size of the real file, rounded up.
const USUAL: u64 = 100;
/// A disk on every machine, where `/tmp` may be memory.
const ON_DISK: &str = "/var/tmp";

/// Writes a register of so many MiB, the same bytes each time.
pub(crate) fn write(mebibytes: &str, place: &str) -> Outcome<()> {
    let length = mebibytes.parse::<u64>()? * MIB;
    let written = generate::register(std::fs::File::create(place)?, length)?;
    tell(&format!("bench: {written} records"));
    Ok(())
}

/// Both databases, one after the other.
pub(crate) async fn measure(mebibytes: Option<&str>) -> Outcome<()> {
    let settings = Settings::read()?;
    let length = mebibytes.map_or(Ok(USUAL), str::parse::<u64>)? * MIB;
    let disk = if Path::new(ON_DISK).is_dir() { ON_DISK.into() } else { std::env::temp_dir() };
    let directory = tempfile::Builder::new().prefix("soid-bench.").tempdir_in(disk)?;
    let file = directory.path().join("register.xml");
    let records = generate::register(std::fs::File::create(&file)?, length)?;
    let machine = Machine::look(directory.path())?;
    say(&Commit::find()?.heading("Register of medicinal products", today()))?;
    if !settings.scale.is_full || !is_optimised() {
        say(TRIAL)?;
    }
    say(&format!("{} MiB, {records} records. {}.\n", length / MIB, machine.sentence()))?;
    let sqlite = format!("sqlite://{}", directory.path().join("soid.sqlite").display());
    one("SQLite", &settings, &directory, &file, &sqlite).await?;
    let database = Database::create(&settings.postgres).await?;
    one("PostgreSQL", &settings, &directory, &file, &database.url).await
}

async fn one(
    name: &str,
    settings: &Settings,
    directory: &TempDir,
    file: &Path,
    database: &str,
) -> Outcome<()> {
    say(&format!("## {name}\n\n| Import | Seconds | Peak memory, MiB |\n|---|---|---|"))?;
    import::migrate(&settings.binaries, database).await?;
    for what in ["into an empty database", "over an edition, which is then taken away"] {
        let Imported { elapsed, peak } = import::run(&settings.binaries, database, file).await?;
        say(&format!("| {what} | {:.1} | {} |", elapsed.as_secs_f64(), peak.div_ceil(1024)))?;
    }
    let own = directory.path().join(name);
    std::fs::create_dir(&own)?;
    let server = Server::sandbox(&settings.binaries, &own, Some(database)).await?;
    let searched = searches::measure(&server, longest(settings)).await;
    server.end().await?;
    say("\n| Search | Connections | per second | p50, ms | p99, ms |\n|---|---|---|---|---|")?;
    for Searched { what, connections, measured } in searched? {
        say(&format!(
            "| {what} | {connections} | {:.0} | {:.2} | {:.2} |",
            measured.per_second(),
            measured.milliseconds_at(0.5),
            measured.milliseconds_at(0.99)
        ))?;
    }
    say("")
}

fn longest(settings: &Settings) -> Duration {
    settings.scale.cell
}

fn say(line: &str) -> Outcome<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}
