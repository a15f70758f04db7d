//! `soid import`: all of a file or nothing.

use super::serve::production_config;
use super::{Failed, say};
use app::device_group::ImportMode;
use app::directory::DirectoryFile;
use app::medicinal_product::StepBack;
use domain::ids::SpaceId;
use server::service::{application, open_store, production_wiring};
use std::path::{Path, PathBuf};

#[derive(clap::Subcommand)]
pub(super) enum Import {
    /// Organisations, people, their roles, and consultants, from a JSON file
    Directory {
        file: PathBuf,
        /// Whose directory
        #[arg(long, default_value = "main", value_parser = space)]
        space: SpaceId,
    },
    /// The register of medicinal products, from its published XML file (version 6.0.0)
    Products {
        file: PathBuf,
        /// Take a file that is older than the register that is served, or has less than half of its products
        /// (przyjmij plik starszy niż udostępniany rejestr lub mający mniej niż połowę jego produktów)
        #[arg(long)]
        allow_step_back: bool,
    },
    /// The catalogue of device groups, from a table with the columns of data/device-groups/README.md
    DeviceGroups {
        file: PathBuf,
        /// Tell what would change, and change nothing (pokaż zmiany i niczego nie zmieniaj)
        #[arg(long)]
        dry_run: bool,
    },
    /// Contracts of device providers with their places, from the payer's JSON file (data/device-providers/README.md)
    Providers {
        file: PathBuf,
        /// Whose contracts
        #[arg(long, default_value = "main", value_parser = space)]
        space: SpaceId,
        /// Tell what would change, and change nothing (pokaż zmiany i niczego nie zmieniaj)
        #[arg(long)]
        dry_run: bool,
    },
}

pub(super) fn space(text: &str) -> Result<SpaceId, &'static str> {
    SpaceId::parse(text).ok_or("must be 1 to 40 lower-case letters, digits and hyphens")
}

pub(super) async fn run(import: Import) -> Result<(), Failed> {
    match import {
        Import::Directory { file, space } => directory(file, space).await,
        Import::Products { file, allow_step_back } => {
            let step_back = if allow_step_back { StepBack::Allowed } else { StepBack::Refused };
            super::import_products::run(&file, step_back).await
        }
        Import::DeviceGroups { file, dry_run } => {
            super::import_device_groups::run(&file, mode(dry_run)).await
        }
        Import::Providers { file, space, dry_run } => {
            super::import_providers::run(&file, space, mode(dry_run)).await
        }
    }
}

fn mode(dry_run: bool) -> ImportMode {
    if dry_run { ImportMode::DryRun } else { ImportMode::Import }
}

async fn directory(file: PathBuf, space: SpaceId) -> Result<(), Failed> {
    let config = production_config()?;
    let directory = read(&file)?;
    let wiring = production_wiring(&config)?;
    let store = open_store(&config.database).await?;
    let imported = match application(&store, &config, &wiring).await {
        Ok(app) => app.import_directory(space, directory).await.map_err(Failed::Import),
        Err(fault) => Err(fault.into()),
    };
    store.close().await;
    let counts = imported?;
    say(format_args!(
        "imported {} organisations, {} people, {} consultants",
        counts.organisations, counts.people, counts.consultants
    ))?;
    Ok(())
}

fn read(file: &Path) -> Result<DirectoryFile, Failed> {
    let bytes = std::fs::read(file).map_err(|fault| Failed::file(file, &fault))?;
    serde_json::from_slice(&bytes).map_err(|fault| Failed::file(file, &told(&fault)))
}

/// Where the file cannot be read, and why if that is a member's name: anything else could repeat personal data.
fn told(fault: &serde_json::Error) -> String {
    let why = fault.to_string();
    let of_a_name = ["missing field", "unknown field", "duplicate field"];
    if of_a_name.iter().any(|name| why.starts_with(name)) {
        return why;
    }
    format!("is not the directory's JSON (line {}, column {})", fault.line(), fault.column())
}
