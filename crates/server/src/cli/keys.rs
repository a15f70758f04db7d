//! `soid keys`: makes keys on standard output, and wraps what is kept under the current one.

use super::serve::production_config;
use super::{Failed, block_on, say};
use server::new_keys;
use server::service::{key_ring, open_store};
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::sync::Arc;
use store::sealing::KeyRing;
use store::{Store, StoreError, Tx};

/// Keys of one transaction: it stays short beside the service that runs.
const PAGE: i64 = 200;

#[derive(clap::Subcommand)]
pub(super) enum Keys {
    /// Print a new key ring
    Ring {
        /// Print this ring instead with one key more, which becomes the current one
        #[arg(long, value_name = "FILE")]
        rotate: Option<PathBuf>,
    },
    /// Print a new key for decision tokens: P-256, PKCS#8, PEM
    Decision,
    /// Wrap every data key under the ring's current key, while the service runs
    Rewrap,
}

pub(super) fn run(keys: Keys) -> Result<(), Failed> {
    let made = match keys {
        Keys::Ring { rotate: None } => new_keys::key_ring()?,
        Keys::Ring { rotate: Some(file) } => {
            let ring = std::fs::read_to_string(&file).map_err(|fault| Failed::file(&file, &fault))?;
            new_keys::with_next_key(&ring)?
        }
        Keys::Decision => new_keys::decision_key()?,
        Keys::Rewrap => return block_on(rewrap()),
    };
    Ok(io::stdout().write_all(made.as_bytes())?)
}

async fn rewrap() -> Result<(), Failed> {
    let config = production_config()?;
    let ring = Arc::new(key_ring(&config.keys)?);
    let store = open_store(&config.database).await?;
    let demands = all(&store, &ring, store::demand::rewrap).await;
    let notifications = all(&store, &ring, store::temporary_authorisation::rewrap).await;
    let orders = all(&store, &ring, store::device_order::rewrap).await;
    let repairs = all(&store, &ring, store::device_repair_order::rewrap).await;
    let consents = all(&store, &ring, store::patient_consents::rewrap).await;
    let answers = all(&store, &ring, store::idempotency::rewrap).await;
    store.close().await;
    say(format_args!(
        "wrapped under key {}: {} demands, {} notifications, {} device orders, {} repair orders, {} consents of patients, {} answers",
        ring.current_version(),
        demands?,
        notifications?,
        orders?,
        repairs?,
        consents?,
        answers?
    ))?;
    Ok(())
}

async fn all(
    store: &Store,
    ring: &Arc<KeyRing>,
    some: fn(&mut Tx<'_>, &KeyRing, i64) -> Result<usize, StoreError>,
) -> Result<usize, StoreError> {
    let mut whole = 0;
    loop {
        let ring = Arc::clone(ring);
        match store.transaction(move |tx| some(tx, &ring, PAGE)).await? {
            0 => return Ok(whole),
            wrapped => whole += wrapped,
        }
    }
}
