//! Runs one test: starts a service, plays the sentence, ends the service, and drops its database.

use crate::database::{Backend, Database};
use crate::service::TestApp;
use crate::{logs, service};
use http::limits::Bucket;
use std::panic::resume_unwind;
use tokio::runtime::Builder;

/// Runs `body` against a service of its own; a test of a database that nobody asked for says so and ends.
pub fn on<F>(backend: Backend, buckets: Vec<Bucket>, body: impl FnOnce(TestApp) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    logs::start();
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let Some(database) = Database::create(backend).await else { return };
        let (app, running) = service::start(backend, database, buckets).await;
        let played = tokio::spawn(body(app.clone())).await;
        running.stop(service::GRACE).await;
        drop(app);
        if let Err(ended) = played {
            resume_unwind(ended.into_panic());
        }
    });
}
