//! `soid verify-audit`: says of the audit whether anything was changed behind the service's back.

use super::{Failed, say};
use app::clock::Clock as _;
use server::clock::SystemClock;
use server::config::Config;
use server::service::{decision_key_set, kept_root, open_store, verify_audit};
use signing::keys::KeySet;
use std::path::{Path, PathBuf};
use store::audit::{Fault, Root};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Public keys as a JWK set (a copy of /.well-known/jwks.json); without it the configured ones. With it, only
    /// the database has to be configured
    #[arg(long)]
    keys: Option<PathBuf>,
    /// Roots that were kept outside the database: one compact JWS on each line, as the service logs them in
    /// audit.signature. May be given several times
    #[arg(long = "root", value_name = "FILE")]
    roots: Vec<PathBuf>,
}

pub(super) async fn run(args: Args) -> Result<(), Failed> {
    let (database, keys) = if let Some(file) = &args.keys {
        (Config::database_from_env()?, read(file)?)
    } else {
        let config = Config::from_env()?;
        let keys = decision_key_set(&config.keys)?;
        (config.database, keys)
    };
    let mut kept = Vec::new();
    for file in &args.roots {
        kept.extend(roots(file, &keys)?);
    }
    let store = open_store(&database).await?;
    let report = verify_audit(&store, keys, SystemClock.real_now(), kept).await;
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

fn roots(file: &Path, keys: &KeySet) -> Result<Vec<Root>, Failed> {
    let text = std::fs::read_to_string(file).map_err(|fault| Failed::file(file, &fault))?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let roots: Option<Vec<Root>> = lines.map(|line| kept_root(keys, line)).collect();
    match roots {
        Some(roots) if !roots.is_empty() => Ok(roots),
        _ => Err(Failed::file(file, &"must hold roots that these keys have signed, one on each line")),
    }
}

fn told(fault: &Fault) -> String {
    match fault {
        Fault::Digest { id, seq } => {
            format!("{} was edited: its digest is not that of its bytes", entry(*seq, id))
        }
        Fault::Columns { id, seq } => {
            format!("{} was edited: its columns do not say what its bytes say", entry(*seq, id))
        }
        Fault::Number { id, seq } => format!("{} has a number that is never given", entry(Some(*seq), id)),
        Fault::Chain { seq } => format!("entry number {seq} does not continue the chain"),
        Fault::Missing { first, last } => format!("the entries number {first} to {last} are missing"),
        Fault::Head { expected, found } => {
            format!("the last entry is number {found} and should be {expected}")
        }
        Fault::Root { last_seq } => format!("the root up to number {last_seq} is not that of the entries"),
        Fault::Signature { last_seq } => {
            format!("the signature of the root up to number {last_seq} does not verify")
        }
        Fault::Unrooted { first, last } => format!(
            "the entries number {first} to {last} are older than two hours and under no signed root: roots were removed, \
             or the service has not run since"
        ),
        Fault::Kept { last_seq } => {
            format!(
                "the kept root up to number {last_seq} is not among the stored ones: entries were rewritten or lost"
            )
        }
    }
}

fn entry(seq: Option<i64>, id: &str) -> String {
    match seq {
        Some(seq) => format!("entry number {seq} ({id})"),
        None => format!("an entry without a number ({id})"),
    }
}
