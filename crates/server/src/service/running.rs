//! A service that answers, and how it ends: requests first, then the writer, then the connections.

use super::tasks::Tasks;
use actix_web::dev::ServerHandle;
use app::App;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::task::JoinHandle;

/// Handed out by [`Service::start`](super::Service::start); it runs until [`Running::stop`].
pub struct Running {
    pub(super) address: SocketAddr,
    pub(super) app: App,
    pub(super) server: ServerHandle,
    pub(super) serving: JoinHandle<io::Result<()>>,
    pub(super) tasks: Tasks,
}

impl Running {
    /// Where it listens; the port is a real one even if the configuration said 0.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn app(&self) -> &App {
        &self.app
    }

    /// Resolves when the listener ends by itself, which is a fault.
    pub async fn failed(&mut self) -> io::Error {
        match (&mut self.serving).await {
            Ok(Err(fault)) => fault,
            Ok(Ok(())) => io::Error::other("the listener has ended"),
            Err(fault) => io::Error::other(fault),
        }
    }

    /// Accepts no more, gives running requests `grace`, lets the writer commit what it has, and closes the store.
    pub async fn stop(self, grace: Duration) {
        if tokio::time::timeout(grace, self.server.stop(true)).await.is_err() {
            tracing::warn!("requests were still running at the end of the grace");
            self.serving.abort();
        }
        self.tasks.end(self.app.store()).await;
        self.app.leave_register().await;
        tracing::info!("stopped");
    }
}
