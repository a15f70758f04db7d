//! `soid import products`: a new edition of the register of medicinal products, or none.

use super::{Failed, say};
use app::medicinal_product::{ImportedProducts, StepBack, import_products};
use indicatif::{ProgressBar, ProgressStyle};
use server::clock::SystemClock;
use server::config::Config;
use server::service::{StartFault, open_store};
use std::fs::File;
use std::io;
use std::path::Path;
use std::time::Instant;
use store::Store;

/// Needs the database alone, so that whatever fetches the file each night holds no key.
pub(super) async fn run(place: &Path, step_back: StepBack) -> Result<(), Failed> {
    let file = File::open(place).map_err(|fault| Failed::file(place, &fault))?;
    let length = file.metadata().map_err(|fault| Failed::file(place, &fault))?.len();
    let store = open_store(&Config::database_from_env()?).await?;
    let begun = Instant::now();
    let imported = import(&store, file, length, step_back).await;
    store.close().await;
    report(&imported?, begun)?;
    Ok(())
}

async fn import(
    store: &Store,
    file: File,
    length: u64,
    step_back: StepBack,
) -> Result<ImportedProducts, Failed> {
    let pending = store.pending_migrations().await?;
    if !pending.is_empty() {
        return Err(StartFault::Pending(pending).into());
    }
    let bar = bar(length);
    let imported =
        import_products(store, &SystemClock, file, step_back, |position| bar.set_position(position)).await;
    bar.finish_and_clear();
    Ok(imported?)
}

/// On the error stream, and only where that is a terminal.
fn bar(length: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes}, {eta} left");
    ProgressBar::new(length).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn report(imported: &ImportedProducts, begun: Instant) -> io::Result<()> {
    let before = imported.before.map_or_else(|| "none".to_owned(), |day| day.to_string());
    say(format_args!("register of {}, before: {before}", imported.as_of))?;
    say(format_args!(
        "read {}: {} loaded, {} removed, {} faulty",
        imported.read(),
        imported.loaded,
        imported.removed,
        imported.faulty
    ))?;
    for fault in &imported.faults {
        let id = fault.id.as_deref().unwrap_or("without an id");
        say(format_args!("faulty: {id} (byte {}): {}", fault.position, fault.reason))?;
    }
    let told = u64::try_from(imported.faults.len()).unwrap_or(u64::MAX);
    if imported.faulty > told {
        say(format_args!("faulty: {} more", imported.faulty - told))?;
    }
    say(format_args!("took {:.1} s", begun.elapsed().as_secs_f64()))
}
