//! `soid worker`: fires what is due beside the processes that answer requests, and ends when it is told to.

use super::Failed;
use super::serve::production_config;
use server::service::{Worker, ended, production_wiring};
use server::telemetry;

pub(super) async fn run() -> Result<(), Failed> {
    let config = production_config()?;
    telemetry::start(&config.telemetry)?;
    let end = ended()?;
    let wiring = production_wiring(&config)?;
    let worker = Worker::start(&config, &wiring).await?;
    let has_failed = tokio::select! {
        () = end => false,
        () = worker.failed() => true,
    };
    tracing::info!("stopping");
    worker.stop().await;
    if has_failed { Err(Failed::Found("a task has ended by itself; see the log".to_owned())) } else { Ok(()) }
}
