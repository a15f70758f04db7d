//! The commands of `soid`: 0 when done, 1 when something failed, 2 when the configuration or the call is at fault.

mod import;
mod import_device_groups;
mod import_products;
mod import_providers;
mod keys;
mod migrate;
mod openapi;
mod outage;
mod rules;
mod serve;
mod verify_audit;
mod worker;

use clap::{Parser, Subcommand};
use server::config::ConfigFault;
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::Duration;

/// Target import and medical device orders: the service and its tools.
///
/// Configuration comes from the environment alone; .env.example lists every variable.
#[derive(Parser)]
#[command(name = "soid", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answer requests until SIGTERM
    Serve,
    /// Fire terms and reminders until SIGTERM, beside processes that serve (PostgreSQL)
    Worker,
    /// Bring the schema up to date
    Migrate(migrate::Args),
    /// Read data that other systems keep
    #[command(subcommand)]
    Import(import::Import),
    /// Record what could not be used, before the service starts again
    #[command(subcommand)]
    Outage(outage::Outage),
    /// Print the contract (OpenAPI 3.1)
    Openapi,
    /// Write the rule book into a directory
    Rules(rules::Args),
    /// Check every audit entry, the chain and the signed roots
    VerifyAudit(verify_audit::Args),
    /// Make and rotate keys
    #[command(subcommand)]
    Keys(keys::Keys),
}

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Config(Vec<ConfigFault>),
    #[error("{0}")]
    Start(Box<server::service::StartFault>),
    #[error("the database: {0}")]
    Store(#[from] store::StoreError),
    #[error("{0}")]
    SetUp(#[from] gateways::SetUpFault),
    #[error("{0}")]
    Telemetry(#[from] server::telemetry::TelemetryFault),
    #[error("{0}")]
    Io(#[from] io::Error),
    #[error("{place}: {why}")]
    File { place: String, why: String },
    #[error("{0}")]
    NoNewKey(#[from] server::new_keys::NoNewKey),
    #[error("{0}")]
    Import(#[from] app::directory::ImportFault),
    #[error("{0}")]
    Products(#[from] app::medicinal_product::ProductImportFault),
    #[error("{0}")]
    Catalogue(#[from] app::device_group::CatalogueFault),
    #[error("{0}")]
    Contracts(#[from] app::device_provider::ContractsFault),
    /// The command has said itself what is wrong.
    #[error("{0}")]
    Found(String),
}

impl From<server::service::StartFault> for Failed {
    fn from(fault: server::service::StartFault) -> Self {
        Self::Start(Box::new(fault))
    }
}

impl From<Vec<ConfigFault>> for Failed {
    fn from(faults: Vec<ConfigFault>) -> Self {
        Self::Config(faults)
    }
}

impl Failed {
    fn file(place: &std::path::Path, why: &impl ToString) -> Self {
        Self::File { place: place.display().to_string(), why: why.to_string() }
    }

    fn exit_code(&self) -> u8 {
        match self {
            Self::Config(_) => 2,
            _ => 1,
        }
    }
}

pub(crate) fn run() -> ExitCode {
    match Cli::parse().command.carry_out() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => {
            // Nobody is left to tell when the error stream is gone.
            let _ = writeln!(io::stderr(), "{failed}");
            ExitCode::from(failed.exit_code())
        }
    }
}

impl Command {
    fn carry_out(self) -> Result<(), Failed> {
        match self {
            Self::Serve => block_on(serve::run()),
            Self::Worker => block_on(worker::run()),
            Self::Migrate(args) => block_on(migrate::run(args)),
            Self::Import(import) => block_on(import::run(import)),
            Self::Outage(outage) => block_on(outage::run(outage)),
            Self::Openapi => openapi::run(),
            Self::Rules(args) => rules::run(&args),
            Self::VerifyAudit(args) => block_on(verify_audit::run(args)),
            Self::Keys(keys) => keys::run(keys),
        }
    }
}

fn block_on(work: impl Future<Output = Result<(), Failed>>) -> Result<(), Failed> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let done = runtime.block_on(work);
    // What still runs has been told to end; a statement that hangs must not hold the process.
    runtime.shutdown_timeout(Duration::from_secs(5));
    done
}

fn say(line: impl std::fmt::Display) -> io::Result<()> {
    writeln!(io::stdout(), "{line}")
}
