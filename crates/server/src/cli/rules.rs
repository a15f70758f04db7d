//! `soid rules`: the rule book as files.

use super::Failed;
use std::fs;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Where to write; made if it is missing
    directory: PathBuf,
}

pub(super) fn run(args: &Args) -> Result<(), Failed> {
    fs::create_dir_all(&args.directory).map_err(|fault| Failed::file(&args.directory, &fault))?;
    for (name, text) in server::rule_book::pages() {
        let place = args.directory.join(name);
        fs::write(&place, text).map_err(|fault| Failed::file(&place, &fault))?;
    }
    Ok(())
}
