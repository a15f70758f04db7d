//! `soid migrate`: the schema alone.

use super::{Failed, say};
use server::config::Config;
use server::service::open_store;
use store::{Store, StoreError};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Change nothing; fail when something would be changed
    #[arg(long)]
    check: bool,
}

pub(super) async fn run(args: Args) -> Result<(), Failed> {
    let store = open_store(&Config::database_from_env()?).await?;
    let named = look_or_apply(&store, args.check).await;
    store.close().await;
    let named = named?;
    let verb = if args.check { "pending" } else { "applied" };
    for migration in &named {
        say(format_args!("{verb} {migration}"))?;
    }
    if named.is_empty() {
        say("the schema is up to date")?;
    } else if args.check {
        return Err(Failed::Found("the schema is not up to date".to_owned()));
    }
    Ok(())
}

/// The migrations that are pending or, if they may be, were applied, by name.
async fn look_or_apply(store: &Store, only_look: bool) -> Result<Vec<String>, StoreError> {
    let mut named = store.pending_migrations().await?;
    if !only_look {
        // Another process may have been faster with some.
        let applied = store.migrate().await?;
        named.retain(|name| applied.iter().any(|version| name.starts_with(version.as_str())));
    }
    Ok(named)
}
