//! `soid serve`: refuses what production must not start with, serves, and ends when it is told to.

use super::Failed;
use server::config::{Config, production};
use server::service::{Service, ended, production_wiring};
use server::telemetry;

/// The configuration of a production system, or everything that is wrong with it.
pub(super) fn production_config() -> Result<Config, Failed> {
    let config = Config::from_env()?;
    let refused = production::refuse(&config);
    if refused.is_empty() { Ok(config) } else { Err(Failed::Config(refused)) }
}

pub(super) async fn run() -> Result<(), Failed> {
    let config = production_config()?;
    telemetry::start(&config.telemetry)?;
    let end = ended()?;
    let wiring = production_wiring(&config)?;
    let grace = config.http.drain;
    let mut running = Service::start(config, wiring).await?;
    let fault = tokio::select! {
        () = end => None,
        fault = running.failed() => Some(fault),
    };
    tracing::info!("stopping");
    running.stop(grace).await;
    fault.map_or(Ok(()), |fault| Err(fault.into()))
}
