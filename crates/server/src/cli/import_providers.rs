//! `soid import providers`: the payer's contracts, or every reason why not.

use super::{Failed, say};
use app::device_group::ImportMode;
use app::device_provider::{ContractsFault, ImportedContracts, import_contracts};
use domain::ids::SpaceId;
use domain::problem::Violation;
use server::clock::SystemClock;
use server::config::Config;
use server::service::{StartFault, open_store};
use std::io;
use std::path::Path;
use store::Store;

/// Needs the database alone.
pub(super) async fn run(place: &Path, space: SpaceId, mode: ImportMode) -> Result<(), Failed> {
    let text = std::fs::read_to_string(place).map_err(|fault| Failed::file(place, &fault))?;
    let name = place.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let store = open_store(&Config::database_from_env()?).await?;
    let imported = import(&store, space, (&name, &text), mode).await;
    store.close().await;
    if let Err(Failed::Contracts(ContractsFault::Refused(faults))) = &imported {
        faults.iter().try_for_each(refused)?;
    }
    report(&imported?, mode)?;
    Ok(())
}

async fn import(
    store: &Store,
    space: SpaceId,
    file: (&str, &str),
    mode: ImportMode,
) -> Result<ImportedContracts, Failed> {
    let pending = store.pending_migrations().await?;
    if !pending.is_empty() {
        return Err(StartFault::Pending(pending).into());
    }
    Ok(import_contracts(store, &SystemClock, space, file, mode).await?)
}

fn refused(fault: &Violation) -> io::Result<()> {
    let problem = fault.problem;
    say(format_args!("refused: {}: {} {}", fault.pointer, problem.code, problem.says.en))?;
    say(format_args!("  {} {}", problem.says.pl, problem.fix.pl))
}

fn report(imported: &ImportedContracts, mode: ImportMode) -> io::Result<()> {
    for change in &imported.changes {
        say(change)?;
    }
    let before = imported.before.as_deref().unwrap_or("none");
    say(format_args!(
        "{} contracts, {} differences from the file before: {before}",
        imported.contracts,
        imported.changes.len()
    ))?;
    say(match mode {
        ImportMode::Import => "imported",
        ImportMode::DryRun => "nothing was changed",
    })
}
