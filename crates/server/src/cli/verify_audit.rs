//! `soid verify-audit`: says of the audit whether anything was changed behind the service's back.

use super::{Failed, say};
use server::config::Config;
use server::service::{decision_key_set, open_store, verify_audit};
use signing::keys::KeySet;
use std::path::{Path, PathBuf};
use store::audit::Fault;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Public keys as a JWK set (a copy of /.well-known/jwks.json); without it the configured ones. With it, only
    /// the database has to be configured
    #[arg(long)]
    keys: Option<PathBuf>,
}

pub(super) async fn run(args: Args) -> Result<(), Failed> {
    let (database, keys) = if let Some(file) = args.keys {
        (Config::database_from_env()?, read(&file)?)
    } else {
        let config = Config::from_env()?;
        let keys = decision_key_set(&config.keys)?;
        (config.database, keys)
    };
    let store = open_store(&database).await?;
    let report = verify_audit(&store, keys).await;
    store.close().await;
    let report = report?;
    say(format_args!("entries with a number: {}", report.sequenced))?;
    say(format_args!("entries that wait for one: {}", report.unsequenced))?;
    say(format_args!("signed roots: {}", report.roots))?;
    for fault in &report.faults {
        say(format_args!("fault: {}", told(fault)))?;
    }
    match report.faults.len() {
        0 => Ok(()),
        faults => Err(Failed::Found(format!("the audit has {faults} fault(s)"))),
    }
}

fn read(file: &Path) -> Result<KeySet, Failed> {
    let bytes = std::fs::read(file).map_err(|fault| Failed::file(file, &fault))?;
    let set = serde_json::from_slice(&bytes).map_err(|fault| Failed::file(file, &fault))?;
    let keys = KeySet::from_jwk_set(&set);
    if keys == KeySet::default() {
        return Err(Failed::file(file, &"holds no P-256 key with a kid"));
    }
    Ok(keys)
}

fn told(fault: &Fault) -> String {
    match fault {
        Fault::Digest { id, seq } => {
            format!("{} was edited: its digest is not that of its bytes", entry(*seq, id))
        }
        Fault::Columns { id, seq } => {
            format!("{} was edited: its columns do not say what its bytes say", entry(*seq, id))
        }
        Fault::Chain { seq } => format!("entry number {seq} does not continue the chain"),
        Fault::Missing { first, last } => format!("the entries number {first} to {last} are missing"),
        Fault::Head { expected, found } => {
            format!("the last entry is number {found} and should be {expected}")
        }
        Fault::Root { last_seq } => format!("the root up to number {last_seq} is not that of the entries"),
        Fault::Signature { last_seq } => {
            format!("the signature of the root up to number {last_seq} does not verify")
        }
    }
}

fn entry(seq: Option<i64>, id: &str) -> String {
    match seq {
        Some(seq) => format!("entry number {seq} ({id})"),
        None => format!("an entry without a number ({id})"),
    }
}
