//! `soid import device-groups`: a new edition of the catalogue, or every reason why not.

use super::{Failed, say};
use app::device_group::{CatalogueFault, ImportMode, ImportedCatalogue, import_catalogue};
use domain::problem::Violation;
use server::clock::SystemClock;
use server::config::Config;
use server::service::{StartFault, open_store};
use std::io;
use std::path::Path;
use store::Store;

/// Needs the database alone.
pub(super) async fn run(place: &Path, mode: ImportMode) -> Result<(), Failed> {
    let text = std::fs::read_to_string(place).map_err(|fault| Failed::file(place, &fault))?;
    let name = place.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let store = open_store(&Config::database_from_env()?).await?;
    let imported = import(&store, &name, &text, mode).await;
    store.close().await;
    if let Err(Failed::Catalogue(CatalogueFault::Refused(faults))) = &imported {
        faults.iter().try_for_each(refused)?;
    }
    report(&imported?, mode)?;
    Ok(())
}

async fn import(
    store: &Store,
    name: &str,
    text: &str,
    mode: ImportMode,
) -> Result<ImportedCatalogue, Failed> {
    let pending = store.pending_migrations().await?;
    if !pending.is_empty() {
        return Err(StartFault::Pending(pending).into());
    }
    Ok(import_catalogue(store, &SystemClock, name, text, mode).await?)
}

fn refused(fault: &Violation) -> io::Result<()> {
    let problem = fault.problem;
    say(format_args!("refused: {}: {} {}", fault.pointer, problem.code, problem.says.en))?;
    say(format_args!("  {} {}", problem.says.pl, problem.fix.pl))
}

fn report(imported: &ImportedCatalogue, mode: ImportMode) -> io::Result<()> {
    for change in &imported.changes {
        say(change)?;
    }
    let before = imported.before.as_deref().unwrap_or("none");
    say(format_args!(
        "{} versions, {} differences from the edition before: {before}",
        imported.versions,
        imported.changes.len()
    ))?;
    say(match mode {
        ImportMode::Import => "imported",
        ImportMode::DryRun => "nothing was changed",
    })
}
