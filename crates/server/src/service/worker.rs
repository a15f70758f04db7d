//! A process that only does what the service does by itself: it fires deadlines, numbers, and signs audit roots.

use super::start::{StartFault, application, complete_deadlines, open_store, tasks};
use super::tasks::{Own, Tasks};
use super::wiring::Wiring;
use crate::config::Config;
use app::App;
use store::Store;

/// Runs until [`Worker::stop`].
pub struct Worker {
    store: Store,
    app: App,
    tasks: Tasks,
}

impl Worker {
    /// Starts the tasks; `SOID_WORKER` is for processes that answer requests and is not asked.
    pub async fn start(config: &Config, wiring: &Wiring) -> Result<Self, StartFault> {
        // A second writer on the file would only wait for the first.
        if config.database.url.reveal().starts_with("sqlite:") {
            return Err(StartFault::OneProcess);
        }
        let store = open_store(&config.database).await?;
        match Self::on(&store, config, wiring).await {
            Ok((app, tasks)) => {
                tracing::info!("worker started");
                Ok(Self { store, app, tasks })
            }
            Err(fault) => {
                store.close().await;
                Err(fault)
            }
        }
    }

    async fn on(store: &Store, config: &Config, wiring: &Wiring) -> Result<(App, Tasks), StartFault> {
        let app = application(store, config, wiring).await?;
        complete_deadlines(&app).await?;
        let own = Own { firing: Some(app.clone()), serving: None };
        Ok((app, tasks(store, config, &wiring.clock, own)?))
    }

    /// Resolves when a task has ended by itself, which is a fault.
    pub async fn failed(&self) {
        self.tasks.failed().await;
    }

    /// Fires no more than is under way, and closes the store.
    pub async fn stop(self) {
        self.tasks.end(&self.store).await;
        self.app.leave_register().await;
        tracing::info!("stopped");
    }
}
