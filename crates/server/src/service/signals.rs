//! When the operator, or the system, wants the service to end.

use std::io;
use tokio::signal::unix::{SignalKind, signal};

/// Listens from now on; the future resolves at the first SIGTERM or SIGINT since.
pub fn ended() -> io::Result<impl Future<Output = ()>> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
