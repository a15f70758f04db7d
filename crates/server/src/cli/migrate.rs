//! `soid migrate`: the schema alone.

use super::{Failed, say};
use server::config::Config;
use server::service::open_store;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Change nothing; fail when something would be changed
    #[arg(long)]
    check: bool,
}

pub(super) async fn run(args: Args) -> Result<(), Failed> {
    let store = open_store(&Config::database_from_env()?).await?;
    let named = if args.check { store.pending_migrations().await } else { store.migrate().await };
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
